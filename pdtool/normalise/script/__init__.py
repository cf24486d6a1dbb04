"""Traditional and Simplified script, and the words that differ between regions."""
