"""Words as people write them: dates, names, numbers, categories."""
