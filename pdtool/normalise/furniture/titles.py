"""Lines of a site that hold the title of the text: what is the site's in them is what stands around it.

A site prints the title again in its own lines: ``《春天的苗圃》来自某某网，转载请保留``. How long the title
is and what signs it holds says nothing of the site; so such a line is judged without it. Of a text without a
title, a site takes the first paragraph for one; a paragraph that it printed again is read as a title, that
is, as its first words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from pdtool.normalise.furniture.forms import (
    LONGEST,
    Finding,
    has_form,
    is_prose,
    line_at,
    may_be_furniture,
    recognise,
)
from pdtool.normalise.furniture.listed import is_article
from pdtool.normalise.furniture.site_language import may_be_site_language
from pdtool.text.lines import Span, ends_sentence, first_lines, last_lines

__all__ = ["MOST_FOOT_LINES", "MOST_TITLE_LINES", "SHORTEST_TITLE", "Titles", "middle_of", "recognise_around"]

_MOST_HEAD_LINES = 25
"""Non-blank lines from the top that may hold furniture: menus, title, source and counters."""
MOST_FOOT_LINES = 60
"""Non-blank lines from the bottom that may hold furniture: notices and lists of links run long."""
MOST_TITLE_LINES = 15
"""Non-blank lines from the top among which the title is."""
SHORTEST_TITLE = 6
"""Characters of the shortest title that is looked for in other lines."""
_LONGEST = 1000
"""Characters of the longest paragraph that a site takes for a title."""
_SHORTEST_SENTENCE = 10
"""Characters of the shortest sentence that no site took for a title."""
_MIDDLE = 6
"""Characters in the middle of a line that are compared before whole lines are."""
_LONGEST_LEAD = 20
"""Characters before a title that say nothing of the line: the name of a column, a label."""
_FIRST_WORDS = re.compile(r".{5,}?[^，。；：！？、,.;:!?\s]{1,18}")
"""The beginning of a paragraph, which reads like a title."""


class Paragraph(NamedTuple):
    """A paragraph that a site may have taken for a title.

    Args:
        span: Where the text's own stands.
        text: Itself, without its outer blanks.
        words: Its first words.
        said_above: Whether a line above says it too.
    """

    span: Span
    text: str
    words: str
    said_above: bool


class Titles:
    """The lines at the top of a text that may be its title; they are looked for when first asked for.

    Args:
        text: The text.
        may_be_above: Whether a paragraph may have been printed again above itself.
    """

    def __init__(self, text: str, may_be_above: bool = True) -> None:
        self._text = text
        self._may_be_above = may_be_above

    @cached_property
    def head(self) -> tuple[Span, ...]:
        """Where the first lines stand, from the top."""
        return tuple(islice(first_lines(self._text), _MOST_HEAD_LINES))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The first lines without their outer blanks, the longest first."""
        near = (self.head_line(span).strip() for span in self.head[:MOST_TITLE_LINES])
        return tuple(sorted({line for line in near if len(line) >= SHORTEST_TITLE}, key=len, reverse=True))

    @cached_property
    def paragraph(self) -> Paragraph | None:
        """The first running text that is the text's own, if it may be taken for a title.

        All sentences above it say it too: that is what a site printed.
        """
        sentences = [*islice(self._sentences(), 2)]
        above = 0
        if self._may_be_above and len(sentences) > 1 and middle_of(sentences[1][1]) in sentences[0][1]:
            sentences = [*self._sentences()]  # few texts
            above = _count_copies([line for _, line in sentences])
        if not sentences or not _may_be_taken(sentences[above][1]):
            return None
        words = _FIRST_WORDS.match(sentences[above][1])
        return Paragraph(*sentences[above], words[0], above > 0) if words else None

    def _sentences(self) -> Iterator[tuple[Span, str]]:
        """Yield the sentences near the top, and where their lines stand."""
        for span in self.head[:MOST_TITLE_LINES]:
            line = self._text[slice(*span)].strip()
            if _is_sentence(line):
                yield span, line

    def head_spans(self) -> tuple[Span, ...]:
        """Return where the lines stand that may be the head's: none below a paragraph that is said twice."""
        if self.paragraph is None or not self.paragraph.said_above:
            return self.head
        return self.head[: self.head.index(self.paragraph.span) + 1]

    def is_paragraph(self, span: Span) -> bool:
        """Return whether a line of the head is a paragraph that is said twice there, and nothing else."""
        if self.paragraph is None or not self.paragraph.said_above:
            return False
        return self._text[slice(*span)].strip() == self.paragraph.text

    def head_line(self, span: Span) -> str:
        """Return a line of the head, with a paragraph that a site took for a title cut to its first words.

        Args:
            span: Where it stands in the text.

        Returns:
            At most one character more than the longest furniture has.
        """
        if self.paragraph is None or not self.paragraph.said_above or span > self.paragraph.span:
            return line_at(self._text, span)
        return self._cut(span)

    def foot_line(self, span: Span) -> str:
        """Return a line of the foot, with a paragraph that a site took for a title cut to its first words.

        Args:
            span: Where it stands in the text.

        Returns:
            At most one character more than the longest furniture has.
        """
        return self._cut(span) if self._is_said_in_foot(span) else line_at(self._text, span)

    def is_said_again(self) -> bool:
        """Return whether a line of head or foot holds the paragraph that a site took for a title."""
        if self.paragraph is None:
            return False
        foot = islice(last_lines(self._text), MOST_FOOT_LINES)
        return self.paragraph.said_above or any(map(self._is_said_in_foot, foot))

    def _is_said_in_foot(self, span: Span) -> bool:
        """Return whether a line holds the paragraph above it, and something else."""
        if self.paragraph is None or span <= self.paragraph.span:
            return False
        line = self._text[slice(*span)]
        return line.strip() != self.paragraph.text and _holds(line, self.paragraph.text)

    def _cut(self, span: Span) -> str:
        """Return a line with the paragraph in it cut to its first words."""
        assert self.paragraph is not None, "there is something to cut"
        line = self._text[slice(*span)].replace(self.paragraph.text, self.paragraph.words, 1)
        return line[: LONGEST + 1]

    def left_out_of(self, line: str) -> Iterator[str]:
        """Yield what a line says around each title that it holds.

        >>> list(Titles("春天的苗圃有新芽").left_out_of("《春天的苗圃有新芽》来自某某网"))
        ['《》来自某某网']
        """
        bare = line.strip()
        for title in self.lines:
            if len(title) < len(bare) and title in bare:
                yield bare.replace(title, "", 1)


