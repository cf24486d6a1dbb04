"""The bodies that issue documents: telling their names apart, and the level each belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pdtool.documents.divisions import division_at, level_of_code
from pdtool.documents.fields.field import field_data

__all__ = ["ends_as_body", "is_body", "is_placed", "issuers_in", "level_of", "level_of_place"]

_ISSUERS = 1_000
"""Bodies whose level is kept in mind: the same ones issue most documents of a corpus."""
_LONGEST = 40
"""The most characters of the name of a body."""
_SEPARATORS = "、，,；;|"
_PIECE = re.compile(rf"[^\s{_SEPARATORS}]+")
_NO_NAME = re.compile(r"[。：:！？《》“”〔〕\d]|^(?:关于|为|在|对|以|根据|各)")
_BEFORE_PLACE = re.compile(
    "中国共产党|中国人民政治协商会议|中国共产主义青年团|中共|政协|共青团|中华人民共和国"
)
_REPUBLIC = "中华人民共和国"
_UNPLACED = frozenset("省市县区州盟旗镇乡")
"""Characters by which a body is named that does not say whose it is."""
_OFFICE_BEHIND = "(?=党|人民|政府|办|委|纪|人大|工|武装|综合|社)"


@dataclass(frozen=True, slots=True)
class _Forms:
    """The patterns of ``bodies`` in ``data/fields.toml``, compiled."""

    ends: tuple[str, ...]
    last: frozenset[str]
    central: re.Pattern[str]
    chain: re.Pattern[str]
    party_and_state: re.Pattern[str]
    starts: tuple[str, ...]
    divisions: tuple[tuple[str, re.Pattern[str]], ...]
    no_division: re.Pattern[str]
    unplaced: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _forms() -> _Forms:
    data = field_data()["bodies"]
    central = "|".join(sorted(data["central"], key=len, reverse=True))
    return _Forms(
        tuple(data["ends"]),
        frozenset(end[-1] for end in data["ends"]),
        re.compile(central),
        re.compile(rf"(?:{central}){{2,20}}"),
        re.compile(data["party_and_state"]),
        tuple(data["central_starts"]),
        tuple(
            (
                level,
                re.compile(
                    rf"[\u4e00-\u9fff]{{1,8}}?(?:{'|'.join(ends)}){_OFFICE_BEHIND if level == '乡' else ''}"
                ),
            )
            for level, ends in data["divisions"]
        ),
        re.compile("|".join(data["no_division"])),
        tuple((level, re.compile(form)) for level, form in data["unplaced"]),
    )


def is_body(name: str) -> bool:
    """Return whether a line may be the name of a body that issues documents.

    >>> [is_body(one) for one in ("某县人民政府办公室", "关于召开会议", "国务院", "各县人民政府")]
    [True, False, True, False]
    """
    return 2 <= len(name) <= _LONGEST and name.endswith(_forms().ends) and _NO_NAME.search(name) is None


def issuers_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the half-open offsets of the bodies that a stretch of a text names, all of it; else nothing.

    >>> [one for one in issuers_in("财政部国家税务总局", 0, 9)]
    [(0, 3), (3, 9)]
    >>> issuers_in("加强工作", 0, 4)
    []
    """
    if not ends_as_body(text, start, end):
        return []
    pieces = [match.span() for match in _PIECE.finditer(text, start, end)]
    if len(pieces) > 2 and all(one[1] - one[0] == 1 for one in pieces):
        pieces = [(pieces[0][0], pieces[-1][1])]  # the letters of one name, set wide
    found = [span for piece in pieces for span in _apart(text, *piece)]
    return found if found and all(is_body("".join(text[slice(*span)].split())) for span in found) else []


def ends_as_body(text: str, start: int = 0, end: int | None = None) -> bool:
    """Return whether a stretch ends with a character that names of bodies end with: most text does not.

    >>> ends_as_body("某县人民政府 "), ends_as_body("请照办。")
    (True, False)
    """
    end = len(text) if end is None else min(end, len(text))
    while end > start and (text[end - 1] in _SEPARATORS or text[end - 1].isspace()):
        end -= 1
    return end > start and text[end - 1] in _forms().last


def _apart(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the bodies of a name without separators."""
    forms, name = _forms(), text[start:end]
    if forms.chain.fullmatch(name):
        return [(start + one.start(), start + one.end()) for one in forms.central.finditer(name)]
    both = forms.party_and_state.fullmatch(name)
    if both is not None:
        return [(start, start + both.end("party")), (start + both.end("party"), end)]
    return [(start, end)]


@lru_cache(maxsize=_ISSUERS)
def level_of(issuer: str) -> str:
    """Return the level of a body: 国家, 省, 市, 县 or 乡; empty if its name does not say.

    >>> [level_of(one) for one in ("国务院办公厅", "上海市浦东新区人民政府", "国家税务总局苏州市税务局")]
    ['国家', '县', '市']
    >>> [level_of(one) for one in ("中共云岭县委办公室", "青石镇人民政府", "某大学")]
    ['县', '乡', '']
    """
    forms, name = _forms(), "".join(issuer.split())
    central = forms.central.match(name)
    rest = name[central.end() :] if central else name
    if central and (not rest or division_at(rest, 0) is None):
        return "国家"
    if central is None and name.startswith(forms.starts) and _placed(name) == ("", 0):
        return "国家"
    before = _BEFORE_PLACE.match(rest)
    rest = rest[before.end() :] if before else rest
    level, offset = _placed(rest)
    return _below(rest[offset:], level) or _unplaced(rest)


def is_placed(issuer: str) -> bool:
    """Return whether the name of a body says whose it is: 市政府办公室 does not.

    >>> is_placed("市政府办公室"), is_placed("某市人民政府")
    (False, True)
    """
    return issuer[:1] not in _UNPLACED and not issuer.startswith(("自治区", "街道"))


def level_of_place(title: str) -> tuple[str, int]:
    """Return the level of the place that a title begins with, and the length of its name.

    >>> level_of_place("江苏省水路交通运输条例"), level_of_place("中华人民共和国水法"), level_of_place("论水")
    (('省', 3), ('国家', 7), ('', 0))
    """
    if title.startswith(_REPUBLIC):
        return "国家", len(_REPUBLIC)
    return _placed(title)


def _placed(name: str) -> tuple[str, int]:
    """Return the level of the places that a name begins with, and the offset behind them."""
    level, offset = "", 0
    while found := division_at(name, offset):
        if level and not found[0].endswith(("省", "市", "县", "区", "州", "盟", "旗")):
            break  # a short name behind another place: 吉林省吉林大学
        level, offset = level_of_code(found[1]), offset + len(found[0])
    return level, offset


def _below(rest: str, level: str) -> str:
    """Return the level of the finest division that the rest of a name begins with, else that given."""
    bare = _forms().no_division.sub(lambda match: "＿" * len(match[0]), rest)
    for finer, form in _forms().divisions:
        found = form.match(bare)
        if found is not None:
            return finer
    return level


def _unplaced(name: str) -> str:
    return next((level for level, form in _forms().unplaced if form.match(name)), "")
