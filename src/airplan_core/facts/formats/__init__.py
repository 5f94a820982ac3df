"""A reader for each format of file: it says what stands there, and nothing of what it means."""
