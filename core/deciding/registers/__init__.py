"""What a register decides of its own, a register a module."""
