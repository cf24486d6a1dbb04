"""The words of ``data/negation.toml``, made ready to be found in a clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from pdtool.data_files import data_toml
from pdtool.text.opencc_data import read_characters

__all__ = ["Cue", "CueKind", "NegationWords", "negation_words"]


class CueKind(IntEnum):
    """What a word does with the words behind it."""

    ADVERB = 1
    """It negates a verb: 不, 尚未, 没有."""
    EXISTENCE = 2
    """It says that there is none of a thing: 毫无, 缺乏."""
    VERB = 3
    """It keeps away, forbids or ends a thing: 避免, 严禁."""
    AFFIRMED = 4
    """Behind a negator it affirms: 忽视."""
    QUESTION = 5
    """It asks: 难道."""
    CONDITION = 6
    """It makes a condition: 如果."""
    LOOK_ALIKE = 7
    """It only looks like a negator: 不断."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of these kinds in a clause: a half-open span, the word and its kind."""

    start: int
    end: int
    word: str
    kind: CueKind


_KINDS = {
    "look_alikes": CueKind.LOOK_ALIKE,
    "questions": CueKind.QUESTION,
    "conditions": CueKind.CONDITION,
    "affirmed": CueKind.AFFIRMED,
    "verbs": CueKind.VERB,
    "existence": CueKind.EXISTENCE,
    "adverbs": CueKind.ADVERB,
}
"""The lists whose words are looked for; of a word in two of them the later list decides."""


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _but(words: Sequence[str], exceptions: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern whose group ``word`` is one of the words, and empty where an exception stands."""
    first = "".join(map(re.escape, sorted({word[0] for word in (*words, *exceptions)})))
    return re.compile(f"(?=[{first}])(?:{_any_of(exceptions)}|(?P<word>{_any_of(words)}))")


@dataclass(frozen=True, slots=True)
class NegationWords:
    """The words, by what they are for.

    Args:
        by_first: The words that are looked for, by their first character, the longest first.
        cue: A pattern of the same words, the longest of those that begin alike first.
        kind_of: What each of them does.
        simplified: The code points of Traditional characters of these words, and their Simplified forms.
        barriers: What ends the scope of a negation.
        without_barriers: What ends it behind 未经.
        approvals: What is wanting behind 未经; it ends there, unless the list of them goes on.
        next_verbs: What ends it behind a verb.
        consequences: What follows a condition.
        predicates: What follows a noun that a relative clause describes.
        coming_about: Verbs whose subject is told not to have come about.
        before_negators: What may stand between such a subject and the negator, at the end of a string.
        behind_negators: What may stand between the negator and such a verb.
        fronting: What brings an object before the negator.
    """

    by_first: Mapping[str, tuple[tuple[str, CueKind], ...]]
    cue: re.Pattern[str]
    kind_of: Mapping[str, CueKind]
    simplified: Mapping[int, str]
    barriers: re.Pattern[str]
    without_barriers: re.Pattern[str]
    approvals: re.Pattern[str]
    next_verbs: re.Pattern[str]
    consequences: re.Pattern[str]
    predicates: re.Pattern[str]
    coming_about: frozenset[str]
    before_negators: frozenset[str]
    behind_negators: frozenset[str]
    fronting: re.Pattern[str]

    def cues(self, clause: str) -> Iterator[Cue]:
        """Yield the words in a Simplified clause in order, the longest of those that begin alike."""
        for found in self.cue.finditer(clause):
            word = found[0]
            yield Cue(found.start(), found.end(), word, self.kind_of[word])


@cache
def negation_words() -> NegationWords:
    """Return the words of the data file."""
    lists = {name: words.split() for name, words in data_toml("negation.toml").items()}
    kinds = {word: kind for name, kind in _KINDS.items() for word in lists[name]}
    by_first: dict[str, list[tuple[str, CueKind]]] = {}
    for word, kind in sorted(kinds.items(), key=lambda item: -len(item[0])):
        by_first.setdefault(word[0], []).append((word, kind))
    used = set("".join(word for words in lists.values() for word in words))
    return NegationWords(
        {first: tuple(words) for first, words in by_first.items()},
        # By the first character, so that the search skips from one that may begin a word to the next.
        re.compile(
            "|".join(
                f"{re.escape(first)}(?:{_any_of(word[1:] for word, _ in words)})"
                for first, words in by_first.items()
            )
        ),
        kinds,
        {ord(key): value for key, value in read_characters().items() if value in used},
        _but(lists["barriers"], lists["no_barriers"]),
        _but([*lists["barriers"], *lists["without_barriers"]], lists["no_barriers"]),
        re.compile(f"(?:{_any_of(lists['approvals'])})(?![、和或及的与者])"),
        _but([*lists["barriers"], *lists["next_verbs"]], [*lists["no_barriers"], *lists["no_next_verbs"]]),
        _but(lists["consequences"], [*lists["no_consequences"], *lists["no_barriers"]]),
        _but(lists["predicates"], lists["no_predicates"]),
        frozenset(lists["coming_about"]),
        frozenset(lists["before_negators"]),
        frozenset(lists["behind_negators"]),
        _but(lists["fronting"], lists["no_fronting"]),
    )
