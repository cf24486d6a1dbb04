"""Where text comes in: paths, standard input, tables, file types and byte encodings → documents."""
