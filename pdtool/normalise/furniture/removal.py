"""Furniture: what web sites print around and into a text.

Three kinds of evidence, from strong to weak: lines of a known form (:mod:`pdtool.normalise.furniture.forms`);
lines that consist of the language of sites (:mod:`pdtool.normalise.furniture.site_language`); and the
neighbourhood, since a zone of furniture grows from recognised lines over neighbours that have a little
evidence of their own.

Where lines stand matters as much as what they look like: ``责任编辑：张三`` under the last paragraph is the
site's, the same words in the middle are the author's. The head ends, and the foot begins, where running text
stands. In between, only forms that cannot be anything else go, and lines that speak to the reader of a page
in a text that is known to come from one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pdtool.normalise.furniture.foot import Foot, find_foot
from pdtool.normalise.furniture.forms import (
    LONGEST,
    Line,
    Verdict,
    catalogue,
    is_prose,
    judge,
    label_weight,
    may_be_furniture,
)
from pdtool.normalise.furniture.head import (
    index_table,
    is_index_row,
    is_menu,
    is_plain_text,
    is_property,
    looks_like_title,
)
from pdtool.normalise.furniture.prefilter import LONGEST_INSIDE
from pdtool.normalise.furniture.site_language import (
    NONE,
    Evidence,
    is_call,
    may_be_site_language,
    names_in,
    weigh,
)
from pdtool.normalise.prefilter import Sign, signs_of
from pdtool.normalise.script.simplified import convert_script
from pdtool.text.edits import Edits
from pdtool.text.lines import Span, ends_sentence, first_lines, is_protected, last_lines, lines_of

__all__ = ["furniture"]

_HEAD_LINES = 25
"""Non-blank lines from the top that may hold furniture: menus, title, source and counters."""
_FOOT_LINES = 60
"""Likewise from the bottom: notices and lists of links run longer."""
_SENTENCE = 10
"""The shortest sentence beyond which weak evidence is not looked for."""
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
_LONGEST_SIGN = 6
_WEAK = frozenset({"site_line", "site_label", "menu", "repeated_title", "interjected"})
"""Rules that may take a title for something else."""
_ALONE, _NEAR, _BESIDE = 3, 2, 1
"""Evidence that a line needs by itself, within reach of furniture, and next to it."""
_INSIDE, _INSIDE_UNKNOWN = 2, 3
"""Evidence that a line needs between paragraphs, where furniture was found elsewhere and where none was."""
_HABIT = 3
"""How often a line recurs that is nobody's sentence."""
_TITLE_LABEL = re.compile(r"(?!附)[^\W_]{1,6}[:：»>_] ?")
_BOOK = re.compile("《[^》]{1,40}》")
_OWN_LINE = re.compile(r"(?:时间|日期)[:：](?!.*\d[:：]\d\d[:：]\d\d)[\d年月日时分\s:：./-]*$|来源[:：]《")
"""A meeting's time, which has no seconds, and the journal of a text are the text's."""
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第.{1,4}[章节])"
)
_STOPS = ("。", "；")
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
    edits = _of_simplified(convert_script(text) if signs_of(text) & Sign.TRADITIONAL else text)
    return Edits.of(text, [(start, end, "") for start, end, _ in edits], [rule for *_, rule in edits])


