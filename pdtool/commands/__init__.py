"""The subcommands. Each parses its options, calls the library and writes rows; one module a subcommand."""
