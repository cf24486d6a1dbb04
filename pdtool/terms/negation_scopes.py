"""What a clause negates.

The negators of a clause are found from left to right. Those that two by two affirm (不得不, 不能忽视),
that ask (有没有) and that stand in a condition (没有…就没有) are taken out. What is left governs what stands
behind it up to the end of the clause, up to a word of contrast, or up to the 的 that ends a relative clause;
and the subject of a verb of coming about (平台尚未建成) or an object that was brought to the front
(对申请不予受理).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pdtool.terms.negation_words import Cue, CueKind, negation_words

__all__ = ["ClauseScopes", "scopes_of"]

_NEGATING = (CueKind.ADVERB, CueKind.EXISTENCE, CueKind.VERB)
_AFFIRMED = (CueKind.EXISTENCE, CueKind.VERB, CueKind.AFFIRMED)
_FARTHEST_AFFIRMED = 14
"""Characters between a negator and the verb that makes an affirmation of it: 不得以任何理由拒绝."""
_NOBODY = frozenset({"没有", "没", "无", "无一", "无人", "从无", "绝无", "莫"})
"""Behind these a second negator affirms though words stand between: 没有一个部门不."""
_FARTHEST_SECOND = 5
_COORDINATED = re.compile("[、也又既并且和或的]")
_PARTED = re.compile("[、的之并且也]")
_ASKING = re.compile(r"(?<![智功可性效技机职节产潜])(?P<verb>[\u4e00-\u9fff]{1,2})[不没](?P=verb)")
_NOT_DOUBLE = frozenset({"未经", "而非"})
_AT_BEGINNING = 2
"""Characters before a negator with which a clause may be the condition of the next."""
_CONSEQUENCE_WITHIN = 9
"""Characters at the beginning of a clause in which a word of consequence stands."""
_ORDERED = frozenset({"不得", "不予", "不准", "不许", "不再", "禁止", "严禁", "切勿", "请勿"})
"""What is ordered under a condition is ordered: 条件不成熟就不得推广."""
_NOT_NEEDED = frozenset({"不用", "不必", "不须", "无须", "无需", "毋须"})
"""What needs not be done is no condition: 不用跑县城，医保就能报销."""
_NOT = ("未", "不", "尚未")
_THERE_IS_NONE = ("没", "无", "缺", "尚无", "仍无", "并无", "毫无")
_IS_NEEDED = ("不行", "不可", "不成")
_OF = re.compile("的|之(?![一间中外内下上前后类所余首初])")
_PREPOSITIONS = ("对", "在", "由", "向", "给", "为", "让", "把", "将", "从", "与", "和")
_LISTED = ("、", "或", "和", "及")
_LISTING = "、或且而"
_CLOSERS = {"”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", "）": "（", ")": "(", "】": "【"}
_BLANKS = " \u3000"
_TRAILING = "的了时前后者”’」』》）)"
_BESIDE = "”’」』》）) "
_MODAL = frozenset({"不得", "不能", "不可", "不会", "不应", "不该", "不宜", "不许", "不准", "不要"})
"""Behind these the subject of a verb of coming about is not said to be missing."""
_SHORT_VERB = 4


@dataclass(frozen=True, slots=True)
class ClauseScopes:
    """What a clause negates.

    Args:
        spans: Half-open spans; what begins in one of them is negated.
        subjects: Where subjects of negated verbs of coming about end; what ends there is negated.
    """

    spans: tuple[tuple[int, int], ...] = ()
    subjects: frozenset[int] = frozenset()

    def hold(self, start: int, end: int) -> bool:
        """Return whether a stretch of the clause is negated."""
        return end in self.subjects or any(first <= start < last for first, last in self.spans)


def scopes_of(clause: str, following: str = "", preceding: str = "") -> ClauseScopes:
    """Return what a clause negates.

    Args:
        clause: In either script, without what ends it.
        following: The clause behind it in the same sentence; empty if there is none.
        preceding: The clause before it in the same sentence.

    >>> scopes_of("各地不得提高收费标准").spans, scopes_of("不得不提高收费标准").spans
    (((4, 10),), ())
    """
    plain, after, before = (
        text.translate(negation_words().simplified) for text in (clause, following, preceding)
    )
    cues = _with_questions(plain, list(negation_words().cues(plain)))
    single, undone = _single(plain, cues)
    negators = _not_hypothetical(plain, single, cues, after, before)
    spans = sorted([*undone, *(span for cue in negators for span in _spans(plain, cue, negators, after))])
    subjects = frozenset(end for cue in negators for end in _subject_ends(plain, cue))
    return ClauseScopes(tuple(_joined(spans)), subjects)


def _joined(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield sorted spans, those that overlap as one."""
    if not spans:
        return
    start, end = spans[0]
    for first, last in spans[1:]:
        if first > end:
            yield start, end
            start = first
        end = max(end, last)
    yield start, end


