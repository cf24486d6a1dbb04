"""Furniture: what web sites print around and into a text.

Three kinds of evidence, from strong to weak. Lines of a known form (:mod:`pdtool.normalise.furniture_forms`);
lines that consist of the language of sites (:mod:`pdtool.normalise.site_language`); and the neighbourhood: a
zone of furniture grows from recognised lines over neighbours with a little evidence of their own.

Where lines stand matters as much as what they look like: ``责任编辑：张三`` under the last paragraph is the
site's, the same words in the middle are the author's. The head ends, and the foot begins, where running text
stands. In between, only forms that cannot be anything else go, and lines that speak to the reader of a page
in a text that is known to come from one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pdtool.normalise.edits import Edits
from pdtool.normalise.furniture_forms import (
    LONGEST,
    Line,
    Verdict,
    catalogue,
    is_prose,
    judge,
    may_be_furniture,
)
from pdtool.normalise.lines import Span, ends_sentence, first_lines, is_protected, last_lines
from pdtool.normalise.site_language import Evidence, may_be_site_language, names_in, weigh

__all__ = ["furniture"]

_HEAD_LINES = 15
"""Non-blank lines from the top that may hold furniture: menus, title, source and counters."""
_FOOT_LINES = 40
"""Likewise from the bottom: notices and lists of links run longer."""
_SENTENCE = 20
"""The shortest sentence beyond which weak evidence is not looked for."""
_STRAYS = 4
"""Unknown short lines in a row that the foot may hold."""
_TITLE = 60
"""The longest line of a list of links."""
_SHORTEST_TITLE = 6
"""Letters of a title that can be told when a site repeats it."""
_REMAINS = 20
"""Characters that weak evidence must leave of a text."""
_ROUNDS = 4
"""How often a zone is looked at anew with what was learned from it."""
_MOST_TELLING = 60
"""Lines of furniture from which names are learned: as many as head and foot have."""
_ALONE, _NEAR, _BESIDE = 3, 2, 1
"""Evidence that a line needs by itself, within reach of furniture, and next to it."""
_INSIDE, _INSIDE_UNKNOWN = 2, 3
"""Evidence that a line needs between paragraphs, where furniture was found elsewhere and where none was."""
_HABIT = 3
"""How often a line recurs that is nobody's sentence."""
_LONGEST_INSIDE = 60
_SURROUNDS = 2
"""Lines of furniture that say that the text is over: one may have been printed into its last lines."""
_CLOSING = frozenset({"end_mark", "responsible_editor"})
"""Forms that journals print too: what stands below them need not be a site's."""
_SIGNATURE = re.compile(
    r"\s*(?:附[件录表图:：]|(?:\d{4} ?年 ?)?\d{1,2} ?月|二[〇○零]"
    r"|.{2,30}(?:局|委|委员会|办公室|政府|厅|部|院)\s*$|[\u4e00-\u9fff]{2,4}\s*$)"
)
_TITLE_LABEL = re.compile(r"(?!附)[^\W_]{1,6}[:：»>_] ?")
_NO_LETTERS = re.compile(r"[\W_]+")

Found = dict[Span, Verdict]


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
    head, foot = _head(text), _foot(text)
    known = _anywhere(text) | head.found() | foot.found()
    found = _with_weaker(text, head, foot, known)
    if not _leaves_text(text, found):
        found = known
    spans, rules = [], []
    for span, verdict in sorted(found.items(), key=lambda item: item[0]):
        for start, end in _cuts(text, span, verdict):
            spans.append((start, end, ""))
            rules.append(verdict.rule)
    return Edits.of(text, spans, rules)


def _cuts(text: str, span: Span, verdict: Verdict) -> Iterator[Span]:
    """Yield what to delete: the line and its break, or, if parts of it stay, what lies around them."""
    start, end = span
    if not verdict.kept:
        yield start, min(end + 1, len(text))
        return
    position = start
    for first, last in verdict.kept:
        if start + first > position:
            yield position, start + first
        position = start + last
    if position < end:
        yield position, end


def _leaves_text(text: str, found: Found) -> bool:
    taken = sum(end - start for start, end in found)
    return len(text) - taken >= _REMAINS and bool(text.strip())


