"""The subcommands, one module each: options in, one call of the library, rows out."""

from __future__ import annotations

__all__ = ["COMMANDS"]

COMMANDS: dict[str, str] = {
    "dedupe": "Find copies, parts and mixtures of documents, and which to keep.",
    "keywords": "Find what each document, or the whole corpus, is about.",
    "compare": "Show how alike documents are, and on what words.",
    "inspect": "Show what is wrong with texts, and what is repaired.",
    "clean": "Write the repaired text of documents.",
    "freq": "Count words, phrases or given terms, and find their trends.",
    "themes": "Count how often each theme of a dictionary occurs in each document.",
    "kwic": "Show every occurrence of terms in its context: a concordance.",
    "network": "Show which terms stand together: co-word analysis.",
    "topics": "Find topics: groups of words that documents use together.",
    "cite": "Find the documents that documents name.",
    "index": "Keep documents in an index on disk, to compare others with them.",
    "report": "Show everything about a corpus on one page, or as one workbook.",
}
"""Subcommand → what ``pdtool --help`` says of it."""
