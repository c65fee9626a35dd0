"""`python -I -m tui.gate`: what a key runs."""

from tui.gate.main import main

if __name__ == "__main__":
    main()