def _of_simplified(text: str) -> list[tuple[int, int, str]]:
    """Return what to delete of a text whose lines the forms, which are Simplified, can know."""
    head, last, unmistakable = _head(text), _last(text), _anywhere(text)
    shown = unmistakable or head.shows_any() or last.shows_any()
    if not (shown or _inside(text, {}, frozenset())):
        return []
    _grow_foot(text, last, frozenset(), found=False)
    known = unmistakable | head.found() | last.found()
    found = _with_weaker(text, head, last, known)
    if not _leaves_text(text, found):
        found = known
    return [
        (start, end, verdict.rule)
        for span, verdict in sorted(found.items(), key=lambda item: item[0])
        for start, end in _cuts(text, span, verdict)
    ]


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
class _Head:
    """The lines of the head, top down, with the verdicts on them.

    Args:
        spans: Where the lines stand, blank ones left out.
        lines: The lines without their outer blanks, cut at the length of the longest furniture.
        verdicts: Why each is furniture; ``None`` for the others.
    """

    spans: list[Span]
    lines: list[str]
    verdicts: list[Verdict | None]

    def shows_any(self) -> bool:
        """Tell whether any line shows a sign of the site."""
        return any(self.verdicts) or _speak(self.lines)

    def found(self) -> Found:
        """Return the lines found so far."""
        pairs = zip(self.spans, self.verdicts, strict=True)
        return {span: verdict for span, verdict in pairs if verdict is not None}

    def holds(self, span: Span, verdict: Verdict) -> bool:
        """Tell whether a verdict stands: one on a line given back as the title does not."""
        if verdict.rule not in _WEAK or span not in self.spans:
            return True
        return self.verdicts[self.spans.index(span)] is not None or verdict.rule == "interjected"

    def unknown(self) -> list[int]:
        """Return the places of the lines that nothing was found in yet, above any sentence."""
        unknown = [place for place, verdict in enumerate(self.verdicts) if verdict is None]
        sentence = next((place for place in unknown if _is_sentence(self.lines[place])), len(self.lines))
        return [place for place in unknown if place < sentence]

    def others(self) -> list[str]:
        """Return the lines that nothing was found in, the title among them."""
        return [line for line, verdict in zip(self.lines, self.verdicts, strict=True) if verdict is None]

    def promising(self) -> list[int]:
        """Return those of the unknown lines that may be furniture by themselves."""
        return [place for place in self.unknown() if _weigh(self.lines[place]).score >= _ALONE]


@dataclass(slots=True)
class _Last:
    """The lines below the running text, top down, with the forms that know them.

    Args:
        spans: Where the lines stand, blank ones left out.
        lines: The lines without their outer blanks, cut likewise.
        forms: The forms that know them; one in the text's own part counts for nothing.
        foot: Which of the lines are the site's.
    """

    spans: list[Span]
    lines: list[str]
    forms: list[Verdict | None]
    foot: Foot

    def shows_any(self) -> bool:
        """Tell whether any line shows a sign of the site."""
        return any(self.forms) or _speak(self.lines)

    def found(self) -> Found:
        """Return the lines of the foot."""
        known = {
            span: form
            for span, form in zip(self.spans[self.foot.start :], self.forms[self.foot.start :], strict=True)
            if form is not None
        }
        return known | {self.spans[place]: Verdict("site_line") for place in self.foot.lines}


def _speak(lines: Iterable[str]) -> bool:
    """Tell whether any of the lines holds the language of sites; in most texts none does."""
    return any(may_be_site_language(line) and weigh(line).score for line in lines)


def _shown(text: str, span: Span) -> str:
    return text[span[0] : min(span[1], span[0] + LONGEST + 1)]


def _head(text: str) -> _Head:
    zone = _Head([], [], [])
    for span in islice(first_lines(text), _HEAD_LINES):
        line = _shown(text, span)
        verdict = judge(line, "head", "edge", "any")
        if verdict is None and is_prose(line) and not is_index_row(line.strip()):
            break
        zone.spans.append(span)
        zone.lines.append(line.strip())
        zone.verdicts.append(verdict)
    for place in index_table(zone.lines, list(map(bool, zone.verdicts))):
        zone.verdicts[place] = zone.verdicts[place] or Verdict("index_table")
    return zone


def _last(text: str) -> _Last:
    """Judge the last lines by their forms, top down: a label takes the next ones."""
    spans = _below_prose(text)
    lines = [_shown(text, span) for span in spans]
    return _Last(spans, [line.strip() for line in lines], _judge_foot(lines), Foot(len(lines), ()))


def _is_sentence(line: str) -> bool:
    """Tell whether a line is a sentence of some length, without a sign of the site's language."""
    return len(line) >= _SENTENCE and line[-1] in "。！？”；" and _weigh(line).score < _BESIDE


