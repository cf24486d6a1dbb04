"""Themes: dictionaries of terms, and how often each theme occurs in a document."""
