"""Official words to people outside the office; always Chinese, whatever the screen speaks."""
