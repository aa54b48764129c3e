"""Who issued a report, for which year, at which level, covering whom."""
