"""Sheets out."""
