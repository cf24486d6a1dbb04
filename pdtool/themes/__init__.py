"""Themes: how often each theme of a dictionary occurs in a document."""
