"""The language that pdtool speaks: English, or Chinese by a gettext catalogue.

Messages stand in the code in English and are translated where a sentence is made: ``_("{path}: is a folder",
path=path)``. The catalogue is ``data/locale/zh/LC_MESSAGES/pdtool.po``; a test finds every message and holds
it against the catalogue. Texts that are made when a module is loaded (help, columns) stay English there and
are translated when they are shown, so that a process may change its language.

Processes that this one starts are told the language by :func:`environment`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

__all__ = [
    "CATALOGUES",
    "N_",
    "Language",
    "_",
    "counted",
    "environment",
    "is_spoken",
    "joined",
    "language_asked_for",
    "listed",
    "ngettext",
    "ready",
    "speak",
    "speaking",
    "spoken",
]

CATALOGUES = os.path.join(os.path.dirname(__file__), "data", "locale")  # noqa: PTH118, PTH120
"""The folder of the catalogues, as gettext lays it out."""
DOMAIN = "pdtool"
"""The name of each catalogue."""
_CHINESE = 0x04
"""The primary language of Windows' language identifiers (LANG_CHINESE)."""
_PRIMARY = 0x3FF
"""The bits of an identifier that hold it (PRIMARYLANGID)."""


class Language(StrEnum):
    """A language that pdtool speaks."""

    ZH = "zh"
    EN = "en"


_spoken: list[Language] = []
"""The language, the last one; empty until it is chosen or asked for."""
_catalogues: dict[Language, NullTranslations] = {}


def N_(message: str) -> str:  # noqa: N802 (gettext's own name)
    """Mark a message that is translated later, by :func:`_`."""
    return message


def _(message: str, /, **values: object) -> str:
    """Return a message in the language that is spoken, with its names filled in.

    Args:
        message: In English; the names in braces are keywords, with a format if need be.
        values: What stands for the names. Without any, braces are only braces.

    >>> _("{n:,} rows", n=1200)
    '1,200 rows'
    """
    # gettext has what it knows of itself as the translation of nothing
    text = _catalogue().gettext(message) if message and spoken() is not Language.EN else message
    return text.format(**values) if values else text


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """Return one of two messages by a number, in the language that is spoken.

    Args:
        one: For a number of 1, in English.
        many: For any other.
        n: The number; it stands for the name ``n``.
        values: What stands for the other names.

    >>> ngettext("{n} row", "{n:,} rows", 1), ngettext("{n} row", "{n:,} rows", 2000)
    ('1 row', '2,000 rows')
    """
    english = one if n == 1 else many
    text = english if spoken() is Language.EN else _catalogue().ngettext(one, many, n)
    return text.format(n=n, **values)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    Args:
        number: How many.
        noun: In English and in the singular; the catalogue has it with its number.

    >>> counted(1, "document"), counted(1200, "pair")
    ('1 document', '1,200 pairs')
    """
    return ngettext(f"{{n:,}} {noun}", f"{{n:,}} {noun}s", number)


def joined(clauses: Iterable[str]) -> str:
    """Return clauses as one sentence; empty ones are left out.

    >>> joined(["2 documents", "", "1 pair"])
    '2 documents; 1 pair'
    """
    return _("; ").join(filter(None, clauses))


def listed(names: Iterable[str]) -> str:
    """Return names as a list within a sentence.

    >>> listed(["year", "issuer"])
    'year, issuer'
    """
    return _(", ").join(names)


def ready() -> None:
    """Load the catalogue of the language that is spoken, so that a signal that ends the process need not."""
    if spoken() is not Language.EN:
        _catalogue()


def _catalogue() -> NullTranslations:
    """Return the catalogue of the language that is spoken."""
    language = spoken()
    if language not in _catalogues:
        import gettext

        _catalogues[language] = gettext.translation(DOMAIN, CATALOGUES, [language.value], fallback=True)
    return _catalogues[language]


def speak(language: Language | str) -> None:
    """Choose the language of what is said from now on, in this process and in those that it starts.

    Raises:
        ValueError: If pdtool does not speak it.
    """
    _spoken[:] = [Language(language)]


def spoken() -> Language:
    """Return the language that is spoken: the chosen one, else that of ``PDTOOL_LANG``, else English."""
    if not _spoken:
        _spoken.append(_known(os.environ.get("PDTOOL_LANG", "")) or Language.EN)
    return _spoken[-1]


@contextmanager
def speaking(language: Language | str) -> Iterator[None]:
    """Speak a language inside the block."""
    before = spoken()
    speak(language)
    try:
        yield
    finally:
        speak(before)


def environment() -> dict[str, str]:
    """Return the environment of a process that is to speak as this one does."""
    return {**os.environ, "PDTOOL_LANG": spoken().value}


def language_asked_for(words: Sequence[str], variables: Mapping[str, str]) -> Language:
    """Return the language that a command line and its environment ask for.

    What ``--lang`` and ``PDTOOL_LANG`` say goes before the locale (read as GNU gettext reads it), and that
    before the language that Windows shows. A name that pdtool does not know is passed over: whoever reads the
    option refuses it.

    Args:
        words: What follows the name of the command.
        variables: The environment.

    >>> language_asked_for(["dedupe", "--lang", "zh"], {}), language_asked_for([], {"LANG": "zh_CN.UTF-8"})
    (<Language.ZH: 'zh'>, <Language.ZH: 'zh'>)
    """
    told = _option(words) or _known(variables.get("PDTOOL_LANG", ""))
    return told or _of_locale(variables) or _of_system() or Language.EN


def _option(words: Sequence[str]) -> Language | None:
    """Return the language that the last ``--lang`` of a command line names."""
    options = words[: words.index("--")] if "--" in words else words
    found = None
    for number, word in enumerate(options):
        name, equals, value = word.partition("=")
        if name == "--lang":
            found = _known(value if equals else "".join(options[number + 1 : number + 2]))
    return found


def is_spoken(name: str) -> bool:
    """Return whether pdtool speaks the language of a name such as ``zh`` or ``zh_CN``."""
    return _known(name) is not None


def _known(name: str) -> Language | None:
    """Return the language of a name such as ``zh``, ``zh_CN.UTF-8`` or ``Chinese (Simplified)_China.936``."""
    lowered = name.lower()
    if lowered.startswith(("zh", "chinese")):
        return Language.ZH
    return Language.EN if lowered.startswith("en") else None


def _of_locale(variables: Mapping[str, str]) -> Language | None:
    """Return the language of the locale; English where it is a language that pdtool does not speak."""
    names = (variables.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, names), "")
    if not locale:
        return None
    if locale.partition(".")[0] in ("C", "POSIX"):
        return Language.EN
    wanted = [_known(name) for name in [*variables.get("LANGUAGE", "").split(":"), locale]]
    return next(filter(None, wanted), Language.EN)


def _of_system() -> Language | None:
    """Return the language that Windows shows, where this is Windows."""
    if sys.platform == "win32":
        import ctypes

        identifier: int = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return Language.ZH if identifier & _PRIMARY == _CHINESE else Language.EN
    return None
