"""What a rulebook says of itself: pages, lists, queries, schemas, empty ledgers."""
