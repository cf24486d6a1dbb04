"""How fast ``pdtool topics`` is: twenty topics of 10,000 documents, in turn with scikit-learn alone."""

from __future__ import annotations

from pathlib import Path

from benchmarks.workbench import PDTOOL, bench, corpus, peer

TOPICS = 20


def main() -> None:
    """Print and record the figures."""
    with corpus() as (path, folder):
        out = str(folder / "out.csv")
        commands = {
            f"topics --topics {TOPICS}": (
                *(*PDTOOL, "topics", str(path), "-q", "--topics", str(TOPICS), "-o", out),
            ),
            "rjieba and scikit-learn": peer("benchmarks.topics.peers", str(TOPICS), str(path), out),
        }
        size = path.stat().st_size / 1e6
        packages = ("numpy", "scipy", "scikit-learn", "rjieba")
        bench(Path(__file__).with_suffix(".csv"), commands, dict.fromkeys(commands, size), packages)


if __name__ == "__main__":
    main()
