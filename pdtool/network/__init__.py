"""Co-word analysis: which terms stand together, how closely, and in which communities."""
