"""The head zone: the lines above the running text, and which of them are the site's.

A site prints menus, a path of links, counters and sources above a text, and often its title once more. The
zone ends at the first line of running text. What a form knows is furniture from the beginning; the zone then
grows from there over lines that read like a site or stand between such lines:

    标题：春天的苗圃有新芽           the site's copy of the title below
    来源：某市日报 字体：大 中 小     a known form
    春天的苗圃有新芽                the title, which stays
    上一篇 下一篇                  a known form
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pdtool.late_patterns import late_pattern
from pdtool.normalise.furniture.forms import (
    Finding,
    Found,
    is_prose,
    label_weight,
    line_at,
)
from pdtool.normalise.furniture.head import (
    index_table,
    is_index_row,
    is_menu,
    is_piped_index,
    is_plain_text,
    is_property,
    looks_like_title,
    value_of_text,
)
from pdtool.normalise.furniture.listed import is_article
from pdtool.normalise.furniture.site_language import Evidence, any_has_weight, weigh, weigh_alone
from pdtool.normalise.furniture.titles import Titles, recognise_around
from pdtool.text.lines import Span, ends_sentence, is_protected

__all__ = ["HeadZone", "grow_head", "head_zone", "may_be_found_alone"]

_SHORTEST_SENTENCE = 10
"""Characters of the shortest sentence beyond which weak evidence is not looked for."""
_SHORTEST_TITLE = 6
"""Letters of the shortest title that is recognised when a site repeats it."""
_LONGEST_MARKS = 6
"""Characters of the longest line of marks and digits such as ``+1``."""
_WEAK_RULES = frozenset({"site_line", "site_label", "menu", "repeated_title", "interjected"})
"""Rules that may take a title for something else."""
_ALONE = 3
"""Evidence that a line needs where no furniture was found."""
_NEAR = 2
"""Evidence that a line needs where furniture was found anywhere in the text."""
_BESIDE = 1
"""Evidence that a line needs next to furniture."""
_title_label = late_pattern(r"(?!附)[^\W_]{1,6}[:：»>_] ?")
"""What a site puts before its copy of the title: ``标题：``."""
_OWN_LINE = re.compile(r"(?:时间|日期)[:：](?!.*\d[:：]\d\d[:：]\d\d)[\d年月日时分\s:：./-]*$|来源[:：]《")
"""A meeting's time, which has no seconds, and the journal of a text are the text's."""
_MOST_BYLINES = 2
"""Lines of no form, such as who uploaded a text and where, that a site prints among its own below a title."""
_BELOW_TITLE = 3
"""Lines beside a title among which its number stands."""
_STOPS = ("。", "；")
_BLANKS = re.compile(r"\s+")
_TITLE_BELOW = 1000
"""Characters below an index table or a title in which the text says its title, or its number, again."""
_SHORTEST_OWN_NAME = 4
"""Characters of the shortest title by which a text calls itself: ``本网站`` and ``本平台`` are no texts."""
_LONGEST_OWN_NAME = 12
"""Characters of the longest one."""
_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(slots=True)
class HeadZone:
    """The lines of the head from the top down, and what was found out about each.

    Args:
        spans: Where the lines stand in the text; blank lines are left out.
        lines: The lines without their outer blanks, cut at the length of the longest furniture.
        findings: Why each is furniture; ``None`` for the others.
        paragraphs: The indices of paragraphs that are said twice: a site took them for a title.
    """

    spans: list[Span]
    lines: list[str]
    findings: list[Finding | None]
    paragraphs: set[int] = field(default_factory=set)

    def may_hold_any(self) -> bool:
        """Return whether any line is furniture or reads like the language of sites."""
        return any(self.findings) or any_has_weight(self.lines)

    def found(self) -> Found:
        """Return the lines found so far."""
        pairs = zip(self.spans, self.findings, strict=True)
        return {span: finding for span, finding in pairs if finding is not None}

    def confirms(self, span: Span, finding: Finding) -> bool:
        """Return whether a finding stands: one that the head does not share needs a line like a site's."""
        if finding.rule not in _WEAK_RULES or finding.rule == "interjected" or span not in self.spans:
            return True
        index = self.spans.index(span)
        evidence = weigh_alone(self.lines[index])
        return self.findings[index] is not None or (evidence.score >= _BESIDE and not evidence.plain)

    def keeps_copies(self) -> bool:
        """Return whether the text itself says a paragraph twice: no copy was taken for the site's."""
        return sum(self.findings[index] is None for index in self.paragraphs) > 1

    def unknown(self) -> list[int]:
        """Return the indices of the lines above any sentence that nothing was found about yet."""
        unknown = [index for index, finding in enumerate(self.findings) if finding is None]
        sentence = next((index for index in unknown if _is_sentence(self.lines[index])), len(self.lines))
        return [index for index in unknown if index < sentence]

    def unknown_lines(self) -> list[str]:
        """Return all lines that nothing was found about, the title among them."""
        return [line for line, finding in zip(self.lines, self.findings, strict=True) if finding is None]

    def likely(self) -> list[int]:
        """Return the indices of those unknown lines that may be furniture by themselves."""
        return [index for index in self.unknown() if weigh_alone(self.lines[index]).score >= _ALONE]


