"""Text reuse: which documents share text, how much of it, and where."""
