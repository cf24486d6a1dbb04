"""A co-word network without pdtool: ``python -m benchmarks.network.peers TERMS CORPUS OUT``.

The method of quanteda's ``fcm`` in Python: sentences, cut at their full stops and segmented by rjieba with
the terms in its dictionary, become rows of scikit-learn's CountVectorizer; the matrix times itself says how
often two terms stand together. No measure of association, no community, and nothing is repaired.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from benchmarks.texts import texts_of

_END = re.compile("[。！？\n]")


def main() -> None:
    """Count, and write the pairs of terms that stand together."""
    listed, corpus, out = sys.argv[1:]
    import rjieba
    from scipy.sparse import triu
    from sklearn.feature_extraction.text import CountVectorizer

    terms = Path(listed).read_text(encoding="utf-8").split()
    segmenter = rjieba.Jieba()
    for term in terms:
        segmenter.add_word(term, None, None)
    sentences = (
        " ".join(segmenter.cut(sentence))
        for _, text in texts_of(Path(corpus))
        for sentence in _END.split(text)
    )
    counts = CountVectorizer(analyzer=str.split, vocabulary=terms, binary=True).fit_transform(sentences)
    pairs = triu(counts.T @ counts, k=1).tocoo()
    cells = zip(pairs.row, pairs.col, pairs.data, strict=True)
    lines = [f"{terms[one]}\t{terms[other]}\t{count}\n" for one, other, count in cells]
    Path(out).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
