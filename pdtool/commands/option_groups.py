"""The options that several commands share: declared once, in groups, and resolved once.

A group is a dataclass. A command that takes a parameter of its type has one option for each of its fields,
see :func:`with_options_of_groups`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import MISSING, asdict, dataclass, fields, is_dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, get_type_hints

import typer

from pdtool.commands.config import read_config
from pdtool.errors import UsageError
from pdtool.language import N_, Language, _, speak, spoken
from pdtool.output.messages import Level, Reporter
from pdtool.output.target import LABELLED, Format, Target, choose_target

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus, ReadOptions

__all__ = [
    "FINDING",
    "INPUT",
    "OUTPUT",
    "PATHS_HELP",
    "RUNNING",
    "BodyOptions",
    "GroupOptions",
    "HeadersChoice",
    "InputOptions",
    "Lang",
    "Paths",
    "Plain",
    "RunOptions",
    "TableOptions",
    "UntitledInputOptions",
    "check_manifest",
    "output_target",
    "with_headers",
    "with_options_of_groups",
]

FINDING, INPUT, OUTPUT, RUNNING = N_("What to find"), N_("Input"), N_("Output"), N_("Running")
"""The sections of the help of a command."""

PATHS_HELP = """\
PATHS are files, folders, patterns in quotes ("**/*.txt"), or - for standard
input: texts (.txt .md .docx .pdf .html .mht), tables with one document per
row (.csv .tsv .jsonl .xlsx .ods .parquet), and .zip archives of these."""
"""What the help of every command says of its paths."""

Paths = Annotated[list[str], typer.Argument(metavar="PATHS...", show_default=False, hidden=True)]
Plain = Annotated[
    bool,
    typer.Option(
        "--plain",
        help="CSV and TSV for programs: no byte order mark, no ' before text that looks like a formula. "
        "PDTOOL_CSV=plain does the same.",
    ),
]


def _speak(language: Language | None) -> Language | None:
    """Speak a language that an option names: the configuration may name it too."""
    if language is not None:
        speak(language)
    return language


Lang = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        callback=_speak,
        help="Language of help, messages and reasons; that of your system if not given. "
        "PDTOOL_LANG=zh does the same.",
    ),
]


class Headers(StrEnum):
    """What the columns of a table are called."""

    NAMES = "names"
    LABELS = "labels"


HeadersChoice = Annotated[
    Headers | None,
    typer.Option(
        "--headers",
        help="What columns are called: names, as programs want them, or labels, as people do. "
        "Labels where the language is Chinese and the table for a terminal or Excel; otherwise names.",
    ),
]


def with_headers(target: Target, headers: Headers | None) -> Target:
    """Return a target whose columns are called as was asked for.

    Args:
        target: Where the table goes.
        headers: What was asked for; ``None``: labels for people who do not read English.
    """
    for_people = spoken() is not Language.EN and target.format in LABELLED and not target.plain
    return replace(target, labels=headers is Headers.LABELS or (headers is None and for_people))


def _apply_config(ctx: typer.Context, path: Path | None) -> Path | None:
    """Make what the configuration says the defaults of the command: what is typed wins over it."""
    if path is not None and not ctx.resilient_parsing:
        ctx.default_map = {**(ctx.default_map or {}), **read_config(path, ctx.command)}
    return path


@dataclass(frozen=True, slots=True)
class TableOptions:
    """Where the table goes, and how it is written."""

    heading: ClassVar[str] = OUTPUT

    table_format: Annotated[
        Format,
        typer.Option(
            "--format", "-f", help="auto: a table on a terminal, CSV in a pipe, or by the name after -o."
        ),
    ] = Format.AUTO
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this file instead (.csv .tsv .jsonl .md .xlsx .dta .txt).",
        ),
    ] = None
    plain: Plain = False
    headers: HeadersChoice = None

    def target(self, run: RunOptions) -> Target:
        """Return where the table goes; see :func:`output_target`."""
        return with_headers(
            output_target(self.table_format, self.output, self.plain, run.manifest), self.headers
        )


@dataclass(frozen=True, slots=True)
class UntitledInputOptions:
    """How the inputs are read, by a command that does not ask for titles."""

    heading: ClassVar[str] = INPUT

    encoding: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Read all files as this (utf-8, gb18030, big5, …); found out if not given."
        ),
    ] = None
    text_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Tables: the column with the text of a document.")
    ] = None
    id_column: Annotated[str | None, typer.Option(metavar="NAME", help="Tables: the column with its id.")] = (
        None
    )
    from_path: Annotated[
        str | None,
        typer.Option(
            metavar="PATTERN",
            help="What paths say of documents: '{省份}/{year}年{title}.txt'. Each {field} is known of the "
            "document, and a column to group by.",
        ),
    ] = None

    def read_options(self) -> ReadOptions:
        """Return how the inputs are to be read."""
        from pdtool.corpus.scan import ReadOptions

        return ReadOptions(**asdict(self))


@dataclass(frozen=True, slots=True)
class InputOptions(UntitledInputOptions):
    """How the inputs are read."""

    title_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Tables: the column with its title.")
    ] = None


@dataclass(frozen=True, slots=True)
class BodyOptions:
    """What of a document is counted."""

    with_references: Annotated[
        bool,
        typer.Option(
            "--with-references",
            help="Count references, notes, funding and notes on authors as text too.",
        ),
    ] = False


@dataclass(frozen=True, slots=True)
class GroupOptions:
    """What documents are grouped by."""

    group_by: Annotated[
        str | None,
        typer.Option(
            metavar="FIELD[,FIELD]",
            help="Group documents by year, month, issuer (the first of several; issuers: all of them), "
            "level, genre, folder, source, a column of their table, or a field of --from-path.",
        ),
    ] = None

    def fields(self) -> tuple[str, ...]:
        """Return what is grouped by, in order; nothing if it is not asked for.

        Raises:
            UsageError: If a field has no name, or is given twice.
        """
        if self.group_by is None:
            return ()
        from pdtool.documents.grouping import parse_grouping

        return parse_grouping(self.group_by)

    def reading(self, options: ReadOptions) -> ReadOptions:
        """Return how inputs are read so that what is grouped by is known."""
        return replace(options, kept_columns=self.fields())

    def check(self, corpus: Corpus) -> None:
        """Refuse a field that no document of a corpus can have.

        Raises:
            UsageError: If there is one.
        """
        if self.group_by is not None:
            from pdtool.documents.grouping import check_grouping

            check_grouping(self.fields(), corpus.columns)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How the work is done, and what is said and recorded of it."""

    heading: ClassVar[str] = RUNNING

    jobs: Annotated[
        int,
        typer.Option(metavar="N", help="Worker processes; 0: one per processor. Never changes the result."),
    ] = 0
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            is_eager=True,
            callback=_apply_config,  # it is applied before the other options are read
            help="Take options from a pdtool.toml, or [tool.pdtool] of a pyproject.toml.",
        ),
    ] = None
    manifest: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write as JSON what decided the result: options, inputs, versions."
        ),
    ] = None
    lang: Lang = None
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more: settings and times.")] = False

    def reporter(self) -> Reporter:
        """Return a reporter that says as much as was asked for.

        Raises:
            UsageError: If both less and more were asked for.
        """
        if self.quiet and self.verbose:
            raise UsageError(_("--quiet and --verbose contradict each other"), _("leave one of them out"))
        return Reporter(Level.QUIET if self.quiet else Level.VERBOSE if self.verbose else Level.NORMAL)


