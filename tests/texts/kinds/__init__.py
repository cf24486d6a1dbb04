"""Clean documents of nine kinds in the shape of real ones, with words as rare and lines as much shared.

The other texts of the tests share nothing by construction; these share what real documents of one kind share:
promulgation lines, closing articles, captions, headings, greetings, labels, sentences of prose. Whatever a
tool removes from one of them is content.
"""

from tests.texts.kinds.corpus import KINDS, Document, documents, furnished

__all__ = ["KINDS", "Document", "documents", "furnished"]
