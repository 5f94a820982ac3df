"""A folder of ledgers becomes typed tables; every mistake is told, and none is guessed away."""
