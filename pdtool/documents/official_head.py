"""The head and foot of official documents (GB/T 9704), from the letterhead to the imprint.

A title of these goes over several lines; it is known by 关于 and by the word for its kind at its end (通知,
意见 …), and ends there. The letterhead above the number is never a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from pdtool.documents.front_matter_forms import FrontMatter, front_matter_words
from pdtool.documents.text_parts import TextLine, lines_of
from pdtool.late_patterns import late_pattern
from pdtool.text.han import NAMES
from pdtool.text.remembered import Remembered

__all__ = ["issuer_of_title", "official_foot", "official_head", "topic_of", "without_numbers"]

_HEAD_LINES = 12
"""Lines within which the title of an official document ends."""
_TITLE_LINES = 5
"""The most lines of a title."""
_LONGEST_TITLE = 150
_FOOT_LINES = 40
"""Lines at the end of a text among which its imprint is looked for."""
_NO_TITLE = re.compile(r"[。；！？|]|[:：，,、]$")
_place = late_pattern("[\u4e00-\u9fff]{1,8}?(?:自治区|自治州|自治县|[省市县区州盟旗乡镇])")
"""The place that the name of an issuer begins with."""
_ISSUING = re.compile("^(?:印发|转发|发布|公布|批转|做好|开展|加强|进一步|推进|推动|全面)+")
"""Verbs that a topic begins with: what is done, and not what it is done to."""
_OPENING = "〔［["
"""What opens the year in the number of a document."""
_number_of_document = late_pattern(
    rf"(?<![{NAMES}])[{NAMES}]{{1,8}}[{re.escape(_OPENING)}] ?(?:19|20)\d{{2}} ?[〕］\]] ?第? ?\d{{1,5}} ?号"
)
_LONGEST_ADDRESSEES = 300
_LONGEST_DAY = 20


@dataclass(frozen=True, slots=True)
class _Forms:
    """The patterns of ``official`` in ``data/front_matter.toml``, compiled."""

    letterhead: re.Pattern[str]
    number: re.Pattern[str]
    title: re.Pattern[str]
    issuer_ends: tuple[str, ...]
    issuer: re.Pattern[str]
    addressees: re.Pattern[str]
    imprint: re.Pattern[str]
    day: re.Pattern[str]
    glued: re.Pattern[str]


@cache
def _forms() -> _Forms:
    words = front_matter_words()["official"]
    kinds = "|".join(sorted(words["kinds"], key=len, reverse=True))
    title = rf"[^。；！？\n]{{0,60}}?关于[^。；！？\n]{{2,120}}?(?:{kinds})"
    suffix = r"(?: ?[(（〔][^()（）〔〕\n]{1,30}[)）〕])?"
    return _Forms(
        re.compile(words["letterhead"]),
        re.compile(words["number"]),
        re.compile(title + suffix),
        tuple(words["issuers"]),
        re.compile(rf".{{2,40}}(?:{'|'.join(words['issuers'])})"),
        re.compile(words["addressees"]),
        re.compile("|".join(words["imprint"])),
        re.compile(words["day"]),
        re.compile(
            rf"(?P<title>{title}{suffix}) ?(?P<number>{words['number']}) ?"
            r"(?P<addressees>[^。；\n]{2,120}?[:：])?"
        ),
    )


def _plain(text: str, line: tuple[int, int]) -> str:
    return " ".join(text[line[0] : line[1]].split())


def official_head(text: str, lines: Iterable[tuple[int, int]]) -> list[FrontMatter]:
    r"""Find the head of an official document.

    Args:
        text: The clean text.
        lines: Its first lines that have text, as half-open offsets.

    Returns:
        Spans in order, the lines of the title one by one; empty if the text does not begin as such documents
        do. Kinds: ``letterhead``, ``doc_number``, ``title``, ``addressees``.

    >>> text = "某县人民政府文件\n某政发〔2022〕3号\n某县人民政府\n关于水源\n保护的通知\n各乡镇：\n请照办。"
    >>> lines = [(match.start(), match.end()) for match in re.finditer(".+", text)]
    >>> [(kind, text[start:end]) for kind, start, end in official_head(text, lines)][:3]
    [('letterhead', '某县人民政府文件'), ('doc_number', '某政发〔2022〕3号'), ('title', '某县人民政府')]
    """
    head = Remembered(islice(lines, _HEAD_LINES))
    first = head.first(1)
    glued = _forms().glued.match(text, first[0][0]) if first else None
    if glued is not None:
        groups = (("title", "title"), ("number", "doc_number"), ("addressees", "addressees"))
        return [(kind, *glued.span(group)) for group, kind in groups if glued[group]]
    found = _title_lines(list(_plain_head(text, head)))
    return list(_head_spans(text, head, *found)) if found else []


def _plain_head(text: str, lines: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Yield what lines say, down to the first that no title can go over."""
    for line in lines:
        plain = _plain(text, line)
        yield plain
        if _NO_TITLE.search(plain) and not _is_about_title(plain):
            return


