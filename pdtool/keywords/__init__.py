"""Which words and phrases say what a document, or a pile of them, is about."""
