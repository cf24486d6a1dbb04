"""Furniture of no known form: how much of a line is the language of sites.

Links, counters, dates with hyphens, addresses and a few words (登录, 下载, 上一篇) are what pages print
around a text. One of them proves nothing; a line that consists of them does. What a site calls itself is
learned from its lines that were recognised: ``云档网`` in the footer gives ``（云档网独家整理）`` away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pdtool.normalise.furniture.form_table import furniture_data
from pdtool.normalise.furniture.forms import is_issuers_note, read_buttons
from pdtool.normalise.furniture.head import is_promulgation, looks_like_title
from pdtool.normalise.furniture.site_tokens import (
    calls_in,
    covered_by,
    has_word,
    is_told,
    most_covered,
    services,
    tokens_in,
)
from pdtool.text.lines import is_protected
from pdtool.text.multi_match import any_word_matcher

__all__ = [
    "LONGEST_WEIGHED",
    "NONE",
    "Evidence",
    "any_has_weight",
    "is_call",
    "language_words",
    "may_be_site_language",
    "may_speak_each",
    "names_in",
    "weigh",
    "weigh_alone",
]

LONGEST_WEIGHED = 120
"""Characters of the longest line weighed."""
_PARTLY = 0.25
"""Share of the letters from which on the language of sites says something of a line."""
_MOSTLY = 0.4
"""Share of the letters from which on a line is about its page."""
_WHOLLY = 0.75
"""Share of the letters from which on a line is about its page and nothing else."""
_COMMA = re.compile("，|(?<=[\u4e00-\u9fff》）”]),")
_ADDRESS = 1
"""The most that an address and the name of its page say: texts list them too."""
_LONGEST_PLAIN = 4
"""Letters of the shortest site's word that is not a title when it stands alone."""
_SHORTEST_NAME = 3
"""Characters of the shortest name of a site that is learned."""
_LONGEST_NAME = 12
"""Characters of the longest name of a site that is learned."""
_SENTENCE = re.compile("[。；！？!?]")
# Looking at one character first spares the comparisons at most characters.
_SIGN = re.compile("(?=[▲▼▶►◀◄★☆⬇↓»«※>＞》—=*·-])(?:[▲▼▶►◀◄★☆⬇↓»«※]|[>＞》]{2}|[-—=*·]{4})")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,6}[:：]")
_STEPS = re.compile(r"[^→»›>_，。；]{2,12}(?:\s*[→»›>_]\s*[^→»›>_，。；]{2,12}){1,4}")
_PATH = re.compile(r"[^>＞»›→]{1,20}(?:[>＞»›→]{1,3}[^>＞»›→]{1,60}){2,8}")
"""A breadcrumb: steps with arrows between them."""
_STRUCTURE = (*">＞»›→|｜_\u3000", "  ", "www.", "http")
_DATED = re.compile(r"\d-\d{1,2}-|[:：]\d\d")
"""Dates with hyphens, and clock times."""
_SEPARATOR = re.compile(r"\s*(?:[|｜>＞»›→/_·•]|[ \u3000]{2})\s*|[ \u3000]")
_FEWEST_ITEMS = 3
"""Items of a line that consists of short ones."""
_LONGEST_ITEM = 16
"""Characters of the longest of them."""
_LONG_ITEM = re.compile(rf"[^\s|｜>＞»›→/_·•]{{{_LONGEST_ITEM + 1}}}")
"""Part of a longer one, which most lines hold: they are not divided."""
_TWO_SEPARATORS = re.compile(r"[\s|｜>＞»›→/_·•][^\s|｜>＞»›→/_·•]*[\s|｜>＞»›→/_·•]")
"""What three items have between them."""
_STRONG_SEPARATOR = re.compile(r"(?=[|｜>＞»›→_ \u3000])(?:[|｜>＞»›→]|(?<!_)_(?!_)|[ \u3000]{2})")
_STRUCTURED = re.compile(r"[\s|｜>＞»›→/_·•:：▲▼▶►◀◄★☆⬇↓«※》—=*-]")
"""What a line without any structure, which is most prose, does not hold."""
_OWN = re.compile(
    r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日? *+(?:[（(] *+)?(?:星期|周|礼拜)[一二三四五六日天] *+[)）]?"
    r"|\[[^\]]{1,80}\]: ?\S.*"
)
"""The day of a meeting under its title; the address that a link or a note of a Markdown text refers to."""
_ORDINAL = re.compile(r"(第)\s?(\d{1,4})\s?(?=[\u4e00-\u9fff])")
"""``第 9 期``: one item, however it is set."""
_BOUNDARY = re.compile(r"[\s|｜>＞»›→/_·•,，。:：;；!！?？()（）\[\]【】《》“”\"'@\d-]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much a line reads like the language of sites: what :func:`weigh` counts in it.

    Args:
        score: Below 1 nothing speaks for the site; from 3 on the line needs no furniture around it.
        tokens: How many different words, dates, counts, addresses and names of sites it holds.
        called: Whether it speaks to the page's reader, holds an address or names the site.
        spoken: Likewise without the addresses, which texts give too.
        of_page: Likewise without the calls that texts make too, such as ``扫码签到``.
        plain: Whether words are all it holds, in no form that sites give them: a title may be about them.
    """

    score: int = 0
    tokens: int = 0
    called: bool = False
    plain: bool = False
    spoken: bool = False
    of_page: bool = False


NONE = Evidence()
"""The evidence of a line in which nothing speaks for the site."""


@cache
def language_words() -> tuple[str, ...]:
    """Return the words and marks of which a line without dates holds one if it has any weight."""
    site = furniture_data()["site"]
    return (*site["words"], *site["calls"], *_STRUCTURE)


@cache
def _hints() -> Callable[[str], bool]:
    return any_word_matcher(language_words())


def may_be_site_language(line: str) -> bool:
    """Return whether a line can have any weight by itself: a cheap test that rules most lines out.

    >>> may_be_site_language("上一版 下一版"), may_be_site_language("基层治理的几点思考")
    (True, False)
    """
    if len(line) > LONGEST_WEIGHED and len(line.strip()) > LONGEST_WEIGHED:
        return False
    if _hints()(line):
        return True
    return ("-" in line or ":" in line or "：" in line) and _DATED.search(line) is not None


def is_call(line: str) -> bool:
    """Return whether a line is one call and nothing else, as a heading may be too.

    >>> is_call("延伸阅读"), is_call("延伸阅读：古井的故事")
    (True, False)
    """
    return line in furniture_data()["site"]["calls"]


def _length(text: str) -> int:
    return sum(map(str.isalnum, text))


def weigh(line: str, names: Iterable[str] = (), titles: Iterable[str] = ()) -> Evidence:
    """Weigh what speaks for a line being the site's.

    Args:
        line: A line without its outer blanks.
        names: What the site is known to call itself, its pages and its users.
        titles: Lines of the text that the site may have repeated within its own; they count neither way.

    >>> weigh("上一版 下一版 版面导航 标题导航").score >= 3, weigh("基层治理的几点思考").score
    (True, 0)
    """
    whole_line = line
    for title in titles:
        if len(title) < len(line) and title in line:
            # Two blanks, or brackets with nothing between, would set items apart.
            for held in (f"《{title}》", f" {title} ", f" {title}", f"{title} ", title):
                line = line.replace(held, " ").strip()
    if (
        not line
        or len(line) > LONGEST_WEIGHED
        or _OWN.fullmatch(line)
        or is_issuers_note(line)
        or is_promulgation(line)
    ):
        return NONE
    named = [name for name in names if name in line]
    if not named and line[-1] not in ":：" and is_protected(line) and has_word()(line):
        return NONE  # it would be so below, whatever its words cover: most lines of texts end here
    rest = line
    for name in named:
        rest = rest.replace(name, " ")
    found = tokens_in(rest)
    letters = _length(line)
    called_out = calls_in(rest)
    calls = {rest[call.start : call.end] for call in called_out}
    path = _PATH.fullmatch(line) is not None
    if not letters or not (found or named or calls or path):
        return Evidence(2, 1) if read_buttons(line) else Evidence(int(_STEPS.fullmatch(line) is not None))
    covered = sum(map(len, named)) + covered_by(rest, [*found, *called_out])
    kinds = {token.kind for token in found}
    told = sum(covered_by(rest, [token]) for token in found if is_told(rest, token))
    share = (covered - told) / max(letters - told, 1)
    if is_protected(line) and not (line[-1] in ":：" and share >= _MOSTLY):
        return NONE
    form = _form(line, share)
    # A name in a line of other words may be what the text is about.
    called_by_name = bool(named) and (share >= _MOSTLY or bool(found or calls) or form > 0)
    spoken = called_by_name or bool(calls)
    of_page = called_by_name or bool(calls - services())
    called = spoken or "address" in kinds
    score = _points(share) + form + 2 * called_by_name + ("address" in kinds) + bool(calls) + 2 * path
    tokens = (
        len({rest[token.start : token.end] for token in found} | calls)
        + len(named) * called_by_name
        + 2 * path
    )
    links = share >= _WHOLLY and any(map(str.isspace, line))
    buttons = read_buttons(line)
    whole = len(found) == 1 and found[0].end - found[0].start >= _LONGEST_PLAIN and share == 1
    # A title between 《》 is what a sentence is about: 现发布《…条例》，自
    spoken_of = any(f"《{title}》" in whole_line for title in titles)
    retold = line != whole_line and share >= _MOSTLY and not spoken_of
    plain = form <= 0 and not (called or links or buttons or whole or retold) and kinds <= {"word"}
    if kinds <= {"address", "word"} and "address" in kinds and not (spoken or path):
        score = min(score, _ADDRESS)
    return Evidence(max(score, 2 * buttons), max(tokens, buttons), called, plain, spoken, of_page)


@lru_cache(maxsize=4096)
def weigh_alone(line: str) -> Evidence:
    """Weigh a line that nothing is known about yet; most lines are ruled out cheaply.

    Head and foot are gone over several times, hence the cache; their lines are short.

    Args:
        line: A line, with or without its outer blanks.
    """
    return weigh(line.strip()) if may_be_site_language(line) else NONE


def may_speak_each(lines: Sequence[str]) -> list[bool]:
    """Return whether each of some lines may speak for a site, that is, whether :func:`weigh` may score it.

    Most lines that hold a word of sites hold many more others and no structure. They are ruled out together,
    in a fifth of the time in which they could be weighed.

    Args:
        lines: Lines without their outer blanks.

    >>> may_speak_each(["上一版 下一版 版面导航 标题导航", "请下载附件中的登记表并于周五前交回"])
    [True, False]
    """
    if not lines:
        return []
    covered = most_covered(lines).tolist()
    return [
        (few > 0 and few >= _PARTLY * max(_length(line), 1)) or _has_structure(line)
        for line, few in zip(lines, covered, strict=True)
    ]


def _has_structure(line: str) -> bool:
    """Return whether a line speaks for a site by its form, however few words of sites it holds."""
    if _STRUCTURED.search(line) and (_form(line, 0.0) > 0 or _STEPS.fullmatch(line) or _PATH.fullmatch(line)):
        return True
    return read_buttons(line)


def any_has_weight(lines: Iterable[str]) -> bool:
    """Return whether any of some lines reads like the language of sites; in most texts none does."""
    return any(may_be_site_language(line) and weigh(line).score for line in lines)


def _points(share: float) -> int:
    return 3 if share >= _WHOLLY else 2 if share >= _MOSTLY else 1 if share >= _PARTLY else 0


def _form(line: str, share: float) -> int:
    """Weigh the form: short items side by side speak for a site, sentences speak against it."""
    points = _structure(line) if _STRUCTURED.search(line) else 0
    if share < _MOSTLY:
        points -= 2 * (_SENTENCE.search(line[:-1]) is not None) + (line[-1] in "。；")
        points -= _COMMA.search(line) is not None
    return points


def _structure(line: str) -> int:
    """Count what sets the items of a line apart, or points at something."""
    points = int(_LONG_ITEM.search(line) is None and _are_short_items(line))
    points += _STRONG_SEPARATOR.search(line) is not None
    points += _SIGN.search(line) is not None
    return points + (line.count(":") + line.count("：") > 1 and len(_LABEL.findall(line)) > 1)


def _are_short_items(line: str) -> bool:
    if _TWO_SEPARATORS.search(line) is None:  # most lines
        return False
    items = [item for item in _SEPARATOR.split(_ORDINAL.sub(r"\1\2", line)) if item]
    return len(items) >= _FEWEST_ITEMS and max(map(len, items)) <= _LONGEST_ITEM


def names_in(lines: Iterable[str], unknown: Iterable[str], text: str) -> frozenset[str]:
    """Return what recognised lines of a site say that its text does not: names of the site and of its users.

    A part of an unknown line that a recognised one repeats is a name too (``某某网_海量文档`` and
    ``本文来自某某网``), provided the line's parts are set apart as sites do it.

    Args:
        lines: Furniture.
        unknown: Other short lines around the text, the title among them; what they say whole is not a name.
        text: The running text, in which a name must not occur.
    """
    others = sorted(unknown, key=len, reverse=True)
    recognised = "\n".join(lines)
    for other in others:
        recognised = recognised.replace(other, "\n")
    parts = {
        part for part in _BOUNDARY.split(recognised) if not any(_is_bulk(part, other) for other in others)
    }
    for other in others:
        if _STRONG_SEPARATOR.search(other):
            parts |= {part for part in _BOUNDARY.split(other) if part in recognised}
    return frozenset(
        part
        for part in parts
        if _SHORTEST_NAME <= len(part) <= _LONGEST_NAME
        and not (part.isascii() or part in text or looks_like_title(part))
    )


def _is_bulk(part: str, line: str) -> bool:
    """Return whether a part is half of a line or more: a title, or its beginning, in a site's path."""
    return part in line and 2 * len(part) >= _length(line)
