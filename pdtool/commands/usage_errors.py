"""What typer says of a command line that it cannot read, in the language that is spoken."""

from __future__ import annotations

import re
from functools import cache

from pdtool.language import N_, _, listed

__all__ = ["said_of_usage"]

_SAID = (
    N_("No such option: {option} (Possible options: {names})"),
    N_("No such option: {option} Did you mean {names}?"),
    N_("No such option: {option}"),
    N_("Missing argument {name}"),
    N_("Missing option {name}"),
    N_("Missing parameter: {name}"),
    N_("Invalid value for {name}: {message}"),
    N_("Invalid value: {message}"),
    N_("{value} is not a valid integer"),
    N_("{value} is not a valid int"),
    N_("{value} is not a valid float"),
    N_("{value} is not a valid boolean. Recognized values: {names}"),
    N_("{value} is not one of {names}"),
    N_("{value} is not in the range {range}"),
    N_("Option {option} does not take a value"),
    N_("Option {option} requires an argument"),
    N_("Option {option} requires {number} arguments"),
    N_("Got unexpected extra arguments ({names})"),
    N_("Got unexpected extra argument ({names})"),
    N_("Got unexpected extra argument(s) ({names})"),
)
"""Its sentences, without the full stop; the first that fits is taken."""
_NAME = re.compile(r"\{(\w+)\}")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each sentence with the pattern that it fits."""
    found = []
    for sentence in _SAID:
        pieces = _NAME.split(sentence)
        shape = "".join(
            f"(?P<{piece}>.*)" if number % 2 else re.escape(piece) for number, piece in enumerate(pieces)
        )
        found.append((sentence, re.compile(shape, re.DOTALL)))
    return tuple(found)


def said_of_usage(message: str) -> str:
    """Return a sentence of typer in the language that is spoken; as it is where it is not known.

    >>> said_of_usage("No such option: --thresold")
    'No such option: --thresold'
    """
    for sentence, pattern in _patterns():
        if match := pattern.fullmatch(message):
            values = match.groupdict()
            if "message" in values:
                values["message"] = said_of_usage(values["message"])
            if "names" in values:
                values["names"] = listed(values["names"].split(", "))
            return _(sentence, **values)
    return message
