"""The board's way to the store: one thread that saves, follows what others save, and tells what one person may see."""
