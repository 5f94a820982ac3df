"""The readers of the condition tree: one module each, one function per kind of node."""
