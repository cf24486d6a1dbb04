"""The documents of a corpus as they are named: by number, else by title and date.

Which document is meant is said only where nothing speaks against it: a link that is wrong costs more than
one that is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pdtool.citations.mention import Mention, Profile
from pdtool.citations.title_form import TitleForm, folded, title_form
from pdtool.citations.wording import form
from pdtool.documents.fields.doc_numbers import year_of_number
from pdtool.documents.fields.issuers import level_of_place

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


class KnownDocuments:
    """Finds the document of a corpus that a mention means.

    Args:
        profiles: What is known of each document.
    """

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self._by_number: dict[str, list[Profile]] = {}
        self._by_title: dict[str, list[tuple[Profile, TitleForm]]] = {}
        for one in sorted(profiles, key=lambda profile: profile.doc):
            if one.number:
                self._by_number.setdefault(one.number, []).append(one)
            if one.title:
                known = title_form(one.title)
                for key in {known.key, known.topic}:
                    self._by_title.setdefault(key, []).append((one, known))

    def find(self, mention: Mention, citing: Profile) -> Profile | None:
        """Return the document that a mention means; ``None`` if none is it for sure.

        Args:
            mention: What is named.
            citing: The document that names it.
        """
        wanted = title_form(mention.title, mention.edition) if mention.title else None
        if mention.number:
            found = self._numbered(mention, wanted, citing)
            if found is not None:
                return found
        return self._titled(mention, wanted, citing) if wanted is not None else None

    def _numbered(self, mention: Mention, wanted: TitleForm | None, citing: Profile) -> Profile | None:
        """Return the document with the number; where a title is given too, it must not be another's."""
        found = self._by_number.get(mention.number, [])
        if wanted is not None:
            found = [one for one in found if _may_be_called(one, wanted)]
        return _only([one for one in found if _may_be_meant(mention, one, citing)])

    def _titled(self, mention: Mention, wanted: TitleForm, citing: Profile) -> Profile | None:
        if len(wanted.key) < _SHORTEST or form("short", "bare").fullmatch(wanted.key):
            return None
        found = {}
        for key in (wanted.key, wanted.topic):
            for one, known in self._by_title.get(key, ()):
                if _is_one_title(wanted, known, mention, one):
                    found[one.doc] = (one, known)
        candidates = [
            (one, known)
            for one, known in found.values()
            if _numbers_agree(mention, one)
            and _editions_agree(wanted, known)
            and _may_be_meant(mention, one, citing)
        ]
        return _by_date(self._of_one_issuer(candidates, wanted, mention, citing), mention, wanted, citing)

    @staticmethod
    def _of_one_issuer(
        candidates: Sequence[tuple[Profile, TitleForm]],
        wanted: TitleForm,
        mention: Mention,
        citing: Profile,
    ) -> list[Profile]:
        """Return the candidates that who issued them does not rule out; none where several might."""
        named = [one for one, _ in candidates if len(wanted.key) >= _SURE or _is_of_republic(one)]
        if mention.issuer:
            named = [one for one in named if _issued_by(one, mention.issuer) is not False]
        own = [one for one in named if set(one.issuers) & set(citing.issuers)]
        if len({one.issuers for one in named}) > 1:
            named = own
        if mention.issuer:
            return named
        return [
            one
            for one in named
            if one in own or one.doc == citing.doc or not (_is_anyones(wanted) or _is_local(one))
        ]


def _may_be_called(one: Profile, wanted: TitleForm) -> bool:
    """Return whether a document may have a title: an order has another than what it puts into force."""
    if not one.title:
        return True
    known = title_form(one.title)
    if {known.key, known.topic} & {wanted.key, wanted.topic}:
        return True
    shorter, longer = sorted((known.key, wanted.key), key=len)
    return longer.endswith("令") or (shorter in longer and any(word in longer for word in _CARRIES))


def _may_be_meant(mention: Mention, one: Profile, citing: Profile) -> bool:
    """Return whether a document is not the citing one, or may be: what is repealed is an earlier version."""
    is_itself = one.doc == citing.doc or (
        (one.title, one.date, one.number) == (citing.title, citing.date, citing.number)
    )
    return not is_itself or mention.relation in _OF_ITSELF


def _is_one_title(wanted: TitleForm, known: TitleForm, mention: Mention, one: Profile) -> bool:
    """Return whether two titles are one: a body that only one of them names must be said elsewhere."""
    if wanted.key == known.key:
        return True
    if wanted.topic != known.topic or (wanted.issuer and known.issuer):
        return False
    if known.issuer:
        return bool(mention.issuer) and _same_body(mention.issuer, known.issuer)
    return any(_same_body(wanted.issuer, issuer) for issuer in ("".join(one.issuers), *one.issuers))


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


def _is_of_republic(one: Profile) -> bool:
    return folded(one.title).startswith(_REPUBLIC)


def _by_date(
    candidates: Sequence[Profile], mention: Mention, wanted: TitleForm, citing: Profile
) -> Profile | None:
    """Return the version that is meant: that of the date given, else the last one before ``citing``."""
    given = mention.date or wanted.date or year_of_number(mention.number)
    if given:
        same_year = [one for one in candidates if _date_of(one)[:4] == given[:4]]
        return _only([one for one in same_year if agree(_date_of(one), given)] or same_year)
    own = _date_of(citing)
    if not own:
        return _only(candidates)
    earlier = [one for one in candidates if not _is_later(_date_of(one), own)]
    if any(not _date_of(one) for one in earlier):
        return _only(earlier)
    latest = max(map(_date_of, earlier), default="")
    return _only([one for one in earlier if _date_of(one) == latest])


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


def _only(found: Sequence[Profile]) -> Profile | None:
    """Return the one document that was found, or the first of copies of it; ``None`` for several or none."""
    if not found:
        return None
    if len({(title_form(one.title).key, _date_of(one), one.number) for one in found}) > 1:
        return None
    return found[0]
