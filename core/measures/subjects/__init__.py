"""Measures by what they are of."""
