"""What a plan says: sentences, conditions, ledgers, metrics, rules and duties, as frozen values."""
