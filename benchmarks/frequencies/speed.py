"""How fast ``pdtool freq`` is: whole processes on 10,000 documents, in turn with the peers, medians.

The peers (:mod:`benchmarks.frequencies.peers`) repair nothing and leave nothing out.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.workbench import PDTOOL, bench, corpus, peer
from pdtool.terms.load import load_dictionary

DOCUMENTS = 10_000
_OF_JIEBA = 500
"""Documents that jieba cuts: it takes as long for each whatever their number."""


def main() -> None:
    """Print and record the figures."""
    with corpus() as (path, folder):
        size = path.stat().st_size / 1e6
        terms, out = folder / "terms.txt", str(folder / "out")
        terms.write_text("\n".join(entry.term for entry in load_dictionary()[0].entries), encoding="utf-8")
        options = {
            "freq": (),
            "freq --terms FILE": ("--terms", str(terms)),
        }
        commands = {
            **{
                name: (*PDTOOL, "freq", str(path), "-q", *more, "-o", f"{out}.csv")
                for name, more in options.items()
            },
            "rjieba and CountVectorizer": peer(
                "benchmarks.frequencies.peers", "rjieba", str(path), str(DOCUMENTS), out
            ),
            f"jieba and CountVectorizer, {_OF_JIEBA} documents": peer(
                "benchmarks.frequencies.peers", "jieba", str(path), str(_OF_JIEBA), out
            ),
        }
        sizes = {name: size * (_OF_JIEBA / DOCUMENTS if name.startswith("jieba") else 1) for name in commands}
        packages = ("numpy", "scipy", "scikit-learn", "rjieba", "jieba")
        bench(Path(__file__).with_suffix(".csv"), commands, sizes, packages)


if __name__ == "__main__":
    main()
