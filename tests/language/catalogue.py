"""Every message of pdtool, and the catalogue that translates them, by Babel.

``PDTOOL_UPDATE_GOLDEN=1 pytest tests/language`` brings the catalogue up to date: new messages are added
without a translation, which then fails; those that are gone are taken out; the compiled one is written.
"""

from __future__ import annotations

import ast
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from pdtool.cli import command_line
from pdtool.commands import COMMANDS
from pdtool.language import CATALOGUES, speaking
from pdtool.network.units import UnitKind
from tests.commandline import ROOT

PACKAGE = ROOT / "pdtool"
FOLDER = Path(CATALOGUES) / "zh" / "LC_MESSAGES"
PO, MO = FOLDER / "pdtool.po", FOLDER / "pdtool.mo"
HEADER = """\
# Chinese messages of pdtool. The messages are collected from the code by tests/language/catalogue.py; terms
# as in docs/glossary.md.
#"""
_SINGLE = frozenset({"_", "N_"})


@dataclass(frozen=True, slots=True)
class Found:
    """A message of the code.

    Args:
        message: In English; of a number, the one for 1.
        place: The module.
        many: Of a number, the message for any other; else empty.
    """

    message: str
    place: str
    many: str = ""


def _calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def marked(path: Path) -> Iterator[Found]:
    """Yield the messages that a module marks by ``_``, ``N_``, ``ngettext`` and ``counted``."""
    place = path.relative_to(ROOT).as_posix()
    for call in _calls(path):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        texts = [_text(argument) for argument in call.args]
        if name in _SINGLE and texts and texts[0]:
            yield Found(texts[0], place)
        elif name == "ngettext" and all(texts[:2]):
            yield Found(texts[0], place, texts[1])
        elif name == "counted" and len(texts) > 1 and texts[1]:
            yield noun(texts[1], place)


def noun(one: str, place: str) -> Found:
    """Return the message of a number with a noun."""
    return Found(f"{{n:,}} {one}", place, f"{{n:,}} {one}s")


def of_help() -> Iterator[Found]:
    """Yield what the help pages say, as the commands declare it."""
    from typer import Context

    with speaking("en"):
        group = command_line()
        context = Context(group)
        commands: dict[str, Any] = {"": group}
        commands |= {name: group.get_command(context, name) for name in COMMANDS}
    for name, command in commands.items():
        place = f"pdtool/commands/{name}.py" if name else "pdtool/cli.py"
        paragraphs = (command.help or "").strip("\n").split("\n\n")
        said = [*paragraphs, command.epilog, *(getattr(one, "help", "") for one in command.params)]
        said += [one.metavar for one in command.params]
        yield from (Found(text, place) for text in filter(None, said))
    yield from (Found(text, "pdtool/commands/__init__.py") for text in COMMANDS.values())


def of_data() -> Iterator[Found]:
    """Yield the messages in data files."""
    data = files("pdtool") / "data"
    types = json.loads((data / "unsupported_types.json").read_text(encoding="utf-8"))
    types.pop("source")
    yield from (Found(text, "pdtool/data/unsupported_types.json") for text in types.values())
    signatures = json.loads((data / "file_signatures.json").read_text(encoding="utf-8"))["signatures"]
    yield from (Found(kind, "pdtool/data/file_signatures.json") for _, kind in signatures)


def messages() -> list[Found]:
    """Return every message, each once."""
    found = [one for path in sorted(PACKAGE.rglob("*.py")) for one in marked(path)]
    found += [noun(kind.value, "pdtool/network/units.py") for kind in UnitKind]
    found += [*of_help(), *of_data()]
    once: dict[str, Found] = {}
    for one in found:
        known = once.setdefault(one.message, one)
        if one.many and not known.many:
            once[one.message] = one
    return list(once.values())


class _Undated(Catalog):
    """A catalogue whose head says what gettext needs."""

    mime_headers = [  # noqa: RUF012 (Babel declares it so)
        ("Language", "zh"),
        ("Plural-Forms", "nplurals=1; plural=0;"),
        ("Content-Type", "text/plain; charset=utf-8"),
    ]


def catalogue() -> Catalog:
    """Return the catalogue as it is kept."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh")


def brought_up_to_date(kept: Catalog, found: Iterable[Found]) -> Catalog:
    """Return a catalogue of the messages that were found, with the translations that are kept."""
    fresh = Catalog(locale="zh", domain="pdtool", project="pdtool", header_comment=HEADER, fuzzy=False)
    for one in sorted(found, key=lambda one: (one.place, one.message)):
        known = kept.get(one.message)
        string: Any = known.string if known is not None else ""
        flags = known.flags if known is not None else set()
        if one.many:
            string = string if isinstance(string, tuple) else (string,)
            fresh.add((one.message, one.many), string, [(one.place, 0)], flags)
        else:
            fresh.add(
                one.message, string[0] if isinstance(string, tuple) else string, [(one.place, 0)], flags
            )
    return fresh


def as_po(kept: Catalog) -> bytes:
    """Return a catalogue as text."""
    out = io.BytesIO()
    write_po(out, kept, width=100, include_lineno=False, sort_output=False)
    lines = out.getvalue().decode().splitlines()
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Last-Translator', '"Language-Team')
    return "".join(f"{line}\n" for line in lines if not line.startswith(dated)).encode()


def as_mo(kept: Catalog) -> bytes:
    """Return a catalogue compiled, with no date and no version of Babel in it."""
    out = io.BytesIO()
    plain = _Undated(locale="zh")
    for message in kept:
        if message.id:
            plain.add(message.id, message.string)
    write_mo(out, plain)
    return out.getvalue()


def placeholders(text: str) -> list[str]:
    """Return the names in braces of a message, each with its conversion and format, sorted.

    >>> placeholders("{n:,} of {name!r}: {a.b}")
    ['a.b', 'n:,', 'name!r']
    """
    try:
        pieces = list(Formatter().parse(text))
    except ValueError:  # braces that are no placeholders
        return re.findall(r"[{}]", text)
    named = [(name, spec, how) for _, name, spec, how in pieces if name is not None]
    return sorted(
        name + (f"!{how}" if how else "") + (f":{spec}" if spec else "") for name, spec, how in named
    )


def is_translated(message: Message) -> bool:
    """Return whether a message has its translation."""
    strings = texts(message.string)
    return bool(strings) and all(strings)


def texts(said: Any) -> tuple[str, ...]:
    """Return a message or a translation as one text, or, of a number, as one for each form."""
    return (said,) if isinstance(said, str) else tuple(said)
