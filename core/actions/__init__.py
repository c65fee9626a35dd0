"""What people ask for: one frozen struct per verb, a family a module; the same for keys, commands and imports."""
