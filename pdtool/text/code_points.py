"""A text as an array of code points, and back."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

__all__ = ["CODE_POINTS", "Codes", "basic_plane", "code_points", "decode", "without_surrogates"]

Codes = npt.NDArray[np.uint32]
"""Code points of a text, or a table indexed by code point."""

CODE_POINTS = 0x110000
"""How many code points Unicode has: the length of a table that is indexed by them."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def code_points(text: str) -> Codes:
    """Return the code points of ``text`` as an array of shape ``(len(text),)``.

    >>> code_points("党建").tolist()
    [20826, 24314]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


@cache
def basic_plane() -> str:
    r"""Return every character of the basic plane, in their order; lone surrogates are among them.

    >>> len(basic_plane()), "".join(re.findall(r"\d", basic_plane()))[:12]
    (65536, '0123456789٠١')
    """
    return decode(np.arange(1 << 16, dtype=np.uint32))


def decode(codes: Codes) -> str:
    """Return the text of an array of code points, lone surrogates included.

    >>> decode(code_points("党建"))
    '党建'
    """
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


def without_surrogates(text: str) -> str:
    r"""Return ``text`` with U+FFFD for each lone surrogate: strings of Rust libraries cannot hold them.

    >>> without_surrogates("党\ud800") == "党\ufffd"
    True
    """
    try:
        text.encode()  # nine times as fast as to look for one
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text
