"""Furniture: what web sites print around and into a text.

Three kinds of evidence, from strong to weak: lines of a known form (:mod:`pdtool.normalise.furniture.forms`);
lines that consist of the language of sites (:mod:`pdtool.normalise.furniture.site_language`); and the
neighbourhood, since a zone of furniture grows from recognised lines over neighbours that have a little
evidence of their own.

Where lines stand matters as much as what they look like. The head ends, and the foot begins, where running
text stands (:mod:`pdtool.normalise.furniture.head_zone`, :mod:`pdtool.normalise.furniture.foot_zone`). In
between, only forms that cannot be anything else go, and lines that speak to the reader of a page in a text
that is known to come from one (:mod:`pdtool.normalise.furniture.interjected`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pdtool.normalise.furniture.foot_zone import FootZone, foot_zone, grow_foot
from pdtool.normalise.furniture.forms import Finding, Found
from pdtool.normalise.furniture.head_zone import HeadZone, grow_head, head_zone
from pdtool.normalise.furniture.interjected import interjected_lines, unmistakable_lines
from pdtool.normalise.furniture.listed import table_lines
from pdtool.normalise.furniture.site_language import names_in
from pdtool.normalise.furniture.titles import Titles
from pdtool.normalise.prefilter import Feature, features_of
from pdtool.normalise.script.simplified import convert_script
from pdtool.text.edits import Edits
from pdtool.text.lines import Span, ends_sentence, is_protected, lines_of

__all__ = ["furniture"]

_REMAINS = 20
"""Characters that weak evidence must leave of a text."""
_ROUNDS = 4
"""How often a text is searched again with what was learned from the last search."""
_MOST_LINES_WITH_NAMES = 60
"""Lines of furniture from which names of the site are learned: as many as a foot has."""


def furniture(text: str) -> Edits:
    r"""Find the furniture of a text.

    Args:
        text: Line ends are ``\n``, page markers are gone.

    Returns:
        Edits that delete each line with its break. A text whose every line has a known form becomes empty;
        weaker evidence always leaves a text.

    >>> text = "浏览量:213 | 发布时间:2024-01-12\n党建引领基层治理。\n点赞:\n收藏:"
    >>> furniture(text).apply(text)[0]
    '党建引领基层治理。\n'
    """
    edits = _of_simplified(convert_script(text) if features_of(text) & Feature.TRADITIONAL else text)
    return Edits.of(text, [(start, end, "") for start, end, _ in edits], [rule for *_, rule in edits])


def _of_simplified(text: str) -> list[tuple[int, int, str]]:
    """Return what to delete of a Simplified text, as the forms are, and why."""
    tables = table_lines(text)
    found = _find(text, Titles(text), tables)
    if found is None:  # the text itself says its first paragraph twice
        found = _find(text, Titles(text, may_be_above=False), tables) or {}
    return [
        (start, end, finding.rule)
        for span, finding in sorted(found.items(), key=lambda item: item[0])
        for start, end in _cuts(text, span, finding)
    ]


def _find(text: str, titles: Titles, tables: frozenset[Span]) -> Found | None:
    """Return the furniture of a text; ``None`` if a paragraph read as the site's title is not the site's."""
    head, foot = head_zone(text, titles, tables), foot_zone(text, titles, tables)
    unmistakable = unmistakable_lines(text, tables)
    if any(map(_is_by_itself, [*unmistakable.values(), *head.findings, *foot.findings])):
        head.findings = list(_of_margin(head.findings))
        foot.findings = list(_of_margin(foot.findings[::-1]))[::-1]
    else:
        head.findings, foot.findings = [None] * len(head.lines), [None] * len(foot.lines)
    likely = unmistakable or head.may_hold_any() or foot.may_hold_any()
    if not (likely or interjected_lines(text, {}, frozenset(), tables)):
        return {}
    grow_foot(text, foot, frozenset(), found=False)
    known = unmistakable | head.found() | foot.found()
    found = _with_weaker(text, head, foot, known, tables)
    if head.keeps_copies():
        return None
    return found if _leaves_text(text, found) else known


def _is_by_itself(finding: Finding | None) -> bool:
    """Return whether a line is furniture though there is no other."""
    return finding is not None and not (finding.form is not None and finding.form.beside)


def _of_margin(findings: Iterable[Finding | None]) -> Iterator[Finding | None]:
    """Yield findings, but none of a form that authors write too unless all lines further out are furniture.

    Args:
        findings: What was found of each line, from the margin inwards.
    """
    outermost = True
    for finding in findings:
        outermost = outermost and finding is not None
        yield finding if outermost or _is_by_itself(finding) else None


def _with_weaker(text: str, head: HeadZone, foot: FootZone, known: Found, tables: frozenset[Span]) -> Found:
    """Add lines that read like a site or stand between furniture, until nothing new is found."""
    found, names, running = known, frozenset[str](), ""
    for _ in range(_ROUNDS):
        grow_head(head, names, bool(found))
        if found:  # otherwise the foot is still what it was
            grow_foot(text, foot, names, found=True)
        grown = found | head.found() | foot.found()
        if grown:
            running = running or _running_text(text)
            recognised = [text[slice(*span)].strip() for span in sorted(grown)[:_MOST_LINES_WITH_NAMES]]
            names = names_in(recognised, head.unknown_lines(), running)
        grown |= interjected_lines(text, grown, names, tables)
        if len(grown) == len(found):
            break
        found = grown
    return {span: finding for span, finding in found.items() if head.confirms(span, finding)}


def _running_text(text: str) -> str:
    """Return the sentences and headings of a text, where names of sites do not occur."""
    return "\n".join(line for line in lines_of(text) if ends_sentence(line) or is_protected(line))


def _leaves_text(text: str, found: Found) -> bool:
    taken = sum(end - start for start, end in found)
    return len(text) - taken >= _REMAINS and bool(text.strip())


def _cuts(text: str, span: Span, finding: Finding) -> Iterator[Span]:
    """Yield what to delete: the line and its break, or, if parts of it stay, what lies around them."""
    start, end = span
    if not finding.kept:
        yield start, min(end + 1, len(text))
        return
    offset = start
    for first, last in finding.kept:
        if start + first > offset:
            yield offset, start + first
        offset = start + last
    if offset < end:
        yield offset, end
