"""Repair of scraped Chinese text: one small pure step per kind of dirt, every edit known and undoable."""
