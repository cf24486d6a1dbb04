"""Topics without pdtool: ``python -m benchmarks.topics.peers TOPICS CORPUS OUT``.

scikit-learn alone: rjieba's words, CountVectorizer, and the same LatentDirichletAllocation with the settings
that pdtool gives it. Nothing is repaired.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from benchmarks.texts import texts_of

_WORD = re.compile(r"\S{2,}")
_BATCH, _PASSES = 256, 20
"""As :mod:`pdtool.topics.models` has them."""
_LEAST, _MOST = 2, 0.7
"""Documents that a word stands in at least, and their share at most: as ``pdtool topics`` has them."""


def main() -> None:
    """Fit, and write the ten words of each topic."""
    topics, corpus, out = sys.argv[1:]
    import rjieba
    from sklearn.decomposition import LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer
    from threadpoolctl import threadpool_limits

    segmented = (" ".join(rjieba.cut(text)) for _, text in texts_of(Path(corpus)))
    vectorizer = CountVectorizer(analyzer=_WORD.findall, min_df=_LEAST, max_df=_MOST)
    counts = vectorizer.fit_transform(segmented)
    model = LatentDirichletAllocation(
        int(topics), learning_method="online", batch_size=_BATCH, max_iter=_PASSES, random_state=0
    )
    with threadpool_limits(1):
        model.fit(counts)
        model.transform(counts)
    words = vectorizer.get_feature_names_out()
    lines = [" ".join(words[place] for place in (-row).argsort()[:10]) for row in model.components_]
    Path(out).write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
