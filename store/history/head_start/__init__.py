"""What saves reading all journals anew: the snapshot, its index, what bridges journals that were archived."""
