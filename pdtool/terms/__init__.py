"""Terms and their dictionaries: where they stand in a text."""
