"""ZIP packages (.docx and archives), read within bounds: what a member unpacks to is counted as it comes."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator

from pdtool.errors import InputError
from pdtool.language import N_, _

__all__ = ["LARGEST_MEMBER", "damaged", "member", "open_package"]

LARGEST_MEMBER = 200_000_000
"""Bytes that one member may unpack to."""

_BLOCK = 1 << 20
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How old Office documents begin, and encrypted new ones, which are put into one."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE_SEARCHED = 1 << 24


def open_package(path: str, kind: str) -> zipfile.ZipFile:
    """Open a ZIP package.

    Args:
        path: The file.
        kind: What it should be, for messages.

    Raises:
        InputError: If it is not one, or is encrypted as a whole.
    """
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, UnicodeError) as error:
        with open(path, "rb") as file:  # noqa: PTH123
            head = file.read(_OLE_SEARCHED)
        if head.startswith(_OLE) and _ENCRYPTED in head:
            raise InputError(
                _("is protected by a password"), _("save it without one in the program that made it")
            ) from error
        if head.startswith(_OLE):
            raise InputError(
                _("is not a {kind} but an old Office document with another suffix", kind=_(kind)),
                _("save it in the new format, or as .txt, in Word or WPS"),
            ) from error
        raise damaged(kind, error) from error


def member(
    package: zipfile.ZipFile, name: str | zipfile.ZipInfo, largest: int = LARGEST_MEMBER
) -> Iterator[bytes]:
    """Yield what a member of a package unpacks to, block by block.

    Raises:
        InputError: If it is damaged, encrypted, or unpacks to more than it may.
    """
    shown = name if isinstance(name, str) else name.filename
    unpacked = 0
    try:
        with package.open(name) as file:
            while block := file.read(_BLOCK):
                unpacked += len(block)
                if unpacked > largest:
                    raise InputError(
                        _(
                            "unpacks to more than {largest:,} bytes ({shown}), as a decompression bomb does",
                            largest=largest,
                            shown=shown,
                        ),
                        _("leave it out"),
                    )
                yield block
    except RuntimeError as error:  # zipfile's word for encrypted
        raise InputError(_("is protected by a password"), _("unpack it, or save it without one")) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise damaged(N_("ZIP package"), error) from error


def damaged(kind: str, error: Exception) -> InputError:
    """Return the error for a file that cannot be read as what its suffix says."""
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return InputError(
        _("is damaged, or not a {kind} ({reason})", kind=_(kind), reason=reason),
        _("open it in its own program and save it again"),
    )
