"""What a sentence means, told by brute force: a second opinion that shares no code with the first."""
