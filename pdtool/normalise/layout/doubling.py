"""Text that was extracted twice: slides as sharing sites print them.

Every line (``公文的格式公文的格式``), every paragraph or every sentence is printed and at once printed again.
Repetition is also a means of style (高高兴兴, ``好！好！``, refrains, slogans, equal cells of a table), so
one repetition proves nothing: the document must have the habit, and a unit must occur exactly twice in a row
and say something.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress, groupby, islice
from operator import itemgetter

import numpy as np

from pdtool.late_patterns import late_pattern
from pdtool.normalise.layout.doubled_runs import RunEdit, doubled_runs, may_have_doubled_runs
from pdtool.normalise.layout.doubled_units import letters, says_something
from pdtool.text.edits import Edits
from pdtool.text.line_table import LineTable, Mask
from pdtool.text.lines import lines_of

__all__ = ["doubling", "doubling_throughout", "may_be_doubled"]

# Set on doubled copies of made-up documents and on the poems, slogans, lists and tables of
# tests/cases/normalise (November 2026).
_SHORTEST = 4
"""Letters of the shortest unit: shorter ones are said twice in earnest."""
_SHORTEST_BY_HABIT = 2
"""Letters of the shortest unit in a text that says everything twice."""
_FEWEST = 3
"""Doubled units that make a habit."""
_GLUED_SHARE = 0.2
"""Share of the letters that is doubled within lines, where nobody repeats himself; both copies count."""
_SHARE = 0.5
"""Share of the letters that is doubled line by line or sentence by sentence; both copies count."""
_NEARLY_ALL = 0.95
"""Share of the letters doubled by lines and sentences alone: other copies are not looked for."""
_SPARED = 0.005
"""Share of a text that is doubled throughout that may not be: a sign that was lost here and there."""
_LONG = 50
"""Letters of a unit that nobody says twice in earnest."""
_SMALLEST_WHOLE = 20
"""Letters of a text that is doubled as a whole, in fewer units."""
_LONGEST = 4000
"""Characters of the longest sentence whose copy is looked for."""
_PROBE = 4
"""Characters by which a copy is looked for."""
_PROBES = 8
"""How many occurrences of these characters are tried."""
_ENDS = "。！？!?；;"
_sentence_end = late_pattern(f"[{_ENDS}][”’）)]?")


_Copy = tuple[int, int, str]
"""Start and end of a second copy, and the rule that found it."""


def doubling(text: str) -> Edits:
    r"""Find what a text that has the habit says twice in a row.

    Args:
        text: Line ends are ``\n``.

    Returns:
        Edits that delete each second copy.

    >>> text = "公文的格式公文的格式\n一是标题要准确一是标题要准确\n二是结构要完整二是结构要完整"
    >>> doubling(text).apply(text)[0]
    '公文的格式\n一是标题要准确\n二是结构要完整'
    >>> len(doubling("高高兴兴，讨论讨论。\n好！好！"))
    0
    """
    copies = _copies_of_habit(text)
    if _cover(text, copies, _NEARLY_ALL):
        return _edits(text, copies)
    return _run_edits(text, doubled_runs(text)) or _edits(text, copies)


def doubling_throughout(text: str) -> Edits:
    r"""Find what a text says twice in a row that says everything twice, its page numbers too.

    It was printed twice after its pages were numbered. Taken out of each copy on its own, what looks like a
    page number in one of them would part the two.

    Args:
        text: Line ends are ``\n``.

    Returns:
        Edits that delete each second copy; none where any other part of the text is not doubled.

    >>> said = [f"议题在第一季共有\n{count}\n件，办结率达九成。" for count in (13, 17, 15)]
    >>> text = "\n".join(2 * paragraph for paragraph in said)
    >>> doubling_throughout(text).apply(text)[0] == "\n".join(said)
    True
    """
    if not may_have_doubled_runs(text):  # most texts that say a line or two again
        return Edits.of(text, [])
    copies = _copies_of_habit(text)
    if _cover(text, copies, 1 - _SPARED):
        return _edits(text, copies)
    return _run_edits(text, doubled_runs(text, uncovered=_SPARED))


def _copies_of_habit(text: str) -> list[_Copy]:
    """Return the second copies of lines and sentences of a text that has the habit; none of any other."""
    copies = list(_copies(text)) if _may_be_doubled(text) else []
    return list(_copies(text, _SHORTEST_BY_HABIT)) if copies and _is_habit(text, copies) else []


def _cover(text: str, copies: Sequence[_Copy], share: float) -> bool:
    """Return whether some copies and what they copy hold at least a share of the letters of a text."""
    copied = sum(letters(text[start:end]) for start, end, _ in copies)
    return bool(copies) and 2 * copied >= share * letters(text)


def _edits(text: str, copies: Sequence[_Copy]) -> Edits:
    return Edits.of(text, [(start, end, "") for start, end, _ in copies], [rule for _, _, rule in copies])


def _run_edits(text: str, runs: Sequence[RunEdit]) -> Edits:
    return Edits.of(text, runs, ["copied_run"] * len(runs))


# Prefilter --------------------------------------------------------------------------------------------


def may_be_doubled(texts: Sequence[str], lines: LineTable) -> Mask:
    """Return which of some texts may say anything twice.

    The outer characters of lines and sentences rule most of them out; the others are compared as
    :func:`_may_be_doubled` does.
    """
    runs = np.fromiter(map(may_have_doubled_runs, texts), np.bool_, len(texts))
    return lines.any(_lines_alike(lines) | _halves_alike(lines)) | _sentences_alike(lines) | runs


def _lines_alike(lines: LineTable) -> Mask:
    """Return which lines but short ones are the same as the one before."""
    found = np.zeros(len(lines.starts), dtype=np.bool_)
    long = np.flatnonzero(lines.lengths >= _SHORTEST)
    one, other = long[:-1], long[1:]
    texts = lines.texts
    alike = (
        (texts[one] == texts[other])
        & (lines.lengths[one] == lines.lengths[other])
        & (lines.codes[lines.starts[one]] == lines.codes[lines.starts[other]])
        & (lines.codes[lines.ends[one] - 1] == lines.codes[lines.ends[other] - 1])
    )
    pairs = zip(one[alike].tolist(), other[alike].tolist(), strict=True)
    found[other[alike]] = [lines[first] == lines[second] for first, second in pairs]
    return found


def _halves_alike(lines: LineTable) -> Mask:
    """Return which lines are one unit twice."""
    half = lines.lengths // 2
    found: Mask = half >= _SHORTEST
    found &= lines.codes[lines.starts] == lines.codes[lines.ends - half]
    found &= lines.codes.take(lines.starts + half - 1, mode="clip") == lines.codes[lines.ends - 1]
    at = np.flatnonzero(found)
    found[at] = [_half(lines[line]) > 0 for line in at.tolist()]
    return found


def _sentences_alike(lines: LineTable) -> Mask:
    """Return which texts have two sentences in a row of which the first ends in the second."""
    bounds = np.append(lines.starts[lines.firsts], len(lines.codes))
    stopped = lines.codes == ord("。")
    stopped[bounds[1:] - 1] = True
    stops = np.flatnonzero(stopped)
    lengths = np.diff(stops, prepend=-1) - 1
    again = (lengths[1:] >= _SHORTEST) & (lengths[1:] <= lengths[:-1])
    for distance in range(1, _SHORTEST + 1):
        behind = lines.codes.take(stops - distance, mode="clip")
        again &= behind[1:] == behind[:-1]
    texts = np.searchsorted(bounds, stops, "right") - 1
    again &= texts[1:] == texts[:-1]
    at = np.flatnonzero(again)
    spans = zip(stops[at].tolist(), stops[at + 1].tolist(), lengths[at + 1].tolist(), strict=True)
    again[at] = [
        lines.text[first - length : first] == lines.text[second - length : second]
        for first, second, length in spans
    ]
    return np.isin(np.arange(len(lines.firsts)), texts[1:][again])


# Copies -----------------------------------------------------------------------------------------------


def _may_be_doubled(text: str) -> bool:
    """Return whether anything may be doubled, by neighbours only: lines, halves of lines, sentences."""
    previous = ""
    for line in lines_of(text):
        if len(line) >= _SHORTEST:
            if line == previous or (line[0] == line[-(len(line) // 2)] and _half(line)):
                return True
            previous = line
    sentences = text.split("。")
    copied = map(str.endswith, sentences, sentences[1:])
    return any(len(copy) >= _SHORTEST for copy in compress(sentences[1:], copied))


def _is_habit(text: str, copies: list[_Copy]) -> bool:
    sizes = [(letters(text[start:end]), rule) for start, end, rule in copies]
    glued = [size for size, rule in sizes if rule == "glued_copy"]
    long = sum(size for size, _ in sizes if size >= _LONG)
    every = sum(size for size, _ in sizes)
    if len(copies) < _FEWEST and not long and every < _SMALLEST_WHOLE:
        return False  # most texts with a copy: their letters need not be counted
    total = letters(text)
    if 2 * long >= _GLUED_SHARE * total and long:
        return True
    if len(glued) >= _FEWEST and 2 * sum(glued) >= _GLUED_SHARE * total:
        return True
    whole = 2 * every == total and every >= _SMALLEST_WHOLE
    return whole or (len(copies) >= _FEWEST and 2 * every >= _SHARE * total)


def _half(line: str, shortest: int = _SHORTEST) -> int:
    """Return the length of the unit if a line is one unit twice, with or without a blank between; else 0.

    >>> _half("公文的格式公文的格式"), _half("公文的格式 公文的格式"), _half("加油加油加油加油")
    (5, 5, 0)
    """
    half = len(line) // 2
    if half < shortest or line[0] != line[len(line) - half]:
        return 0
    if len(line) % 2 and not line[half].isspace():
        return 0
    unit = line[:half]
    return half if unit == line[len(line) - half :] and says_something(unit, shortest) else 0


def _copies(text: str, shortest: int = _SHORTEST) -> Iterator[_Copy]:
    """Yield the second copies, line by line."""
    for line, group in groupby(_lines(text), key=itemgetter(0)):
        # A line that occurs twice in a row is a copy, one that occurs more often is not.
        run = [(start, start + len(line)) for _, start in islice(group, 3)]
        start, end = run[0]
        half = _half(line, shortest)
        if len(run) == 2 and says_something(line.strip(), shortest):
            yield end, run[1][1], "line_copy"
        elif half:
            yield start + half, end, "glued_copy"
        elif len(run) == 1 and _sentence_end().search(text, start, end - 1):  # two sentences, or nothing
            yield from _sentence_copies(text, start, end, shortest)


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Yield the lines that are not blank, and where they begin."""
    start = 0
    for line in lines_of(text):
        if line and not line.isspace():
            yield line, start
        start += len(line) + 1


def _sentence_copies(text: str, start: int, end: int, shortest: int) -> Iterator[_Copy]:
    """Yield the second copies of the sentences of one line."""
    while start < end:
        copy = _copy_after(text, start, end, shortest)
        if copy:
            yield start + copy, start + 2 * copy, "sentence_copy"
            start += 2 * copy
        else:
            following = _sentence_end().search(text, start, end)
            start = following.end() if following else end


def _copy_after(text: str, start: int, end: int, shortest: int) -> int:
    """Return the length of the unit that begins at ``start`` if it occurs exactly twice in a row; else 0."""
    probe = text[start : min(start + _PROBE, end)]
    second = text.find(probe, start + 1, min(end, start + _LONGEST)) if len(probe) == _PROBE else -1
    for _ in range(_PROBES):
        length = second - start
        if length <= 0 or second + length > end:
            break
        unit = text[start:second]
        if text.startswith(unit, second) and not text.startswith(unit, second + length):
            closed = unit[-1] in _ENDS or _sentence_end().search(unit[-2:]) or second + length == end
            return length if closed and says_something(unit, shortest) else 0
        second = text.find(probe, second + 1, min(end, start + _LONGEST))
    return 0