def _title_lines(plain: Sequence[str]) -> tuple[int, int] | None:
    """Return the index of the first line of the title and that behind its last; ``None`` if there is none."""
    forms = _forms()
    for first, line in enumerate(plain):
        if _is_about_title(line):
            continue
        if _NO_TITLE.search(line):
            return None
        for last in range(first, min(first + _TITLE_LINES, len(plain))):
            if _NO_TITLE.search(plain[last]):
                break
            joined = "".join(plain[first : last + 1])
            if "关于" not in joined:
                if not _is_issuer(plain[last]):
                    break
            elif len(joined) <= _LONGEST_TITLE and forms.title.fullmatch(joined):
                return (first, last + 1) if _is_joined_well(plain[first : last + 1]) else None
    return None


def _is_about_title(line: str) -> bool:
    """Return whether a line above the title is the letterhead or the number of the document."""
    return _forms().letterhead.fullmatch(line) is not None or _forms().number.fullmatch(line) is not None


def _is_joined_well(title: Sequence[str]) -> bool:
    """Return whether no line of a title is itself one, and none above 关于 is anything but an issuer."""
    return len(title) == 1 or not any(_forms().title.fullmatch(line) for line in title[:-1])


def _head_spans(text: str, head: Iterable[tuple[int, int]], first: int, after: int) -> Iterator[FrontMatter]:
    """Yield the spans of a head, the lines of its title given."""
    forms = _forms()
    for index, line in enumerate(head):
        plain = _plain(text, line)
        start, end = line[0] + len(text[slice(*line)]) - len(text[slice(*line)].lstrip()), line[1]
        if first <= index < after:
            yield "title", start, end
        elif index < after and forms.letterhead.fullmatch(plain):
            yield "letterhead", start, end
        elif index <= after and forms.number.fullmatch(plain):
            yield "doc_number", start, end
        elif after <= index <= after + 1 and _is_addressees(plain):
            yield "addressees", start, end
            return
        elif index >= after:
            return


def _is_addressees(plain: str) -> bool:
    return len(plain) <= _LONGEST_ADDRESSEES and _forms().addressees.fullmatch(plain) is not None


def issuer_of_title(title: str) -> str:
    """Return the body that a title of an official document begins with; empty if it begins with none.

    >>> issuer_of_title("某县人民政府办公室关于加强水源保护的通知"), issuer_of_title("关于加强水源保护的通知")
    ('某县人民政府办公室', '')
    """
    before, about, _ = title.partition("关于")
    return before if about and _is_issuer(before) else ""


def _is_issuer(line: str) -> bool:
    """Return whether a line may be the name of a body that issues documents."""
    return line.endswith(_forms().issuer_ends) and _forms().issuer.fullmatch(line) is not None


def topic_of(title: str) -> str:
    """Return what a title says beside who issued the document and of which kind it is.

    >>> topic_of("某县人民政府关于印发某县水源保护规划的通知"), topic_of("论水源保护")
    ('水源保护规划', '论水源保护')
    """
    if _forms().title.fullmatch(title) is None:
        return title
    issuer, _, topic = title.partition("关于")
    kinds = sorted(front_matter_words()["official"]["kinds"], key=len, reverse=True)
    for kind in kinds:
        topic = topic.removesuffix(f"的{kind}")
    place = _place().match(issuer)
    topic = _ISSUING.sub("", topic)
    # Whose plan it is says no more than who issued it.
    return _ISSUING.sub("", topic.removeprefix(place[0])) if place else topic


def without_numbers(body: str) -> str:
    """Return a body without the numbers by which it refers to other documents.

    >>> without_numbers("依照《某县水源条例》（某政发〔2015〕39号）第3条")
    '依照《某县水源条例》（）第3条'
    """
    # Few texts hold such a bracket, and the pattern tries every character before it.
    may_hold = any(map(body.__contains__, _OPENING))
    return _number_of_document().sub("", body) if may_hold else body


def official_foot(text: str, issuer: str) -> list[FrontMatter]:
    r"""Find the signatures and the imprint of an official document.

    Args:
        text: The clean text.
        issuer: Who signs; empty if it is not known, and then only the imprint is found.

    Returns:
        Spans in order. Kinds: ``signature`` (the issuer above a day, with it), ``imprint`` (抄送 …, 印发 …).

    >>> text = "请执行。\n某县人民政府\n2022年8月9日\n抄送：县委。\n某县人民政府 2022年8月10日印发"
    >>> [(kind, text[start:end][:3]) for kind, start, end in official_foot(text, "某县人民政府")]
    [('signature', '某县人'), ('imprint', '抄送：'), ('imprint', '某县人')]
    """
    return list(_foot_spans(lines_of(text), issuer))


def _foot_spans(lines: Sequence[TextLine], issuer: str) -> Iterator[FrontMatter]:
    forms, index = _forms(), 1
    while index < len(lines):
        line = lines[index]
        following = lines[index + 1].plain if index + 1 < len(lines) else ""
        day = len(following) <= _LONGEST_DAY and forms.day.fullmatch(following)
        if issuer and day and line.plain == issuer:
            yield "signature", line.start, lines[index + 1].end
            index += 1
        elif index >= len(lines) - _FOOT_LINES and _is_imprint(line.plain):
            yield "imprint", line.start, line.end
        index += 1


def _is_imprint(plain: str) -> bool:
    return len(plain) <= _LONGEST_ADDRESSEES and _forms().imprint.fullmatch(plain) is not None
