"""What is said of sheets that come in: their columns, and what is doubtful in their rows."""
