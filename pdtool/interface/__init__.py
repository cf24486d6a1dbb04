"""The analyses as functions of paths: what the commands and programs in Python both call."""
