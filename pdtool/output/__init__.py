"""Rows → tables: CSV, TSV, JSON Lines, Markdown, Excel, and tables on a terminal."""
