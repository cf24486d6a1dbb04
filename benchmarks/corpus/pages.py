"""How fast web pages are read: in the guarded process, without it, and by lxml alone.

``python -m benchmarks corpus.pages`` makes 300 pages (invented documents with a menu, a list of links, a
script and a foot around them), reads each of them five times in turn, and writes ``pages.csv``. ``lxml
alone`` is the limit: the tree and nothing of it; ``trafilatura alone`` is the peer: the article alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from random import Random

from benchmarks.dedupe.shapes import shaped
from benchmarks.machine import describe, medians, record
from pdtool.corpus.parsing.html import parse
from pdtool.corpus.parsing.parser_process import close_parser, parse_file
from tests.texts.grammar import Writer, subjects

__all__ = ["main"]

PAGES = 300
CHARACTERS = 2_000
SEED = 7


def _page(rng: Random) -> str:
    author = Writer(rng.choice(sorted(subjects())), rng)
    lines = shaped(author, rng, CHARACTERS).split("\n")
    title, paragraphs = escape(lines[0]), "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    menu = "".join(f'<li><a href="/c{n}/">{author.write("{thing}")}</a></li>' for n in range(30))
    links = "".join(f'<li><a href="/n{n}.html">{author.write("{action}")}</a></li>' for n in range(20))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>'
        f"<script>var items = {list(range(300))};</script></head><body>"
        f'<div id="nav"><ul>{menu}</ul></div><div class="content"><h1>{title}</h1>{paragraphs}</div>'
        f'<div class="side"><ul>{links}</ul></div><div id="footer">{author.write("{actor}")}</div>'
        "</body></html>"
    )


def _write(folder: Path) -> list[str]:
    rng = Random(SEED)
    paths = []
    for number in range(PAGES):
        path = folder / f"{number:03}.html"
        path.write_text(_page(rng), encoding="utf-8")
        paths.append(str(path))
    return paths


def _readers(out: Path) -> Iterator[tuple[str, Callable[[str], object]]]:
    import lxml.html
    import trafilatura

    def data(path: str) -> bytes:
        return Path(path).read_bytes()

    yield "pdtool, guarded", lambda path: parse_file("html", path, out)
    yield "pdtool, without the guard", parse
    yield "trafilatura alone", lambda path: trafilatura.extract(data(path), favor_recall=True)
    yield "lxml alone", lambda path: lxml.html.document_fromstring(data(path))


def main() -> None:
    """Record the seconds."""
    with tempfile.TemporaryDirectory(prefix="pdtool-bench-") as name:
        paths = _write(Path(name))
        size = sum(Path(path).stat().st_size for path in paths) / 1e6
        readers = dict(_readers(Path(name) / "out.json"))
        found = medians(
            {
                name: lambda read=read: [read(path) for path in paths]  # type: ignore[misc]
                for name, read in readers.items()
            }
        )
        close_parser()
    machine = describe("pdtool", "trafilatura", "lxml")
    rows = [
        {
            "what": name,
            "pages": PAGES,
            "mb": f"{size:.1f}",
            "seconds": f"{seconds:.2f}",
            "ms_per_page": f"{1e3 * seconds / PAGES:.1f}",
            "machine": machine,
        }
        for name, seconds in found.items()
    ]
    record(Path(__file__).with_suffix(".csv"), rows)


if __name__ == "__main__":
    main()
