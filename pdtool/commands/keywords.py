"""``pdtool keywords``: what each document, or the pile, is about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pdtool.commands import option_groups as shared
from pdtool.commands.keywords_run import Level, Method, Request, SegmenterChoice, WordFiles, run
from pdtool.errors import UsageError
from pdtool.output.messages import Reporter
from pdtool.output.target import Format

if TYPE_CHECKING:
    from pdtool.keywords.tasks import RankerSettings

__all__ = ["HELP", "keywords"]

HELP = """Find what each document, or the whole corpus, is about.

\b
Examples:
  pdtool keywords reports/                        ten keywords a document
  pdtool keywords reports/ --top 5 -o words.xlsx  five, for Excel
  pdtool keywords reports/ --level corpus         of all documents together
  pdtool keywords new/ --method keyness --against archive/
                                                  what is said more there
  pdtool keywords reports/ --userdict terms.txt   keep your terms whole

PATHS are files, folders, patterns in quotes ('**/*.txt'), or - for standard
input: texts (.txt .md .docx .pdf .html .mht), tables with a document a row
(.csv .tsv .jsonl .xlsx .ods .parquet), and .zip archives of these.

\b
Methods:
  phrase    phrases of one to four words, as authors choose their keywords
  tfidf     single words, by frequency and rarity
  textrank  single words, by the company they keep
  keyness   phrases that are more frequent here than in --against

Text is repaired first. Title, authors and the keywords that a paper declares
are not counted as text; declared ones are marked.
"""


_Method = Annotated[Method, typer.Option(help="How keywords are ranked.")]
_Top = Annotated[int, typer.Option(metavar="N", help="List the N best of each document.")]
_Level = Annotated[Level, typer.Option(help="Keywords of each document, or of all together.")]
_Against = Annotated[
    list[str] | None,
    typer.Option(metavar="CORPUS", help="With --method keyness: the documents to compare with. Repeatable."),
]
_Nested = Annotated[
    bool, typer.Option("--nested/--no-nested", help="List a phrase and a part of it both, or the better.")
]
_Segmenter = Annotated[
    SegmenterChoice, typer.Option(help="What cuts words; both give the same, jieba much slower.")
]
_Userdict = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Your terms, one a line, kept whole (jieba's format).")
]
_Stopwords = Annotated[
    Path | None, typer.Option(metavar="FILE", help="More words that no keyword may contain, one a line.")
]
_NoStopwords = Annotated[bool, typer.Option("--no-stopwords", help="Do without the built-in stop words.")]


def keywords(
    paths: shared.Paths,
    method: _Method = Method.PHRASE,
    top: _Top = 10,
    level: _Level = Level.DOCUMENT,
    against: _Against = None,
    nested: _Nested = True,
    segmenter: _Segmenter = SegmenterChoice.RJIEBA,
    userdict: _Userdict = None,
    stopwords: _Stopwords = None,
    no_stopwords: _NoStopwords = False,
    table_format: shared.FormatOption = Format.AUTO,
    output: shared.Output = None,
    plain: shared.Plain = False,
    encoding: shared.Encoding = None,
    text_column: shared.TextColumn = None,
    id_column: shared.IdColumn = None,
    title_column: shared.TitleColumn = None,
    jobs: shared.Jobs = 0,
    config: shared.Config = None,  # noqa: ARG001 (its callback applies it before the others are read)
    manifest: shared.Manifest = None,
    quiet: shared.Quiet = False,
    verbose: shared.Verbose = False,
) -> int:
    """Resolve the options and run; the exit code."""
    reporter = shared.reporter_of(quiet, verbose)
    target = shared.output_target(table_format, output, plain, manifest)
    _check(method, top, paths, against or ())
    words = WordFiles(segmenter, userdict, stopwords, not no_stopwords)
    request = Request(
        paths=tuple(paths),
        against=tuple(against or ()),
        read=shared.read_options(encoding, text_column, id_column, title_column),
        method=method,
        level=level,
        top=top,
        nested=nested,
        settings=_settings(method, words, reporter),
        words=words,
        jobs=jobs,
        target=target,
        manifest=manifest,
    )
    return run(request, reporter)


def _check(method: Method, top: int, paths: Sequence[str], against: Sequence[str]) -> None:
    if top < 1:
        raise UsageError(f"cannot list {top} keywords", "use --top 10")
    if method is Method.KEYNESS and not against:
        raise UsageError("--method keyness needs something to compare with", "add --against CORPUS")
    if against and method is not Method.KEYNESS:
        raise UsageError("--against belongs to --method keyness", "add --method keyness")
    if "-" in paths and "-" in against:
        raise UsageError("standard input can be read only once", "name a file for one of the two")


def _settings(method: Method, words: WordFiles, reporter: Reporter) -> RankerSettings:
    """Read the user's words."""
    from pdtool.keywords.tasks import RankerSettings
    from pdtool.keywords.user_words import load_stop_words, load_user_dictionary
    from pdtool.segment.stop_words import stop_words

    terms = load_user_dictionary(str(words.userdict)) if words.userdict is not None else ()
    own = load_stop_words(str(words.stopwords)) if words.stopwords is not None else frozenset[str]()
    for path, found in ((words.userdict, terms), (words.stopwords, own)):
        if path is not None and not found:
            reporter.warn(f"{path}: holds no words")
    # Keyness tests what the phrase ranker proposes.
    ranker = Method.PHRASE if method is Method.KEYNESS else method
    return RankerSettings.of(ranker.value, words.segmenter.value, terms, stop_words(own, words.builtin))
