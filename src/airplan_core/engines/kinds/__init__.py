"""Each kind of metric over rows: its sums, and the ends of its interval."""