def head_zone(text: str, titles: Titles, tables: frozenset[Span] = frozenset()) -> HeadZone:
    """Return the head of a text, with the lines found that have a known form.

    Args:
        text: A Simplified text without page markers.
        titles: What may be its title.
        tables: The rows of its tables, where the head ends unless they are a portal's index table.
    """
    zone = HeadZone([], [], [])
    for span in titles.head_spans():
        line = titles.head_line(span)
        own = titles.is_paragraph(span)
        known = span not in tables and not own
        finding = recognise_around(line, titles, "head", "edge", "any") if known else None
        if _is_running_text(line, finding) or _names_itself(text, span):
            break
        if own:
            zone.paragraphs.add(len(zone.spans))
        zone.spans.append(span)
        zone.lines.append(line.strip())
        zone.findings.append(finding)
    _read_tables(text, zone, tables)
    for index in index_table(zone.lines, list(map(bool, zone.findings))):
        zone.findings[index] = zone.findings[index] or Finding("index_table")
    return zone


def _is_running_text(line: str, finding: Finding | None) -> bool:
    """Return whether the head ends at a line: a paragraph, and be it about the page, or an article."""
    if is_article(line):
        return True
    return is_prose(line) and (finding is None or finding.form is None) and not is_index_row(line.strip())


def _names_itself(text: str, span: Span) -> bool:
    """Return whether a line is a title by which the text below calls itself: ``本隐私政策``."""
    title, end = line_at(text, span).strip(), span[1]
    if not _SHORTEST_OWN_NAME <= len(title) <= _LONGEST_OWN_NAME:
        return False
    return text.find(f"本{title}", end, end + _TITLE_BELOW) >= 0


def _read_tables(text: str, zone: HeadZone, tables: frozenset[Span]) -> None:
    """Find the portal's index table with bars; cut the head off at any other table."""
    rows = [index for index, span in enumerate(zone.spans) if span in tables]
    if not rows:
        return
    below = next((index for index in range(rows[0], len(zone.spans)) if index not in rows), len(zone.spans))
    if not is_piped_index(zone.lines[rows[0] : below]):
        del zone.spans[rows[0] :], zone.lines[rows[0] :], zone.findings[rows[0] :]
        return
    after = _BLANKS.sub("", text[zone.spans[below - 1][1] :][:_TITLE_BELOW])
    for index in range(rows[0], below):
        zone.findings[index] = Finding("index_table", _only_here(line_at(text, zone.spans[index]), after))


def _only_here(row: str, after: str) -> tuple[Span, ...]:
    """Return where the title or number stands in a row of an index table, if the text does not repeat it."""
    value = value_of_text(row)
    if not value or _BLANKS.sub("", value) in after:
        return ()
    start = row.index(value)
    return ((start, start + len(value)),)


def _is_sentence(line: str) -> bool:
    """Return whether a line is a sentence of some length that does not read like a site."""
    long = len(line) >= _SHORTEST_SENTENCE
    return long and line[-1] in "。！？”；" and weigh_alone(line).score < _BESIDE


# Growing ----------------------------------------------------------------------------------------------


def grow_head(zone: HeadZone, names: frozenset[str], found: bool) -> None:
    """Add to a head the lines that read like a site or stand between furniture.

    Args:
        zone: The head, which is changed.
        names: What the site is known to call itself.
        found: Whether furniture was found anywhere in the text.
    """
    for index in zone.unknown() if found else zone.likely():
        if index in zone.paragraphs:
            continue
        titles = [
            zone.lines[other] for other in zone.unknown() if other != index and _is_title(zone.lines[other])
        ]
        rule = _rule_for(zone, index, weigh(zone.lines[index], names, titles), found)
        if rule:
            zone.findings[index] = Finding(rule)
    _drop_repeated_title(zone)
    _keep_a_title(zone)


def _rule_for(zone: HeadZone, index: int, evidence: Evidence, found: bool) -> str:
    """Return why a line of the head is the site's; nothing for one that is not, such as any title."""
    line, needed = zone.lines[index], _needed(zone.findings, index, found)
    between = _is_between(zone, index)
    if is_property(line) and (between or _continues_properties(zone, index)):
        return "site_label"
    if looks_like_title(line) or line.endswith(_STOPS) or _OWN_LINE.match(line):
        return ""
    alone = needed < _ALONE or evidence.tokens > 1
    named = needed == _BESIDE and evidence.tokens > 1 and _stands_above_site_and_title(zone, index)
    if evidence.score >= needed and alone and (named or not evidence.plain):
        return "site_line"
    if needed < _ALONE and is_menu(line):
        return "menu"
    if needed == _BESIDE and label_weight(line):
        return "site_label"
    return "site_label" if between and _is_mark(line) else ""


