"""The ground: code points, lines, edits, folds, shingles and dictionaries, as pure functions of text."""
