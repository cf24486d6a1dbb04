"""The command line: one module of ``pdtool.commands`` per subcommand, imported when it is called."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from pdtool import __version__
from pdtool.commands import COMMANDS
from pdtool.commands.help_page import in_language
from pdtool.commands.option_groups import (
    FINDING,
    INPUT,
    OUTPUT,
    RUNNING,
    Lang,
    with_options_of_groups,
)
from pdtool.errors import UsageError
from pdtool.language import N_, _
from pdtool.output.messages import say

__all__ = ["PROGRAM", "command_line"]

PROGRAM = "pdtool"

HELP = """Text mining for Chinese policy documents: dirty text in, tables out.

\b
Examples:
  pdtool dedupe FOLDER                 which documents are copies of which
  pdtool dedupe FOLDER -o pairs.xlsx   the same as an Excel workbook
  pdtool report FOLDER -o report.html  everything, on one page
"""

EPILOG = "Each command has its own help: pdtool dedupe -h"

_SETTINGS = {"help_option_names": ["-h", "--help"]}


FIRST = (
    *("by", "term", "top", "method", "number", "threshold", "against", "dictionary", "terms", "group_by"),
    *("kept", "wide", "unit", "nearest", "matrix", "edits", "script", "sort", "trend"),
    *("copies", "output", "text_column", "table_format", "report_format"),
)
"""The parameters that are used most, in the order of the help; of each command the first ten that it has."""
_MOST_USED = N_("Most used")
_MOST = 10
_OUTPUT_NAMES = frozenset({"output", "plain", "report_format", "force", "edits"})
"""Parameters of the commands themselves that say where the result goes."""


class _Command(TyperCommand):
    """A subcommand: its help has the most used options first, and then the others in groups."""

    headings: Mapping[str, str] = MappingProxyType({})

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options in sections."""
        sections: dict[str, list[tuple[str, str]]] = {
            heading: [] for heading in (_MOST_USED, FINDING, INPUT, OUTPUT, RUNNING)
        }
        known = {str(parameter.name): parameter for parameter in self.get_params(ctx)}
        first = [name for name in FIRST if name in known][:_MOST]
        for name in [*first, *(name for name in known if name not in first)]:
            record = known[name].get_help_record(ctx)
            if record is not None:
                sections[_MOST_USED if name in first else self._heading(name)].append(record)
        for heading, records in sections.items():
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return what stands behind the name in the usage line; ``PATHS...`` without braces."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def _heading(self, name: str) -> str:
        own = OUTPUT if name in _OUTPUT_NAMES else FINDING
        return RUNNING if name == "help" else self.headings.get(name, own)


class _Commands(TyperGroup):
    """The subcommands: their names are known at once, their modules are imported one at a time."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 (typer passes it)
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand:  # noqa: ARG002 (likewise)
        if cmd_name not in COMMANDS:
            raise _no_such_command(cmd_name)
        return _load(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 (likewise)
        with formatter.section("Commands"):
            formatter.write_dl([(name, _(said)) for name, said in COMMANDS.items()])


def _load(name: str) -> TyperCommand:
    """Import a subcommand: its module's ``HELP`` and the function of its name."""
    module = import_module(f"pdtool.commands.{name}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    function = with_options_of_groups(getattr(module, name))
    app.command(name, cls=_Command, help=module.HELP, context_settings=_SETTINGS)(function)
    command = typer.main.get_command(app)
    assert isinstance(command, _Command)
    command.headings = vars(function)["headings"]
    in_language(command)
    return command


def _no_such_command(name: str) -> UsageError:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=1)
    return UsageError(_("there is no command {name!r}", name=name), f"{PROGRAM} {near[0] if near else '-h'}")


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"{PROGRAM} {__version__}\n")
        raise typer.Exit


def _root(
    ctx: typer.Context,
    _version_wanted: Annotated[
        bool,
        typer.Option("--version", "-V", callback=_version, is_eager=True, help="Show the version and exit."),
    ] = False,
    _lang: Lang = None,
) -> None:
    """Take the options that stand before a subcommand; show the help where there is none."""
    if ctx.invoked_subcommand is None:
        say(ctx.get_help().splitlines())
        raise typer.Exit(2)


def command_line() -> TyperGroup:
    """Return the whole command line, ready to be called."""
    app = typer.Typer(
        cls=_Commands,
        add_completion=True,
        rich_markup_mode=None,
        invoke_without_command=True,
        context_settings=_SETTINGS,
        help=HELP,
        epilog=EPILOG,
    )
    app.callback()(_root)
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    in_language(group)
    return group
