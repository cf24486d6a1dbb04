"""File formats that take a parser: they run in a child process with limits, never in pdtool's own."""
