"""Places of the year: the hub, shops, duties, campaigns, the log, indicators, pledges, summary, archive."""
