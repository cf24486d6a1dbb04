"""The labels of front matter: which of the words that may be labels announce something."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pdtool.documents.front_matter_forms import (
    LONGEST_TITLE,
    Label,
    blanks_end,
    front_matter_words,
    label_matches,
    label_opening,
    line_end,
    line_start,
    may_hold_number,
    number_pattern,
)
from pdtool.documents.keyword_lists import is_list_line, list_end, list_pieces

__all__ = ["find_labels"]

_HEAD = 8_000
"""Characters within which front matter is looked for."""
_SENTENCE_END = re.compile(r"[。！？!?]")
_BREAK_BEFORE = frozenset("。！？!?.;；:：])）】］〕》”’\"' \t\u3000\n")
"""What may stand before a label within a line."""
_NO_ABSTRACT_BEGINS = frozenset("的是等了和与中、，,。;；)）")
"""What follows the word 摘要 in a sentence, never as a label."""
_ALONE = frozenset({"keywords", "english_abstract", "english_keywords"})
"""Labels that may stand in a line of their own above what they announce; an abstract does so in any case."""


def find_labels(text: str) -> list[Label]:
    """Return the accepted labels and numbers of the head, in order, none twice but numbers and notes."""
    head = text[:_HEAD]
    numbers = [
        Label("number", label_opening(head, match.start()), match.end(), True, True)
        for match in (number_pattern().finditer(head) if may_hold_number(head) else ())
    ]
    labels = [_label_of(text, match) for match in label_matches(head)]
    if not numbers and not labels:
        return []
    accepted: list[Label] = []
    seen: set[str] = set()
    for label in sorted(numbers + labels, key=lambda label: label.start):
        free = not accepted or label.start >= accepted[-1].end
        if free and label.kind not in seen and (label.kind == "number" or _is_plausible(text, label)):
            accepted.append(label)
            seen |= {label.kind} - {"number", "note"}
            if label.kind == "abstract" and _is_glued_list(head, accepted):
                seen.discard("keywords")
    return _without_lone_abstract(accepted)


def _label_of(text: str, match: re.Match[str]) -> Label:
    kind = next(kind for kind in front_matter_words()["labels"] if match[kind])
    leads = not text[line_start(text, match.start()) : match.start()].strip()
    strong = bool(match["colon"] or (match["open"] and match["close"]))
    end = match.end()
    if leads and kind in _ALONE and end == line_end(text, end):
        end = blanks_end(text, end)
        strong = strong or kind == "english_abstract" or is_list_line(text, end)
    # A bracket that the label does not close belongs to what precedes it, or to a longer name.
    start = match.start() if match["close"] or match["bold"] else match.start(kind)
    return Label(kind, start, end, strong, leads)


def _is_plausible(text: str, label: Label) -> bool:
    """Return whether a label stands where labels do; the abstract and the keywords may follow a sentence."""
    separate = label.leads or text[label.start - 1] in _BREAK_BEFORE
    if label.kind == "abstract":
        # Glued to the title: what stands before it in its line is no longer than a title.
        return (separate and label.strong) or _follows_title(text, label)
    if label.kind == "keywords":
        return separate and list_end(text, label) > label.end
    return label.leads and label.strong if label.kind == "note" else separate and label.strong


def _follows_title(text: str, label: Label) -> bool:
    before = text[line_start(text, label.start) : label.start]
    begins = text[label.end : label.end + 1]
    early = label.start <= 5 * LONGEST_TITLE and len(before) <= LONGEST_TITLE
    return early and begins not in _NO_ABSTRACT_BEGINS and not _SENTENCE_END.search(before)


def _is_glued_list(text: str, labels: Sequence[Label]) -> bool:
    """Return whether the keywords above the abstract have no separators, which is what a site makes of them.

    Then those that the paper itself declares follow under the abstract.
    """
    values = (text[label.end : line_end(text, label.end)] for label in labels if label.kind == "keywords")
    return any(len(list(list_pieces(value.strip()))) == 1 for value in values)


def _without_lone_abstract(labels: list[Label]) -> list[Label]:
    """Drop an abstract within a line, or that nothing sets off, if no label follows: 摘要 is a word too."""
    following = {label.kind for label in labels}
    lone = not following & {"keywords", "english_abstract", "number"}
    return [one for one in labels if one.kind != "abstract" or not lone or (one.strong and one.leads)]
