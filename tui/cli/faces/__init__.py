"""What every register has on the command line, made from its declaration."""
