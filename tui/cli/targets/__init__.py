"""`zg indicator`, `figure`, `progress`, `pledge`, `trace`, `summary`, `archive`: what the year comes to."""
