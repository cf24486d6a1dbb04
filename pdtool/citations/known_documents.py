"""The documents of a corpus as they are named: by number, else by title and date.

Which document is meant is said only where nothing speaks against it: a link that is wrong costs more than
one that is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pdtool.citations.mention import Mention, Profile
from pdtool.citations.title_form import TitleForm, folded, title_form
from pdtool.citations.wording import form
from pdtool.documents.fields.doc_numbers import year_of_number
from pdtool.documents.fields.issuers import level_of_place
from pdtool.documents.fields.kinds_of_text import genre_of_title

__all__ = ["KnownDocuments", "agree"]

_SHORTEST = 2
"""Folded characters of a title by which a document is found."""
_SURE = 4
"""Folded characters from which on a title is told from words that stand in marks for other reasons."""
_REPUBLIC = "中华人民共和国"
_REPORTS = frozenset({"政府工作报告", "工作报告"})
"""Titles that every government has, every year."""
_OF_ITSELF = frozenset({"引用", "印发"})
"""Relations that a document may have to itself: it speaks of itself, or is what is issued with it."""
_CARRIES = ("印发", "发布", "公布", "转发", "批转", "颁布")
"""What the title says of a document that brings another: both are known by one number."""
_CENTRE = "国家"
_PLACE = 2
"""Characters in which a title agrees with its issuer where it begins with their place."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A document of the corpus, and what is asked of it again and again.

    Args:
        profile: What is known of it; of documents that nothing tells apart the first by its id.
        form: What its title is known by.
        date: When this version is from.
        is_local: Whether it is that of a place which its title does not name.
        is_of_republic: Whether its title begins with 中华人民共和国.
    """

    profile: Profile
    form: TitleForm
    date: str
    is_local: bool
    is_of_republic: bool


class KnownDocuments:
    """Finds the document of a corpus that a mention means.

    Args:
        profiles: What is known of each document.
    """

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self._by_number: dict[str, list[_Known]] = {}
        self._by_title: dict[str, list[_Known]] = {}
        seen = set()
        for one in sorted(profiles, key=lambda profile: profile.doc):
            facts = one.title, one.number, one.date, one.issuers
            if facts in seen or not (one.title or one.number):
                continue
            seen.add(facts)
            known = _known(one)
            if one.number:
                self._by_number.setdefault(one.number, []).append(known)
            if one.title and not _is_about_a_work(one.title):
                for key in {known.form.key, known.form.topic}:
                    self._by_title.setdefault(key, []).append(known)

    def find(self, mention: Mention, citing: Profile) -> Profile | None:
        """Return the document that a mention means; ``None`` if none is it for sure.

        Args:
            mention: What is named.
            citing: The document that names it.
        """
        wanted = title_form(mention.title, mention.edition) if mention.title else None
        found = self._numbered(mention, wanted, citing) if mention.number else None
        if found is None and wanted is not None:
            found = self._titled(mention, wanted, citing)
        if found is None:
            return None
        return citing if _is_itself(found.profile, citing) else found.profile

    def _numbered(self, mention: Mention, wanted: TitleForm | None, citing: Profile) -> _Known | None:
        """Return the document with the number; where a title is given too, it must not be another's."""
        found = self._by_number.get(mention.number, [])
        if wanted is not None:
            found = [one for one in found if _may_be_called(one, wanted)]
        return _only([one for one in found if _may_be_meant(mention, one, citing)])

    def _titled(self, mention: Mention, wanted: TitleForm, citing: Profile) -> _Known | None:
        if len(wanted.key) < _SHORTEST or form("short", "bare").fullmatch(wanted.key):
            return None
        called = {
            one.profile.doc: one
            for key in (wanted.key, wanted.topic)
            for one in self._by_title.get(key, ())
            if _is_one_title(wanted, one, mention)
        }
        candidates = [
            one
            for one in called.values()
            if _numbers_agree(mention, one.profile)
            and _editions_agree(wanted, one.form)
            and _may_be_meant(mention, one, citing)
            and (len(wanted.key) >= _SURE or one.is_of_republic)
        ]
        return _by_date(_of_one_issuer(candidates, wanted, mention, citing), mention, wanted, citing)


def _is_about_a_work(title: str) -> bool:
    """Return whether a title is that of a book or film in 《》: the document reviews it, and is not it.

    A law or notice often has its own title in marks.
    """
    is_marked = title.startswith("《") and title.endswith("》")
    return is_marked and not genre_of_title(title.strip("《》"), official=True)[0]


def _known(one: Profile) -> _Known:
    form_of_title = title_form(one.title)
    is_of_republic = folded(one.title[: len(_REPUBLIC) + 2]).startswith(_REPUBLIC)
    return _Known(one, form_of_title, _date_of(one), _is_local(one), is_of_republic)


def _of_one_issuer(
    candidates: Sequence[_Known], wanted: TitleForm, mention: Mention, citing: Profile
) -> list[_Known]:
    """Return the candidates that who issued them does not rule out; none where several might."""
    named = list(candidates)
    if mention.issuer:
        named = [one for one in named if _issued_by(one.profile, mention.issuer) is not False]
    own = {one.profile.doc for one in named if set(one.profile.issuers) & set(citing.issuers)}
    if len({one.profile.issuers for one in named}) > 1:
        named = [one for one in named if one.profile.doc in own]
    if mention.issuer:
        return named
    own.add(citing.doc)
    return [one for one in named if one.profile.doc in own or not (_is_anyones(wanted) or one.is_local)]


