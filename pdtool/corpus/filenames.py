"""Document ids → names of files that can be written anywhere and stay inside their folder.

The names are the same on every system: what Windows, macOS or Linux forbids is escaped on all of them, and
names that differ only in case or in how their accents are composed are told apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import blake2b

__all__ = ["output_name", "output_names"]

_SUFFIX = ".txt"
_LONGEST = 200
"""Bytes of a name: file systems allow 255, and a temporary file or a copy adds to it."""
_FORBIDDEN = re.compile(
    r"""[\x00-\x1f\x7f-\x9f<>:"\\|?*\ud800-\udfff]"""  # forbidden on Windows, or no text
    r"|%(?=[0-9A-Fa-f]{2})"  # would read as an escape
    r"|[. ]$"  # Windows drops them
)
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)", re.IGNORECASE)


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def _shortened(part: str, suffix: str = "") -> str:
    """Return a part of a path that is short enough, the end of a long one replaced by its digest."""
    if len((part + suffix).encode()) <= _LONGEST:
        return part
    start = part.encode()[: _LONGEST - 12 - len(suffix)].decode(errors="ignore").rstrip(". ")
    return f"{start}~{_digest(part)}"


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def _part(part: str) -> str:
    """Return one part of a path, escaped.

    >>> [_part(part) for part in ("..", "CON.txt", "C:", "100%41", "")]
    ['.%2E', '%43ON.txt', 'C%3A', '100%2541', '%2F']
    """
    if not part:
        return "%2F"
    safe = _FORBIDDEN.sub(lambda match: _escaped(match[0]), part)
    return _escaped(safe[0]) + safe[1:] if _DEVICE.match(safe) else safe


def output_name(document_id: str) -> str:
    """Return the file that a document is written to if no other document has a right to it.

    >>> output_name("2024/一号文件.txt"), output_name("news.csv#7")
    ('2024/一号文件.txt', 'news.csv#7.txt')
    """
    *folders, file = (_part(part) for part in document_id.split("/"))
    stem = file[: -len(_SUFFIX)] if file.lower().endswith(_SUFFIX) else file
    suffix = file[len(stem) :] or _SUFFIX
    return "/".join([*(_shortened(folder) for folder in folders), _shortened(stem, suffix) + suffix])


def _key(name: str) -> str:
    """Return what two names share that some file system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


_Entry = tuple[int, str]
"""An entry of a folder: the folder's number, 0 for the outermost, and the key of the entry's name."""


def _folder(folders: Iterable[str], numbers: dict[_Entry, int]) -> int:
    """Return the number of a folder; those on the way to it that are new get one.

    Numbers, not paths: together the paths of a thousand folders, each in the one before, have half a million
    parts.
    """
    number = 0
    for folder in folders:
        number = numbers.setdefault((number, _key(folder)), len(numbers) + 1)
    return number


def output_names(ids: Sequence[str]) -> list[str]:
    """Return the file that each document is written to, relative to a folder, with ``/``.

    It is the id with ``.txt`` appended unless it ends so. Parts that would leave the folder or that some
    system forbids are percent-escaped; of names that some system takes for one, all but the first have a
    digest of their id appended.

    Args:
        ids: Distinct ids, in the order in which they have a right to their names.

    >>> output_names(["a.txt", "news.csv#7", "A.TXT", "../../x"])
    ['a.txt', 'news.csv#7.txt', 'A~ca83dfae.TXT', '.%2E/.%2E/x.txt']
    """
    names = [output_name(document_id) for document_id in ids]
    numbers: dict[_Entry, int] = {}
    folders = [_folder(name.split("/")[:-1], numbers) for name in names]
    taken = set(numbers)
    result = []
    for document_id, name, folder in zip(ids, names, folders, strict=True):
        unique = name
        attempt = document_id
        while (entry := (folder, _key(unique.rsplit("/", 1)[-1]))) in taken:
            unique = f"{name[: -len(_SUFFIX)]}~{_digest(attempt)}{name[-len(_SUFFIX) :]}"
            attempt += "~"
        taken.add(entry)
        result.append(unique)
    return result
