"""The command line: each command computes and prints; nothing here loads Textual."""
