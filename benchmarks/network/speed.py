"""How fast ``pdtool network`` is: 1,000 terms, the sentences of 10,000 documents, in turn with a peer."""

from __future__ import annotations

import subprocess
from pathlib import Path

from benchmarks.workbench import PDTOOL, bench, corpus, peer

TERMS = 1_000


def _write_terms(path: Path, terms: Path) -> None:
    """Write the commonest words of a corpus, one a line."""
    asked = [*PDTOOL, "freq", str(path), "--top", str(TERMS), "--format", "tsv", "--plain", "-q"]
    lines = subprocess.run(asked, stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()[1:]
    terms.write_text("\n".join(line.split("\t")[0] for line in lines), encoding="utf-8")


def main() -> None:
    """Print and record the figures."""
    with corpus() as (path, folder):
        terms, out = folder / "terms.txt", str(folder / "out.csv")
        _write_terms(path, terms)
        commands = {
            f"network, {TERMS:,} terms, sentences": (
                *(*PDTOOL, "network", str(path), "-q"),
                *("--terms", str(terms), "--unit", "sentence", "-o", out),
            ),
            "rjieba, CountVectorizer and a product": peer(
                "benchmarks.network.peers", str(terms), str(path), out
            ),
        }
        size = path.stat().st_size / 1e6
        packages = ("numpy", "scipy", "scikit-learn", "rjieba", "igraph")
        bench(Path(__file__).with_suffix(".csv"), commands, dict.fromkeys(commands, size), packages)


if __name__ == "__main__":
    main()
