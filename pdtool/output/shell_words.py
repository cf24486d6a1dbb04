"""Words of a command as the user's own shell takes them: what is shown works as it stands.

Examples that are written out are in double quotes, which bash, PowerShell and the prompt of Windows take
alike; that prompt takes a single quote for a character of the word.
"""

from __future__ import annotations

import os
import re
import shlex

__all__ = ["shell_word"]

_PLAIN = re.compile(r"[\w@%+=:,./-]+")
_PLAIN_ON_WINDOWS = re.compile(r"[\w@+=:./\\-]+")


def shell_word(text: str) -> str:
    """Return a word of a command, quoted where it must be, for the shells of the system that this is.

    Args:
        text: The word, such as the name of a file.

    >>> shell_word("报告.html")
    '报告.html'
    """
    if os.name == "nt":
        return text if _PLAIN_ON_WINDOWS.fullmatch(text) else '"' + text.replace('"', '""') + '"'
    return text if _PLAIN.fullmatch(text) else shlex.quote(text)
