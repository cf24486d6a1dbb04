"""Benchmarks: speed and quality against a peer or a reference in one run; recorded, never a timed test."""
