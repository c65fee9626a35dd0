"""What every place has: the session, forms, a list; the menu that leads to them."""
