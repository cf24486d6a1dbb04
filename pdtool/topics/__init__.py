"""Topic models: groups of words that documents use together, and how much of each a document holds."""
