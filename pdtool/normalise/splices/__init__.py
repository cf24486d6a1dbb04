"""Splices: passages of another article printed into the middle of a sentence."""
