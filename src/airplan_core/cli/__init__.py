"""The command `airplan`."""
