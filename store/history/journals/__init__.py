"""The journals on disk: their lines, their files, the lock, what ends and begins them."""
