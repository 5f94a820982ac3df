"""How a county's subjects stand to its duties on a day, why, and what would change it."""
