"""How a slipped text is read back: the bytes, the language that judges readings, and the search."""