# Head and foot ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Zone:
    """The lines of the head or of the foot, top down, with the verdicts on them.

    Args:
        spans: Where the lines stand, blank ones left out.
        lines: The lines without their outer blanks, cut at the length of the longest furniture.
        verdicts: Why each is furniture; ``None`` for the others.
        is_foot: Whether it is the foot.
    """

    spans: list[Span]
    lines: list[str]
    verdicts: list[Verdict | None]
    is_foot: bool

    def found(self) -> Found:
        """Return the lines found so far."""
        pairs = zip(self.spans, self.verdicts, strict=True)
        return {span: verdict for span, verdict in pairs if verdict is not None}

    def recognised(self) -> list[str]:
        """Return the lines found so far as text."""
        return [line for line, verdict in zip(self.lines, self.verdicts, strict=True) if verdict]

    def unknown(self) -> list[int]:
        """Return the places of the lines that nothing was found in yet, on this side of any sentence."""
        unknown = [place for place, verdict in enumerate(self.verdicts) if verdict is None]
        sentences = [place for place in unknown if _is_sentence(self.lines[place])]
        if not sentences:
            return unknown
        if self.is_foot:
            return [place for place in unknown if place > sentences[-1]]
        return [place for place in unknown if place < sentences[0]]

    def promising(self) -> list[int]:
        """Return those of the unknown lines that may be furniture by themselves."""
        return [place for place in self.unknown() if _weigh(self.lines[place]).score >= _ALONE]


def _shown(text: str, span: Span) -> str:
    return text[span[0] : min(span[1], span[0] + LONGEST + 1)]


def _head(text: str) -> _Zone:
    zone = _Zone([], [], [], is_foot=False)
    for span in islice(first_lines(text), _HEAD_LINES):
        line = _shown(text, span)
        verdict = judge(line, "head", "edge", "any")
        if verdict is None and is_prose(line):
            break
        zone.spans.append(span)
        zone.lines.append(line.strip())
        zone.verdicts.append(verdict)
    return zone


def _foot(text: str) -> _Zone:
    """Judge the last lines top down (a label takes the next ones), then keep what text does not follow."""
    spans = _below_prose(text)
    lines = [_shown(text, span) for span in spans]
    verdicts = _judge_foot(lines)
    first = strays = 0
    for place in reversed(range(len(lines))):
        if verdicts[place] is not None:
            strays = 0
        elif is_prose(lines[place]) and _weigh(lines[place]).score < _ALONE:
            first = place + 1
            break
        else:
            strays += _weigh(lines[place]).score < _BESIDE
        if strays > _STRAYS:
            verdicts[: place + 1] = [None] * (place + 1)
    return _Zone(spans[first:], [line.strip() for line in lines[first:]], verdicts[first:], is_foot=True)


def _is_sentence(line: str) -> bool:
    """Tell whether a line is a sentence of some length, without a sign of the site's language."""
    return len(line) >= _SENTENCE and line[-1] in "。！？”；" and _weigh(line).score < _BESIDE


@lru_cache(maxsize=256)
def _weigh(line: str) -> Evidence:
    """Weigh a line that nothing is known about yet; most lines are ruled out cheaply.

    Head and foot are gone over several times, hence the cache; their lines are short.
    """
    return weigh(line.strip()) if may_be_site_language(line) else Evidence()


def _below_prose(text: str) -> list[Span]:
    """Return the last lines, top down, up to running text that no label stands above."""
    spans: list[Span] = []
    prose = False
    for span in islice(last_lines(text), _FOOT_LINES):
        line = _shown(text, span)
        if prose and not _is_label(line):
            break
        prose = is_prose(line) and not may_be_furniture(line)
        spans.append(span)
    return spans[::-1]


def _is_label(line: str) -> bool:
    verdict = judge(line, "foot", "edge", "any")
    return verdict is not None and verdict.line is not None and verdict.line.takes > 0


def _judge_foot(lines: Sequence[str]) -> list[Verdict | None]:
    verdicts: list[Verdict | None] = [None] * len(lines)
    for place, line in enumerate(lines):
        if verdicts[place] is not None:
            continue
        verdict = verdicts[place] = judge(line, "foot", "edge", "any")
        if verdict is not None and verdict.line is not None:
            for taken in range(place + 1, place + 1 + _taken(verdict.line, lines[place + 1 :])):
                verdicts[taken] = Verdict(verdict.rule)
    return verdicts


def _taken(form: Line, following: Sequence[str]) -> int:
    """Count the lines after a furniture line that go with it."""
    if not form.titles:
        return min(form.takes, len(following))
    links = 0
    while links < len(following) and _is_link(following[links]):
        links += 1
    # Text below the list says that its heading was the author's.
    below = following[links:]
    return links if not any(is_prose(line) and not may_be_furniture(line) for line in below) else 0


def _is_link(line: str) -> bool:
    return len(line) <= _TITLE and not ends_sentence(line)


# Weaker evidence --------------------------------------------------------------------------------------


def _with_weaker(text: str, head: _Zone, foot: _Zone, known: Found) -> Found:
    """Add what the language of sites and the neighbourhood tell, until nothing new is found."""
    found, names, running = known, frozenset[str](), ""
    for _ in range(_ROUNDS):
        _grow_head(head, names, bool(found))
        _grow_foot(foot, names, bool(found))
        grown = found | head.found() | foot.found()
        if grown:
            running = running or _running_text(text)
            recognised = [text[slice(*span)].strip() for span in sorted(grown)[:_MOST_TELLING]]
            names = names_in(recognised, [head.lines[place] for place in head.unknown()], running)
        grown |= _inside(text, grown, names)
        if len(grown) == len(found):
            break
        found = grown
    return found


