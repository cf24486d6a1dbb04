"""What was wrong with a document, and what was repaired."""
