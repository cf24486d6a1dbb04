"""Which words and phrases say what a document, or a corpus of them, is about."""