def _may_be_called(one: _Known, wanted: TitleForm) -> bool:
    """Return whether a document may have a title: an order has another than what it puts into force."""
    if not one.profile.title:
        return True
    known = one.form
    if {known.key, known.topic} & {wanted.key, wanted.topic}:
        return True
    shorter, longer = sorted((known.key, wanted.key), key=len)
    return longer.endswith("令") or (shorter in longer and any(word in longer for word in _CARRIES))


def _may_be_meant(mention: Mention, one: _Known, citing: Profile) -> bool:
    """Return whether a document is not the citing one, or may be: what is repealed is an earlier version."""
    return not _is_itself(one.profile, citing) or mention.relation in _OF_ITSELF


def _is_itself(one: Profile, citing: Profile) -> bool:
    """Return whether a document is the citing one, or a copy of it."""
    return one.doc == citing.doc or (
        (one.title, one.date, one.number) == (citing.title, citing.date, citing.number)
    )


def _is_one_title(wanted: TitleForm, one: _Known, mention: Mention) -> bool:
    """Return whether two titles are one: a body that only one of them names must be said elsewhere."""
    known = one.form
    if wanted.key == known.key:
        return True
    if wanted.topic != known.topic or (wanted.issuer and known.issuer):
        return False
    if known.issuer:
        return bool(mention.issuer) and _same_body(mention.issuer, known.issuer)
    issuers = one.profile.issuers
    return any(_same_body(wanted.issuer, issuer) for issuer in ("".join(issuers), *issuers))


def _same_body(one: str, other: str) -> bool:
    plain, also = (name.removeprefix(_REPUBLIC).replace("、", "") for name in (one, other))
    return bool(plain) and bool(also) and (plain == also)


def _issued_by(one: Profile, issuer: str) -> bool | None:
    """Return whether a body that is named before a title issued a document; ``None`` if that is not known."""
    if not one.issuers:
        return None
    plain = issuer.replace("、", "")
    return any(name in plain or plain in name or name.endswith(plain[-4:]) for name in one.issuers)


def _numbers_agree(mention: Mention, one: Profile) -> bool:
    """Return whether the number that is given is not another's; 省政府令 is that of a province."""
    if not mention.number or not one.number or mention.number == one.number:
        return True
    body, _, given = mention.number.replace("人民政府", "政府").partition("令第")
    whole, _, own = one.number.replace("人民政府", "政府").partition("令第")
    return bool(given) and given == own and whole.endswith(body)


def _editions_agree(wanted: TitleForm, known: TitleForm) -> bool:
    """Return whether the edition of a document is the one that is meant.

    A draft is never the text itself. A text on trial may be named without saying so, the other way round
    not.
    """
    if "draft" in {wanted.edition, known.edition}:
        return wanted.edition == known.edition
    return wanted.edition != "trial" or known.edition == "trial"


def _is_anyones(wanted: TitleForm) -> bool:
    """Return whether many bodies issue documents of a title: it names no place and no body."""
    return wanted.key in _REPORTS or wanted.key.startswith("关于")


def _is_local(one: Profile) -> bool:
    """Return whether a document is that of a place which its title does not name."""
    if not one.level or one.level == _CENTRE:
        return False
    if title_form(one.title).issuer or level_of_place(one.title)[0]:
        return False
    return not any(issuer[:_PLACE] == one.title[:_PLACE] for issuer in one.issuers)


def _by_date(
    candidates: Sequence[_Known], mention: Mention, wanted: TitleForm, citing: Profile
) -> _Known | None:
    """Return the version that is meant: that of the date given, else the last one before ``citing``."""
    given = mention.date or wanted.date or year_of_number(mention.number)
    if given:
        same_year = [one for one in candidates if one.date[:4] == given[:4]]
        return _only([one for one in same_year if agree(one.date, given)] or same_year)
    own = _date_of(citing)
    if not own:
        return _only(candidates)
    earlier = [one for one in candidates if not _is_later(one.date, own)]
    if any(not one.date for one in earlier):
        return _only(earlier)
    latest = max((one.date for one in earlier), default="")
    return _only([one for one in earlier if one.date == latest])


def _date_of(one: Profile) -> str:
    """Return when the version of a document is from: its date, or a later one that its title names."""
    return max(one.date, title_form(one.title).date if one.title else "")


def agree(one: str, other: str) -> bool:
    """Return whether two dates say the same as far as both are told."""
    return one.startswith(other) or other.startswith(one)


def _is_later(one: str, other: str) -> bool:
    """Return whether a date is certainly later than another."""
    exact = min(len(one), len(other))
    return one[:exact] > other[:exact]


def _only(found: Sequence[_Known]) -> _Known | None:
    """Return the one document that was found, or the first of copies of it; ``None`` for several or none."""
    if len({(one.form.key, one.date, one.profile.number) for one in found}) != 1:
        return None
    return found[0]
