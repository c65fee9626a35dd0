"""Pinyin initials of characters."""
