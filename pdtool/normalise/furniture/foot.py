"""Where the foot of a page begins: the last lines that together are more the site's than the text's.

Every line below the text speaks for the site (a counter, a notice, a link), for the text (a sentence, a
signature, a date) or for neither (the title of another article). The foot is the run of last lines whose
evidence adds up to most, so that unknown lines go when the lines around them are the site's, and stay when
they are not. Below a text of some length, of the lines

    某县人民政府办公室
    浏览次数：12
    春天的苗圃有新芽
    版权所有 某某网

the last three are the foot: the title of another article goes with the counter above it and the notice below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf

from pdtool.late_patterns import late_pattern
from pdtool.normalise.furniture.forms import Finding, is_issuers_note, is_prose
from pdtool.normalise.furniture.site_language import Evidence, is_call
from pdtool.text.lines import ends_sentence, is_protected

__all__ = [
    "CLOSING",
    "FORM",
    "Foot",
    "find_foot",
    "is_signature",
    "may_be_foot",
    "may_become_foot",
    "speaks_for_site",
]

# Set on the sites of tests/damage (all but the sealed ones) and on undamaged texts (November 2026).
FORM = 3.0
"""A line of a known form."""
_CLOSING_FORM = 1.0
"""A line of a form that journals print too."""
CLOSING = frozenset({"end_mark", "responsible_editor"})
"""Forms that journals print too: what stands below them need not be a site's."""
_WHOLE = frozenset({"page_bar", "notice"})
"""Rules that judge a line by all of it."""
_TAKEN = 0.5
"""A line that another one announced, such as a link below ``相关阅读``."""
_SHORT = -0.6
"""A short line that could be a link as well as the text's."""
_LONG = -1.5
"""A long line that ends no sentence."""
_SHORT_SENTENCE = -2.0
"""A sentence so short that it may be a slogan."""
_SENTENCE = -4.0
"""A sentence of some length."""
_PROSE = -8.0
"""Running text."""
_SPOKEN = 0.0
"""A sentence about a page or a channel, which may be the text's own."""
_SINGLE = 0.5
"""A single word of sites, which may be a heading as well."""
_CONTACT_LINE = -0.5
"""The end of a notice as well as of a page."""
_SIGNED = -2.0
"""What a text ends with: a date, a body, a name."""
_PROTECTED = -1.0
"""A heading, a statute, a salutation or front matter."""
_SHORTEST_SENTENCE = 20
"""Characters of a sentence that is hardly a slogan."""
_LONGEST_LINK = 40
"""Characters of the longest line that could be a link."""
_RECURRING = 0.5
"""A line that the site prints between paragraphs too does not say that the text is over."""
_ABOVE_UNKNOWN = 1.5
"""Evidence that must stand above an unknown line to make it the site's."""
_ABOVE_TEXT = 4.0
"""Evidence that must stand above a line that looks like the text's."""
_ABOVE_END = 6.0
"""Evidence that must stand above a line that looks like the end of the text."""
_ABOVE_KEPT_TEXT = 4.0
"""Evidence of the lines down to a sentence that stays, below which they are the site's."""
_FULL_STOPS = ("。", "！", "？")
"""What ends a sentence of a text."""
_ENOUGH = 4.0
"""Evidence of a whole foot where no known form was found: more than a line."""
_CLEAR = 2.0
"""Evidence of the clearest line of such a foot: sentences about a journal and its channel are its own."""

_CONTACT = re.compile(
    r"[（(]?(?:联系|咨询|服务|监督|报名|值班|举报|办公)?(?:人|方式|电话|热线|邮箱|地址|网址|部门)[:：]|(?:微信)?公众号[:：]|电话|邮编|传真|邮箱|地址|网址"
)
_signature = late_pattern(
    r"\s*(?:附[件录表图:：]|(?:\d{4} ?年 ?)?\d{1,2} ?月|二[〇○零]|[（(]?此[件文].{0,10}公开|[（(]?联系人|抄送"
    r"|.{2,30}(?:局|委|委员会|办公室|办公厅|政府|厅|部|院|会|校|公司|中心|组|处|署|所|社|学|站)\s*$|[\u4e00-\u9fff]{2,4}\s*$)"
)


@dataclass(frozen=True, slots=True)
class Foot:
    """The foot of a page.

    Args:
        start: Index of its first line; the number of lines if there is none.
        lines: Indices of the lines that are the site's though no form knows them.
    """

    start: int
    lines: tuple[int, ...]


def is_signature(line: str) -> bool:
    """Return whether a line may be what a text ends with: attachments, a date, a body, a name.

    >>> is_signature("某县人民政府办公室"), is_signature("春天的苗圃有新芽")
    (True, False)
    """
    return _signature().match(line) is not None


def speaks_for_site(line: str, finding: Finding | None, evidence: Evidence) -> float:
    """Weigh a line of the foot: positive for the site's, negative for the text's.

    Args:
        line: The line without its outer blanks.
        finding: What a known form says of it, if one knows it.
        evidence: How much of it is the language of sites.
    """
    if finding is not None:
        if finding.rule in CLOSING:
            return _CLOSING_FORM
        return FORM if finding.form or finding.rule in _WHOLE else _TAKEN
    if is_call(line):
        return _SHORT
    if _CONTACT.match(line):
        return _CONTACT_LINE
    if line.endswith(("。", "；")) and evidence.score >= 1:
        return _SPOKEN if evidence.spoken else _SHORT_SENTENCE
    of_text = evidence.spoken and not evidence.of_page  # a step of a notice calls on its readers too
    if evidence.score >= FORM:
        return FORM if evidence.tokens > 1 and not of_text else 1.0
    if evidence.score >= 1:
        if evidence.tokens <= 1 and not evidence.called:
            return _SINGLE
        return min(evidence.score, 1.0 if evidence.plain or of_text or is_signature(line) else 2.0)
    return _speaks_for_text(line)


