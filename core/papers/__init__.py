"""What a paper is made from, its number, and who is due for one."""
