"""The subcommands: each parses its options, calls the library and writes rows. One module per subcommand."""

from __future__ import annotations

__all__ = ["COMMANDS"]

COMMANDS: dict[str, str] = {
    "dedupe": "Find copies, parts and mixtures of documents, and which to keep.",
    "keywords": "Find what each document, or the whole corpus, is about.",
    "compare": "Tell how alike documents are, and on what words.",
    "inspect": "Tell what is wrong with texts, and what is repaired.",
    "clean": "Write the repaired text of documents.",
    "themes": "Count how often each theme of a dictionary occurs in each document.",
    "report": "Show everything about a corpus on one page, or as one workbook.",
}
"""Subcommand → what ``pdtool --help`` says of it."""