def output_target(table_format: Format, output: Path | None, plain: bool, manifest: Path | None) -> Target:
    """Return where a table goes; refuse now what could not be written after the work.

    Raises:
        UsageError: If the format is not known, or cannot be shown on a terminal.
        OutputError: If a file cannot be written.
    """
    check_manifest(manifest, output)
    return choose_target(table_format, output, plain)


def check_manifest(manifest: Path | None, output: Path | None) -> None:
    """Refuse a manifest that could not be written beside the result.

    Raises:
        UsageError: If it has the name of the result.
        OutputError: If it cannot be written.
    """
    from pdtool.output.sink import check_writable

    if manifest is None:
        return
    check_writable(manifest)
    if output is not None and output.absolute() == manifest.absolute():
        raise UsageError(
            _("{output}: is named by both -o and --manifest", output=output), _("give them two names")
        )


def with_options_of_groups(command: Callable[..., int]) -> Callable[..., int]:
    """Return a command with one parameter for each field of its option groups.

    Args:
        command: A function whose parameters are annotated for typer, or with a dataclass whose fields are.

    Returns:
        A function for typer to read options from. It puts the values of a group's fields into the group and
        calls ``command``. Its ``headings`` say in which section of the help an option stands, by the name of
        its parameter.
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: hint for name, hint in hints.items() if is_dataclass(hint)}
    parameters: list[inspect.Parameter] = []
    headings: dict[str, str] = {}
    for name, parameter in inspect.signature(command).parameters.items():
        if name in groups:
            parameters += _parameters(groups[name])
            heading = getattr(groups[name], "heading", FINDING)
            headings |= {field.name: heading for field in fields(groups[name])}
        else:
            parameters.append(parameter.replace(annotation=hints[name], kind=parameter.KEYWORD_ONLY))

    def grouped(**values: Any) -> int:
        for name, group in groups.items():
            values[name] = group(**{field.name: values.pop(field.name) for field in fields(group)})
        return command(**values)

    grouped.headings = headings  # type: ignore[attr-defined]
    grouped.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    grouped.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return grouped


def _parameters(group: Any) -> Iterator[inspect.Parameter]:
    """Yield a parameter for each field of an option group."""
    hints = get_type_hints(group, include_extras=True)
    for field in fields(group):
        default = inspect.Parameter.empty if field.default is MISSING else field.default
        yield inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hints[field.name]
        )
