"""Original Chinese texts for the tests: what is damaged, quoted and compared elsewhere."""

from tests.texts.library import Text, generate, handwritten, library
from tests.texts.script import character_by_character, phrase_wise

__all__ = ["Text", "character_by_character", "generate", "handwritten", "library", "phrase_wise"]