@lru_cache(maxsize=256)
def _weigh(line: str) -> Evidence:
    """Weigh a line that nothing is known about yet; most lines are ruled out cheaply.

    Head and foot are gone over several times, hence the cache; their lines are short.
    """
    return weigh(line.strip()) if may_be_site_language(line) else NONE


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
    if not any(map(may_be_furniture, lines)):  # most texts
        return verdicts
    # Points below headings are those of a text.
    headed = any(_HEADING.match(line) for line in lines)
    for place, line in enumerate(lines):
        if verdicts[place] is not None:
            continue
        verdict = judge(line, "foot", "edge", "any", numbered=not headed)
        if verdict is not None and _lists_books(verdict, lines[place + 1 :]):
            continue
        verdicts[place] = verdict
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


def _lists_books(verdict: Verdict, following: Sequence[str]) -> bool:
    """Tell whether a heading such as ``延伸阅读`` stands above the author's own list of books."""
    titles = verdict.line is not None and verdict.line.titles
    return titles and bool(following) and all(_BOOK.search(line) for line in following[:2])


def _is_link(line: str) -> bool:
    return len(line) <= _TITLE and not ends_sentence(line)


# Weaker evidence --------------------------------------------------------------------------------------


def _with_weaker(text: str, head: _Head, last: _Last, known: Found) -> Found:
    """Add what the language of sites and the neighbourhood tell, until nothing new is found."""
    found, names, running = known, frozenset[str](), ""
    for _ in range(_ROUNDS):
        _grow_head(head, names, bool(found))
        if found:  # otherwise it was looked at already
            _grow_foot(text, last, names, found=True)
        grown = found | head.found() | last.found()
        if grown:
            running = running or _running_text(text)
            recognised = [text[slice(*span)].strip() for span in sorted(grown)[:_MOST_TELLING]]
            names = names_in(recognised, head.others(), running)
        grown |= _inside(text, grown, names)
        if len(grown) == len(found):
            break
        found = grown
    return {span: verdict for span, verdict in found.items() if head.holds(span, verdict)}


def _running_text(text: str) -> str:
    """Return the sentences and headings of a text, where names of sites do not occur."""
    return "\n".join(line for line in lines_of(text) if ends_sentence(line) or is_protected(line))


def _reach(verdicts: Sequence[Verdict | None], place: int, found: bool) -> int:
    """Return the evidence that a line needs, by how near the furniture is."""
    if any(verdicts[max(0, place - 1) : place + 2]):
        return _BESIDE
    return _NEAR if found else _ALONE


def _grow_head(zone: _Head, names: frozenset[str], found: bool) -> None:
    for place in zone.unknown() if found else zone.promising():
        titles = [
            zone.lines[other] for other in zone.unknown() if other != place and _is_title(zone.lines[other])
        ]
        rule = _head_rule(zone, place, weigh(zone.lines[place], names, titles), found)
        if rule:
            zone.verdicts[place] = Verdict(rule)
    _drop_repeated_title(zone)
    _keep_a_title(zone)


def _head_rule(zone: _Head, place: int, evidence: Evidence, found: bool) -> str:
    """Say why a line of the head is the site's; nothing for one that is not, such as any title."""
    line, needed = zone.lines[place], _reach(zone.verdicts, place, found)
    between = _is_between(zone, place)
    if between and is_property(line):
        return "site_label"
    if looks_like_title(line) or line.endswith(_STOPS) or _OWN_LINE.match(line):
        return ""
    alone = needed < _ALONE or evidence.tokens > 1
    if evidence.score >= needed and alone and not evidence.plain:
        return "site_line"
    if needed < _ALONE and is_menu(line):
        return "menu"
    if needed == _BESIDE and label_weight(line):
        return "site_label"
    return "site_label" if between and _is_sign(line) else ""


def _is_between(zone: _Head, place: int) -> bool:
    """Tell whether a line has furniture above it, or is the first, and furniture or a property below it."""
    if place + 1 >= len(zone.lines) or (place and not zone.verdicts[place - 1]):
        return False
    return zone.verdicts[place + 1] is not None or is_property(zone.lines[place + 1])


def _is_sign(line: str) -> bool:
    """Tell whether a line is a few signs and digits, such as ``|`` or ``+1``."""
    return len(line) <= _LONGEST_SIGN and not any(map(str.isalpha, line)) and not line.isdigit()


