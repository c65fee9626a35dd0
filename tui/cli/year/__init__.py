"""`zg shop`, `duty`, `campaign`, `log`, `indicator`, `figure`, `progress`, `pledge`, `trace`, `summary`, `archive`."""
