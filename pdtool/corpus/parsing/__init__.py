"""File formats that take a parser: each runs in a guarded process of its own, never in pdtool's."""