def _keep_a_title(zone: _Head) -> None:
    """Give the text back the last line that may be its title, if it would be left without any."""
    if None in zone.verdicts:
        return
    for place in reversed(range(len(zone.lines))):
        verdict = zone.verdicts[place]
        if verdict is not None and verdict.rule in _WEAK and _may_be_title(zone.lines[place]):
            zone.verdicts[place] = None
            return


def _may_be_title(line: str) -> bool:
    return _is_title(line) and is_plain_text(line) and weigh(line).tokens <= 1 and not ends_sentence(line)


def _is_title(line: str) -> bool:
    return len(_NO_LETTERS.sub("", line)) >= _SHORTEST_TITLE


def _drop_repeated_title(zone: _Head) -> None:
    """Drop a title that the site printed above the text's own: with a label, or with furniture between."""
    if not any(zone.verdicts):
        return
    letters = [_NO_LETTERS.sub("", line) for line in zone.lines]
    for place in zone.unknown():
        later = [other for other in zone.unknown() if other > place and _repeats(zone, letters, place, other)]
        if later:
            zone.verdicts[place] = Verdict("repeated_title")
            _drop_above(zone, place)


def _drop_above(zone: _Head, title: int) -> None:
    """Drop what stands above the site's copy of the title, but for what official documents have there."""
    for place in range(title):
        line = zone.lines[place]
        if zone.verdicts[place] is None and not (looks_like_title(line) or is_protected(line)):
            zone.verdicts[place] = Verdict("site_line")


def _repeats(zone: _Head, letters: Sequence[str], place: int, other: int) -> bool:
    if len(letters[other]) < _SHORTEST_TITLE:
        return False
    if letters[place] == letters[other]:
        return other > place + 1 and all(zone.verdicts[place + 1 : other])
    label, title, rest = zone.lines[place].rpartition(zone.lines[other])
    return bool(title) and not rest and _TITLE_LABEL.fullmatch(label) is not None


def _grow_foot(text: str, last: _Last, names: frozenset[str], found: bool) -> None:
    evidence = [weigh(line, names) if found or may_be_site_language(line) else NONE for line in last.lines]
    recurs = [
        bool(form or weight.score) and text.count(f"\n{line}\n") > 1
        for line, form, weight in zip(last.lines, last.forms, evidence, strict=True)
    ]
    last.foot = find_foot(last.lines, last.forms, evidence, recurs, found)


# Between paragraphs -----------------------------------------------------------------------------------


def _inside(text: str, found: Found, names: frozenset[str]) -> Found:
    """Look for lines that speak to the reader of a page, in a text from one or where they recur."""
    if not found and not _recurs(text):
        return {}
    often = Counter(_short(text))
    wanted = {line for line, times in often.items() if _is_interjected(line, times, bool(found), names)}
    if not wanted:
        return {}
    return {
        span: Verdict("interjected")
        for span in _short_lines(text)
        if span not in found and text[slice(*span)] in wanted
    }


def _short(text: str) -> list[str]:
    return [line for line in lines_of(text) if 0 < len(line) <= LONGEST_INSIDE]


def _recurs(text: str) -> bool:
    """Tell whether any short line stands in a text more than once."""
    lines = _short(text)
    return len(set(lines)) < len(lines)


def _is_interjected(line: str, times: int, found: bool, names: frozenset[str]) -> bool:
    if not (found or times > 1):
        return False
    if times == 1 and (line.strip() in names or is_call(line.strip())):
        return False  # a title that the site names in its own lines, or a heading such as 延伸阅读
    evidence = weigh(line.strip(), names)
    if times == 1 and line.rstrip().endswith(_STOPS) and not any(name in line for name in names):
        return False  # a sentence about pages
    called = evidence.spoken or (times > 1 and evidence.called) or (times >= _HABIT and evidence.tokens > 0)
    return called and evidence.score + (times > 1) >= (_INSIDE if found else _INSIDE_UNKNOWN)


def _short_lines(text: str) -> Iterator[Span]:
    start = 0
    for line in lines_of(text):
        end = start + len(line)
        if line and len(line) <= LONGEST_INSIDE and not line.isspace():
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