def _speaks_for_text(line: str) -> float:
    if not any(map(str.isalnum, line)):
        return 0.0
    if is_prose(line):
        return _PROSE
    if ends_sentence(line) and line[-1] not in ":：":
        return _SENTENCE if len(line) >= _SHORTEST_SENTENCE else _SHORT_SENTENCE
    if is_signature(line):
        return _SIGNED
    if is_protected(line):
        return _PROTECTED
    return _SHORT if len(line) <= _LONGEST_LINK else _LONG


def find_foot(
    lines: Sequence[str],
    findings: Sequence[Finding | None],
    evidence: Sequence[Evidence],
    recurs: Sequence[bool],
    known: bool,
    below_text: bool = False,
) -> Foot:
    """Find where the foot begins, and which of its lines are the site's.

    Args:
        lines: The last lines of a text, top down.
        findings: What the known forms say of them.
        evidence: How much of each is the language of sites.
        recurs: Whether each stands elsewhere in the text too.
        known: Whether furniture of a known form was found anywhere in the text.
        below_text: Whether running text stands above the lines.
    """
    if not any(findings) and not any(weight.score for weight in evidence):
        return Foot(len(lines), ())
    weights = [
        min(speaks_for_site(line, finding, weight), _RECURRING if again else FORM)
        for line, finding, weight, again in zip(lines, findings, evidence, recurs, strict=True)
    ]
    below = _end_of_text(weights, -_PROSE if below_text else 0.0)
    totals = list(accumulate(reversed(weights[below:])))
    best = max(totals, default=0.0)
    start = len(lines) - 1 - totals.index(best) if totals else len(lines)
    enough = best >= _ENOUGH and may_be_foot(weights[start:])
    if best <= 0 or not (known or enough or any(map(_is_foot_alone, findings[start:]))):
        return Foot(len(lines), ())
    start = _below_kept_text(lines, findings, weights, start)
    return Foot(start, tuple(_unknown(lines, findings, weights, start)))


def may_be_foot(weights: Sequence[float]) -> bool:
    """Return whether lines can be a foot where no known form was found, whatever stands between them.

    Args:
        weights: What :func:`speaks_for_site` gives of each.

    >>> may_be_foot([2.0, -4.0, 2.0]), may_be_foot([1.0] * 9), may_be_foot([3.0])
    (True, False, False)
    """
    return max(weights, default=0.0) >= _CLEAR and sum(max(weight, 0.0) for weight in weights) >= _ENOUGH


def may_become_foot(weights: Sequence[float], more: int) -> bool:
    """Return whether lines can be a foot together with some others, whatever these speak for.

    Args:
        weights: What :func:`speaks_for_site` gives of each.
        more: How many others there are.

    >>> may_become_foot([0.0], 2), may_become_foot([0.0, 1.0], 1), may_become_foot([], 1)
    (True, True, False)
    """
    return sum(max(weight, 0.0) for weight in weights) + more * FORM >= _ENOUGH


def _below_kept_text(
    lines: Sequence[str], findings: Sequence[Finding | None], weights: Sequence[float], start: int
) -> int:
    """Return the index below the last sentence that stays, if little above it speaks for the site.

    ``订阅`` above a sentence of the text is the heading of a section.
    """
    unknown = set(_unknown(lines, findings, weights, start))
    kept = [
        index
        for index in range(start, len(lines))
        if findings[index] is None and index not in unknown and lines[index][-1:] in _FULL_STOPS
    ]
    if kept and sum(weights[start : kept[-1] + 1]) < _ABOVE_KEPT_TEXT:
        return kept[-1] + 1
    return start


def _is_foot_alone(finding: Finding | None) -> bool:
    return finding is not None and finding.form is not None and finding.form.alone


def _end_of_text(weights: Sequence[float], above: float) -> int:
    """Return the index below the lines that speak most for the text: a short text has its head here.

    Args:
        weights: How much each line speaks for the site.
        above: How much the lines above speak for the text.
    """
    best, end, total = above, 0, above
    for index, weight in enumerate(weights):
        total = max(0.0, total - weight)
        if total > best:
            best, end = total, index + 1
    return end


def _unknown(
    lines: Sequence[str], findings: Sequence[Finding | None], weights: Sequence[float], start: int
) -> Iterator[int]:
    """Yield the lines below the start that go though no form knows them."""
    above = 0.0
    for index in range(start, len(lines)):
        if findings[index] is None and above >= _needed(lines[index], weights[index]):
            yield index
        above += weights[index]


def _needed(line: str, weight: float) -> float:
    """Return the evidence above a line without which it stays."""
    if is_issuers_note(line):
        return inf
    if weight > 0:
        return 0.0
    if is_signature(line) or line[-1:] == "。":
        return _ABOVE_END
    return _ABOVE_TEXT if is_protected(line) or ends_sentence(line) else _ABOVE_UNKNOWN
