"""What somebody may see of a town: who is limited (`whose`), and the town as they see it (`seen`)."""
