"""Tests of pdtool.keywords, with a slow reference."""
