"""A database: the rules travel to where the ledgers stand, and what falls short comes back."""
