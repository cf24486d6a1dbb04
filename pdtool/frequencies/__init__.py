"""How often words, phrases and given terms occur, how evenly, and whether they rise or fall."""