def _running_text(text: str) -> str:
    """Return the paragraphs of a text, where names of sites do not occur."""
    return "\n".join(line for line in text.split("\n") if is_prose(line))


def _reach(verdicts: Sequence[Verdict | None], place: int, found: bool) -> int:
    """Return the evidence that a line needs, by how near the furniture is."""
    if any(verdicts[max(0, place - 1) : place + 2]):
        return _BESIDE
    return _NEAR if found else _ALONE


def _grow_head(zone: _Zone, names: frozenset[str], found: bool) -> None:
    for place in zone.unknown() if found else zone.promising():
        titles = [
            zone.lines[other] for other in zone.unknown() if other != place and _is_title(zone.lines[other])
        ]
        evidence = weigh(zone.lines[place], names, titles)
        needed = _reach(zone.verdicts, place, found)
        alone = needed < _ALONE or evidence.tokens > 1
        if evidence.score >= needed and alone and not evidence.plain:
            zone.verdicts[place] = Verdict("site_line")
    _drop_repeated_title(zone)


def _is_title(line: str) -> bool:
    return len(_NO_LETTERS.sub("", line)) >= _SHORTEST_TITLE


def _drop_repeated_title(zone: _Zone) -> None:
    """Drop a title that the site printed above the text's own: with a label, or with furniture between."""
    if not any(zone.verdicts):
        return
    letters = [_NO_LETTERS.sub("", line) for line in zone.lines]
    for place in zone.unknown():
        later = [other for other in zone.unknown() if other > place and _repeats(zone, letters, place, other)]
        if later:
            zone.verdicts[place] = Verdict("repeated_title")


def _repeats(zone: _Zone, letters: Sequence[str], place: int, other: int) -> bool:
    if len(letters[other]) < _SHORTEST_TITLE:
        return False
    if letters[place] == letters[other]:
        return other > place + 1 and all(zone.verdicts[place + 1 : other])
    return _TITLE_LABEL.fullmatch(zone.lines[place].removesuffix(zone.lines[other])) is not None


def _grow_foot(zone: _Zone, names: frozenset[str], found: bool) -> None:
    for place in zone.unknown() if found else zone.promising():
        evidence = weigh(zone.lines[place], names)
        needed = _reach(zone.verdicts, place, found)
        alone = needed < _ALONE or evidence.tokens > 1
        if (evidence.score >= needed and alone) or _is_surrounded(zone, place):
            zone.verdicts[place] = Verdict("site_line")


def _is_surrounded(zone: _Zone, place: int) -> bool:
    """Tell whether a short line below furniture of a site is nothing that a text ends with."""
    above = sum(bool(verdict and verdict.rule not in _CLOSING) for verdict in zone.verdicts[:place])
    below = any(zone.verdicts[place + 1 :])
    if above < (1 if below else _SURROUNDS):
        return False
    line = zone.lines[place]
    return _is_link(line) and not is_protected(line) and not _SIGNATURE.match(line)


# Between paragraphs -----------------------------------------------------------------------------------


def _inside(text: str, found: Found, names: frozenset[str]) -> Found:
    """Look for lines that speak to the reader of a page, in a text from one or where they recur."""
    lines = [line for line in text.split("\n") if 0 < len(line) <= _LONGEST_INSIDE]
    if not found and len(set(lines)) == len(lines):
        return {}
    often = Counter(lines)
    wanted = {line for line, times in often.items() if _is_interjected(line, times, bool(found), names)}
    if not wanted:
        return {}
    return {
        span: Verdict("interjected")
        for span in _short_lines(text)
        if span not in found and text[slice(*span)] in wanted
    }


def _is_interjected(line: str, times: int, found: bool, names: frozenset[str]) -> bool:
    if not (found or times > 1):
        return False
    evidence = weigh(line.strip(), names)
    called = evidence.called or (times >= _HABIT and evidence.tokens > 0)
    return called and evidence.score + (times > 1) >= (_INSIDE if found else _INSIDE_UNKNOWN)


def _short_lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line and len(line) <= _LONGEST_INSIDE and not line.isspace():
            yield start, end
        start = end + 1


def _anywhere(text: str) -> Found:
    """Look for the unmistakable forms, each by its needle: text without it costs one search."""
    found: Found = {}
    for form in catalogue().lines_at("any"):
        position = text.find(form.needle)
        while position >= 0:
            start, end = _line_around(text, position)
            if end - start <= LONGEST and form.pattern.fullmatch(text[start:end].strip()):
                found[start, end] = Verdict(form.name, line=form)
            position = text.find(form.needle, end)
    return found


def _line_around(text: str, position: int) -> Span:
    end = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, len(text) if end < 0 else end
