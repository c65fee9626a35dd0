"""What the board shows, as lines of text with the class each is drawn in; knows no widget and no terminal."""
