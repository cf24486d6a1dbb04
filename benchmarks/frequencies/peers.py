"""Words counted without pdtool: ``python -m benchmarks.frequencies.peers NAME CORPUS DOCUMENTS OUT``.

The method of quanteda in Python: texts are segmented (by rjieba or jieba, which NAME says), and
scikit-learn's CountVectorizer makes of the segmented words the matrix of documents by words. Nothing is
repaired.
"""

from __future__ import annotations

import re
import sys
from itertools import islice
from pathlib import Path

from benchmarks.texts import texts_of

WORD = re.compile(r"\S{2,}")


def main() -> None:
    """Count, and write the hundred commonest words."""
    name, corpus, documents, out = sys.argv[1:]
    import jieba
    import rjieba
    from sklearn.feature_extraction.text import CountVectorizer

    cut = rjieba.cut if name == "rjieba" else jieba.lcut
    segmented = [" ".join(cut(text)) for _, text in islice(texts_of(Path(corpus)), int(documents))]
    vectorizer = CountVectorizer(analyzer=WORD.findall)
    totals = vectorizer.fit_transform(segmented).sum(axis=0).A1
    words = vectorizer.get_feature_names_out()
    lines = [f"{words[place]}\t{totals[place]}\n" for place in (-totals).argsort()[:100]]
    Path(out).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