def _with_questions(clause: str, cues: list[Cue]) -> list[Cue]:
    """Return the cues without those inside a question such as 建不建, and with those questions."""
    asked = [
        Cue(found.start(), found.end(), found[0], CueKind.QUESTION) for found in _ASKING.finditer(clause)
    ]
    if not asked:
        return cues
    outside = [cue for cue in cues if not any(one.start <= cue.start < one.end for one in asked)]
    return sorted([*outside, *asked], key=lambda cue: cue.start)


def _single(clause: str, cues: Sequence[Cue]) -> tuple[list[Cue], list[tuple[int, int]]]:
    """Return the negators that are not undone by another word, and the verbs that undo the others.

    Who may not refuse a thing does not refuse it: of 不得拒绝申请 the refusal is negated, the application
    is not.
    """
    words = [cue for cue in cues if cue.kind is not CueKind.LOOK_ALIKE]
    found: list[Cue] = []
    undone: list[tuple[int, int]] = []
    place = 0
    while place < len(words):
        cue = words[place]
        second = words[place + 1] if place + 1 < len(words) else None
        if second is not None and _affirm(clause, cue, second):
            undone += [] if second.kind is CueKind.ADVERB else [(second.start, second.end)]
            place += 2
        else:
            found += [cue] if cue.kind in _NEGATING else []
            place += 1
    needed = bool(found) and found[-1].word in _IS_NEEDED and found[-1].end == len(clause)
    return ([] if needed else found), undone


def _affirm(clause: str, first: Cue, second: Cue) -> bool:
    """Return whether two words beside one another are a double negation."""
    if first.kind not in (CueKind.ADVERB, CueKind.EXISTENCE) or first.word in _NOT_DOUBLE:
        return False
    between = clause[first.end : second.start]
    if second.kind is CueKind.ADVERB:
        if not between:
            return second.word[0] in "不没未无"
        near = first.word in _NOBODY and len(between) <= _FARTHEST_SECOND
        return near and second.word[0] == "不" and not _COORDINATED.search(between)
    # 不得拒绝、隐瞒: of a list each is negated.
    listed = clause[second.end : second.end + 1] in _LISTED
    if second.kind not in _AFFIRMED or len(between) > _FARTHEST_AFFIRMED or listed:
        return False
    is_noun = second.kind is CueKind.AFFIRMED and len(between) > _AT_BEGINNING and second.end == len(clause)
    return not is_noun and not _PARTED.search(between)


def _not_hypothetical(
    clause: str, negators: list[Cue], cues: Sequence[Cue], following: str, preceding: str
) -> list[Cue]:
    """Return the negators that stand in no question and no condition."""
    first_question = min((cue.start for cue in cues if cue.kind is CueKind.QUESTION), default=len(clause))
    first_condition = min((cue.start for cue in cues if cue.kind is CueKind.CONDITION), default=len(clause))
    consequence = _first(negation_words().consequences, clause, 0)
    result = []
    for cue in negators:
        behind = consequence <= cue.start
        if cue.start >= first_question:
            continue
        if behind and cue.word not in _ORDERED and _denies(clause[:consequence] or preceding):
            continue
        if not behind and (cue.start >= first_condition or _is_condition(clause, cue, following)):
            continue
        result.append(cue)
    return result


def _denies(text: str) -> bool:
    """Return whether a text holds a negator."""
    return any(cue.kind in _NEGATING for cue in negation_words().cues(text))


def _is_condition(clause: str, cue: Cue, following: str) -> bool:
    """Return whether a negation is the condition of what follows: 没有信息化就没有现代化."""
    words = negation_words().consequences
    if _first(words, clause, cue.end) < len(clause):
        return True
    if cue.word in _NOT_NEEDED:
        return False
    beginning = following[:_CONSEQUENCE_WITHIN]
    return cue.start <= _AT_BEGINNING and _first(words, beginning, 0) < len(beginning)


