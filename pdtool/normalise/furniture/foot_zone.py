"""The foot zone: the lines below the running text, and what the known forms say of each.

``责任编辑：张三`` under the last paragraph is the site's, the same words in the middle are the author's. So
the forms of feet are tried only below the last line of running text. Some of them are labels that take lines
after them: below ``相关阅读`` the titles of other articles follow. Where the foot begins among these lines is
weighed in :mod:`pdtool.normalise.furniture.foot`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pdtool.normalise.furniture.foot import Foot, find_foot
from pdtool.normalise.furniture.form_table import LineForm
from pdtool.normalise.furniture.forms import (
    Finding,
    Found,
    is_issuers_note,
    is_prose,
    line_at,
    may_be_furniture,
    recognise,
)
from pdtool.normalise.furniture.listed import count_listed, is_article
from pdtool.normalise.furniture.site_language import NONE, any_has_weight, may_be_site_language, weigh
from pdtool.normalise.furniture.titles import MOST_FOOT_LINES, Titles, recognise_around
from pdtool.text.lines import Span, ends_sentence, last_line_before, last_lines

__all__ = ["FootZone", "foot_zone", "grow_foot"]

_LONGEST_LINK = 60
"""Characters of the longest line of a list of links."""
_BOOK = re.compile("《[^》]{1,40}》")
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第.{1,4}[章节])"
)


@dataclass(slots=True)
class FootZone:
    """The lines below the running text from the top down, and the forms that know them.

    Args:
        spans: Where the lines stand in the text; blank lines are left out.
        lines: The lines without their outer blanks, cut at the length of the longest furniture.
        findings: What the known forms say of each; counts only for the lines of the foot.
        foot: Which of the lines are the site's.
        below_text: Whether running text stands above the lines.
    """

    spans: list[Span]
    lines: list[str]
    findings: list[Finding | None]
    foot: Foot
    below_text: bool

    def may_hold_any(self) -> bool:
        """Return whether any line has a known form or reads like the language of sites."""
        return any(self.findings) or any_has_weight(self.lines)

    def found(self) -> Found:
        """Return the lines of the foot."""
        start = self.foot.start
        pairs = zip(self.spans[start:], self.findings[start:], strict=True)
        known = {span: finding for span, finding in pairs if finding is not None}
        return known | {self.spans[index]: Finding("site_line") for index in self.foot.lines}


def foot_zone(text: str, titles: Titles, tables: frozenset[Span] = frozenset()) -> FootZone:
    """Return the last lines of a text with what the forms say of them; where the foot begins is still open.

    Args:
        text: A Simplified text without page markers.
        titles: What may be its title.
        tables: The rows of its tables, below which the foot is.
    """
    spans = _below_lists(text, _below_prose(text, titles, tables))
    lines = [titles.foot_line(span) for span in spans]
    bare = [line.strip() for line in lines]
    below_text = bool(spans) and bool(text[: spans[0][0]].strip())
    return FootZone(spans, bare, _recognised(lines, titles), Foot(len(lines), ()), below_text)


def _below_prose(text: str, titles: Titles, tables: frozenset[Span]) -> list[Span]:
    """Return the last lines, top down, up to running text that no label stands above."""
    spans: list[Span] = []
    prose = False
    for span in islice(last_lines(text), MOST_FOOT_LINES):
        line = titles.foot_line(span)
        if span in tables or is_article(line) or (prose and not _is_label(line)):
            break
        prose = is_prose(line) and not may_be_furniture(line)
        spans.append(span)
    return spans[::-1]


def _below_lists(text: str, spans: list[Span]) -> list[Span]:
    """Return the lines below the last list that a sentence introduces, maybe the one above the first line."""
    above = [last_line_before(text, spans[0][0])] if spans else []
    lines = [*above, *(line_at(text, span).strip() for span in spans)]
    ends = [index + 1 + count_listed(lines, index) - len(above) for index in range(len(lines))]
    listed = [end for index, end in enumerate(ends) if end > index + 1 - len(above)]
    return spans[max(listed, default=0) :]


def _is_label(line: str) -> bool:
    finding = recognise(line, "foot", "edge", "any")
    return finding is not None and finding.form is not None and finding.form.takes > 0


def _recognised(lines: Sequence[str], titles: Titles) -> list[Finding | None]:
    """Return what the forms say of the last lines, top down: a label takes the next ones."""
    findings: list[Finding | None] = [None] * len(lines)
    if not any(map(may_be_furniture, lines)):  # most texts
        return findings
    # Points below headings are those of a text.
    headed = any(_HEADING.match(line) for line in lines)
    for index, line in enumerate(lines):
        if findings[index] is not None:
            continue
        finding = recognise_around(line, titles, "foot", "edge", "any", numbered=not headed)
        if finding is not None and _lists_books(finding, lines[index + 1 :]):
            continue
        findings[index] = finding
        if finding is not None and finding.form is not None:
            for taken in range(index + 1, index + 1 + _count_taken(finding.form, lines[index + 1 :])):
                findings[taken] = Finding(finding.rule)
    return findings


def _count_taken(form: LineForm, following: Sequence[str]) -> int:
    """Count the lines after a furniture line that go with it."""
    if not form.titles:
        return min(form.takes, len(following))
    links = 0
    while links < len(following) and _is_link(following[links]):
        links += 1
    # Text below the list says that its heading was the author's.
    below = following[links:]
    return links if not any(is_prose(line) and not may_be_furniture(line) for line in below) else 0


def _lists_books(finding: Finding, following: Sequence[str]) -> bool:
    """Return whether a heading such as ``延伸阅读`` stands above the author's own list of books."""
    titles = finding.form is not None and finding.form.titles
    return titles and bool(following) and all(_BOOK.search(line) for line in following[:2])


def _is_link(line: str) -> bool:
    return len(line) <= _LONGEST_LINK and not (ends_sentence(line) or is_issuers_note(line.strip()))


def grow_foot(text: str, zone: FootZone, names: frozenset[str], found: bool) -> None:
    """Find anew where the foot begins.

    Args:
        text: The text.
        zone: Its last lines; ``foot`` is changed.
        names: What the site is known to call itself.
        found: Whether furniture was found anywhere in the text.
    """
    evidence = [weigh(line, names) if found or may_be_site_language(line) else NONE for line in zone.lines]
    recurs = [
        bool(finding or weight.score) and text.count(f"\n{line}\n") > 1
        for line, finding, weight in zip(zone.lines, zone.findings, evidence, strict=True)
    ]
    zone.foot = find_foot(
        zone.lines, zone.findings, evidence, recurs, known=found, below_text=zone.below_text
    )
