"""Similarity: how alike documents are, and on what words."""