def may_be_found_alone(line: str) -> bool:
    """Return whether a line of a head can be the site's where no furniture was found before (a prefilter).

    Args:
        line: The line with its outer blanks.

    >>> may_be_found_alone("登录 注册 会员中心"), may_be_found_alone("订阅")
    (True, False)
    """
    evidence, bare = weigh_alone(line), line.strip()
    if evidence.score < _ALONE:
        return False
    # Without a title that it holds, which is left out, a line may hold other words.
    some = evidence.tokens > 1 or len(bare) > _SHORTEST_TITLE
    return is_property(bare) or (some and not bare.endswith(_STOPS))


def _needed(findings: Sequence[Finding | None], index: int, found: bool) -> int:
    """Return the evidence that a line needs, by how near the furniture is."""
    if any(findings[max(0, index - 1) : index + 2]):
        return _BESIDE
    return _NEAR if found else _ALONE


def _is_between(zone: HeadZone, index: int) -> bool:
    """Return whether a line has furniture above it, or is the first, and furniture or a property below it."""
    above, below = index - 1, index + 1
    while above >= 0 and not zone.findings[above] and _is_mark(zone.lines[above]):
        above -= 1
    while below < len(zone.lines) and not zone.findings[below] and _is_mark(zone.lines[below]):
        below += 1
    if below >= len(zone.lines) or (above >= 0 and not zone.findings[above]):
        return False
    return zone.findings[below] is not None or is_property(zone.lines[below])


def _continues_properties(zone: HeadZone, index: int) -> bool:
    """Return whether two properties stand right above a line, both of them the site's."""
    above = range(max(0, index - 2), index)
    return len(above) == 2 and all(zone.findings[one] and is_property(zone.lines[one]) for one in above)


def _stands_above_site_and_title(zone: HeadZone, index: int) -> bool:
    """Return whether a line is the first, with furniture right below it and what may be the title below that.

    Words of sites there are the site's name; elsewhere they may be what a title is about.
    """
    if index or not zone.findings[1:2] or zone.findings[1] is None:
        return False
    return any(other > 1 and _may_be_title(zone.lines[other]) for other in zone.unknown())


def _is_mark(line: str) -> bool:
    """Return whether a line is a few marks and digits, such as ``|`` or ``+1``."""
    return len(line) <= _LONGEST_MARKS and not any(map(str.isalpha, line)) and not line.isdigit()


# Titles -----------------------------------------------------------------------------------------------


def _keep_a_title(zone: HeadZone) -> None:
    """Give the text back the last line that may be its title, if it would be left without any."""
    if None in zone.findings:
        return
    for index in reversed(range(len(zone.lines))):
        finding = zone.findings[index]
        if finding is not None and finding.rule in _WEAK_RULES and _may_be_title(zone.lines[index]):
            zone.findings[index] = None
            return


def _may_be_title(line: str) -> bool:
    return _is_title(line) and is_plain_text(line) and weigh(line).tokens <= 1 and not ends_sentence(line)


def _is_title(line: str) -> bool:
    return len(_NO_LETTERS.sub("", line)) >= _SHORTEST_TITLE


def _drop_repeated_title(zone: HeadZone) -> None:
    """Drop a title that the site printed above the text's own: with a label, or with furniture between."""
    if not any(zone.findings):
        return
    letters = [_NO_LETTERS.sub("", line) for line in zone.lines]
    for index in zone.unknown():
        later = [other for other in zone.unknown() if other > index and _repeats(zone, letters, index, other)]
        if later:
            zone.findings[index] = Finding("repeated_title")
            _drop_above(zone, index)


def _drop_above(zone: HeadZone, title: int) -> None:
    """Drop what stands above the site's copy of the title, but for what official documents have there."""
    for index in range(title):
        line = zone.lines[index]
        if zone.findings[index] is None and not (looks_like_title(line) or is_protected(line)):
            zone.findings[index] = Finding("site_line")


def _is_sites(zone: HeadZone, start: int, end: int) -> bool:
    """Return whether the site's lines stand between two copies of a title, maybe with names and places."""
    unknown = [zone.lines[index] for index in range(start, end) if zone.findings[index] is None]
    if not unknown:
        return True
    if len(unknown) > _MOST_BYLINES or zone.findings[end - 1] is None or 2 * len(unknown) > end - start:
        return False
    if zone.findings[: start - 1].count(None) > _MOST_BYLINES:
        return False  # the text stands above: these are lines of the foot
    return not any(looks_like_title(line) or is_protected(line) or "号" in line for line in unknown)


def _repeats(zone: HeadZone, letters: Sequence[str], index: int, other: int) -> bool:
    """Return whether a line says again what a later one says."""
    if len(letters[other]) < _SHORTEST_TITLE:
        return False
    if letters[index] == letters[other]:
        return other > index + 1 and _is_sites(zone, index + 1, other)
    label, title, rest = zone.lines[index].rpartition(zone.lines[other])
    if not title:
        return False
    number = label.removesuffix("《").strip()
    if (
        rest in {"", "》"}
        and number.endswith("号")
        and number in zone.lines[other - 1 : other + _BELOW_TITLE]
    ):
        return True  # 国发〔2021〕1号《关于…的通知》, and both again below
    return not rest and _title_label().fullmatch(label) is not None
