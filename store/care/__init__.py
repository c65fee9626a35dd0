"""Keeping a store well: founding, checking, repairing, backing up, replacing."""
