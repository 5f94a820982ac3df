"""Tables in this process: what duties read is attached, measured and decided in columns."""
