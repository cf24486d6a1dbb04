"""Furniture, which the field calls boilerplate: what web sites print around and into a text."""