def _first(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Return where a word of a pattern with exceptions stands first; the length of the text if nowhere."""
    found = (match.start() for match in pattern.finditer(text, start) if match["word"])
    return next(found, len(text))


def _spans(clause: str, cue: Cue, negators: Sequence[Cue], following: str) -> Iterator[tuple[int, int]]:
    """Yield what a negator governs."""
    end = _scope_end(clause, cue, negators, following)
    if cue.end < end:
        yield cue.end, end
    fronted = _fronted(clause, cue)
    if fronted is not None:
        yield fronted


def _scope_end(clause: str, cue: Cue, negators: Sequence[Cue], following: str) -> int:
    words = negation_words()
    if cue.word == "未经":
        later = [other.start for other in negators if other.start >= cue.end]
        approval = words.approvals.search(clause, cue.end)
        done = len(clause) if approval is None else approval.end()
        end = min([_first(words.without_barriers, clause, cue.end), done, *later])
    else:
        barriers = words.next_verbs if cue.kind is CueKind.VERB else words.barriers
        # 不得擅自: what stands right behind a negator is negated and no barrier.
        end = _before_next(clause, cue, negators, _first(barriers, clause, cue.end + 1))
    return _relative_end(clause, cue, _closed(clause, cue.end, end), following)


def _before_next(clause: str, cue: Cue, negators: Sequence[Cue], end: int) -> int:
    """Return the end of a scope, before the subject of the next one: 小事不出村、大事不出镇."""
    kinds = (CueKind.ADVERB, CueKind.EXISTENCE)
    later = next((one.start for one in negators if cue.end < one.start < end and one.kind in kinds), None)
    listed = -1 if later is None else max(clause.rfind(mark, cue.end, later) for mark in _LISTING)
    return end if listed < 0 else listed


def _closed(clause: str, start: int, end: int) -> int:
    """Return where the brackets or quotation marks close in which a scope begins, or its end.

    A blank ends it as well: that of a heading, or between two of them.
    """
    opened: list[str] = []
    for position in range(start, end):
        mark = clause[position]
        if mark in _BLANKS:
            return position
        if mark in _CLOSERS.values():
            opened.append(mark)
        elif mark in _CLOSERS and (not opened or opened.pop() != _CLOSERS[mark]):
            return position
    return end


def _relative_end(clause: str, cue: Cue, end: int, following: str) -> int:
    """Return the 的 or 之 of the relative clause in which a scope lies, or its end."""
    ends = [found.start() for found in _OF.finditer(clause, cue.end, end) if found.end() < end]
    if ends:
        predicate = min(_first(negation_words().predicates, clause, ends[0] + 1), end)
        if predicate < end or _describes(clause, cue, ends[-1]) or _goes_on(cue, following):
            return max(place for place in ends if place < predicate)
    elif cue.word.startswith(_THERE_IS_NONE):
        return min(end, _equated(clause, cue.end))
    return end


def _describes(clause: str, cue: Cue, end: int) -> bool:
    """Return whether a negation belongs to a relative clause, though nothing is said behind its noun."""
    before = clause[: cue.start]
    fronting = any(found["word"] in ("对", "对于") for found in negation_words().fronting.finditer(before))
    return fronting or before.endswith(_PREPOSITIONS) or clause[end - 1] == "过"


def _goes_on(cue: Cue, following: str) -> bool:
    """Return whether the next clause says something of the noun: 未作规定的事项，均按…执行."""
    found = negation_words().predicates.match(following)
    return cue.word.startswith(_NOT) and found is not None and bool(found["word"])


def _equated(clause: str, start: int) -> int:
    """Return where 是 says something of what a negation told: 没有违法记录是条件."""
    predicates = negation_words().predicates
    found = (match for match in predicates.finditer(clause, start) if match["word"] == "是")
    return next((match.start() for match in found if match.start() - start >= _AT_BEGINNING), len(clause))


def _fronted(clause: str, cue: Cue) -> tuple[int, int] | None:
    """Return the object that stands before the negator of its verb."""
    words = negation_words()
    verb = clause[cue.end :].rstrip(_TRAILING)
    is_verb = len(verb) <= _SHORT_VERB and (not cue.word.startswith("没") or verb in words.coming_about)
    found = [one for one in words.fronting.finditer(clause, 0, cue.start) if one["word"]]
    if cue.kind is not CueKind.ADVERB or not found:
        return None
    # 将 also says that something will be.
    takes = is_verb or found[-1]["word"] == "把" or (found[-1]["word"] == "将" and cue.word in _ORDERED)
    return (found[-1].end(), cue.start) if takes else None


def _subject_ends(clause: str, cue: Cue) -> Iterator[int]:
    """Yield where the subject of a verb of coming about ends."""
    words = negation_words()
    if cue.kind is CueKind.VERB or cue.word in _MODAL:
        return
    verb = _stripped(clause[cue.end :].rstrip(_TRAILING), words.behind_negators, words.coming_about)
    if verb not in words.coming_about:
        return
    end = cue.start
    while True:
        before = _shorter(clause[:end], words.before_negators)
        if before == end:
            break
        end = before
    yield end
    while end and clause[end - 1] in _BESIDE:
        end -= 1
        yield end


def _stripped(text: str, words: frozenset[str], kept: frozenset[str]) -> str:
    """Return a short text without the words that it begins with."""
    while text not in kept:
        longest = max((word for word in words if text.startswith(word)), key=len, default="")
        if not longest:
            break
        text = text[len(longest) :]
    return text


def _shorter(text: str, words: frozenset[str]) -> int:
    """Return the length of a text without the word that it ends with."""
    longest = max((word for word in words if text.endswith(word)), key=len, default="")
    return len(text) - len(longest)
