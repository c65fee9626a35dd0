"""The journals and the snapshot: written, read, followed."""
