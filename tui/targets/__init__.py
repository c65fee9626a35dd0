"""Places of what the year comes to: indicators, pledges, the summary, the archive."""
