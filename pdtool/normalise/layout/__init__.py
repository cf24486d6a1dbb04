"""What layout left in the text: page markers, running heads, blanks, wrapped lines, doubled slides."""
