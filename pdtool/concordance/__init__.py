"""The concordance: every occurrence of terms in its context."""
