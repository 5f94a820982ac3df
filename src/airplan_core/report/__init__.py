"""What an assessment says, for people (text) and for programs (JSON, CSV, Parquet)."""
