"""Furniture (boilerplate): what web sites print around and into a text."""