def _is_sentence(line: str) -> bool:
    """Return whether a line is a sentence, or longer than a title, and not known to be a site's."""
    ended = is_prose(line) or (len(line) >= _SHORTEST_SENTENCE and ends_sentence(line))
    return ended and not has_form(line)


def _count_copies(sentences: Sequence[str]) -> int:
    """Return how many sentences from the first on hold the one below them."""
    for above in range(len(sentences) - 1, 0, -1):
        if all(_holds(other, sentences[above]) for other in sentences[:above]):
            return above
    return 0


def _may_be_taken(line: str) -> bool:
    """Return whether a site may have taken a sentence for a title, and printed it whole."""
    return is_prose(line) and len(line) <= _LONGEST and not is_article(line)


def _holds(line: str, paragraph: str) -> bool:
    """Return whether a line is a paragraph with nothing but a few characters before it or words of sites.

    What stands before it and behind it is shorter, so that the middle of the line is the paragraph's.
    """
    before, said, after = line.strip().partition(paragraph)
    if not said or max(len(before), len(after)) > len(said) - _MIDDLE:
        return False
    rest = (before + after).strip()
    alone = not after and len(before) <= _LONGEST_LEAD
    return alone or may_be_furniture(rest) or may_be_site_language(rest)


def middle_of(line: str) -> str:
    """Return some characters of a line that belong to the paragraph that it holds, if it does.

    >>> middle_of("篇一：家门口的服务站由居民商量着办")
    '口的服务站由'
    """
    bare = line.strip()
    start = max(0, (len(bare) - _MIDDLE) // 2)
    return bare[start : start + _MIDDLE]


def recognise_around(line: str, titles: Titles, *zones: str, numbered: bool = False) -> Finding | None:
    """Return why a line is furniture by its form, or by the form of what stands around the title in it.

    Args:
        line: The line with its outer blanks.
        titles: What may be the title.
        zones: As :func:`~pdtool.normalise.furniture.forms.recognise` takes them.
        numbered: Whether the site may have numbered it.
    """
    if not may_be_furniture(line):
        return None
    finding = recognise(line, *zones, numbered=numbered)
    if finding is not None or len(line) > LONGEST:
        return finding
    for rest in titles.left_out_of(line):
        around = recognise(rest, *zones, numbered=numbered)
        if around is not None and not around.kept:
            return around
    return None
