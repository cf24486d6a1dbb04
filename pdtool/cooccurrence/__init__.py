"""What stands together in texts, and how often: bins of terms, and what they add up to."""
