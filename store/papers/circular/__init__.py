"""考核通报: its words, its tables, its message and its workbook."""
