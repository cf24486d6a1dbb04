"""Keywords of groups of documents: a group is ranked as the whole corpus is, by its own documents alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from pdtool.documents.grouping import Group
from pdtool.keywords.counting import Occurrences, Tally
from pdtool.keywords.keyness import Reference, corpus_keyness, corpus_phrases
from pdtool.keywords.proposals import Proposal, best_shares, corpus_rows, corpus_shares
from pdtool.keywords.rows import KeywordRow
from pdtool.keywords.selection import Scored

__all__ = ["group_keyness", "group_keywords", "ranked_by_group", "tested_by_group"]


def _members(groups: Sequence[Group]) -> dict[Group, list[int]]:
    """Return the numbers of the documents of each group, groups sorted."""
    members: dict[Group, list[int]] = {}
    for number, group in enumerate(groups):
        members.setdefault(group, []).append(number)
    return dict(sorted(members.items()))


def ranked_by_group(
    groups: Sequence[Group], proposals: Sequence[Proposal], top: int, nested: bool
) -> dict[Group, list[Scored]]:
    """Return the best phrases of each group.

    Args:
        groups: The group of each document.
        proposals: What each document proposed.
        top: How many of each group.
        nested: Whether a phrase and a part of it may both be among them.
    """
    most = top if nested else None
    return {
        group: best_shares(corpus_shares([proposals[number] for number in numbers], most), top, nested)
        for group, numbers in _members(groups).items()
    }


def tested_by_group(groups: Sequence[Group], proposals: Sequence[Proposal]) -> dict[Group, list[str]]:
    """Return the phrases of each group that are tested for keyness."""
    return {
        group: corpus_phrases([proposals[number] for number in numbers])
        for group, numbers in _members(groups).items()
    }


def group_keywords(
    groups: Sequence[Group],
    proposals: Sequence[Proposal],
    ranked: Mapping[Group, Sequence[Scored]],
    phrases: Sequence[str],
    occurrences: Sequence[Occurrences],
) -> list[KeywordRow]:
    """Return the keywords of each group, groups sorted.

    Args:
        groups: The group of each document.
        proposals: What each document proposed.
        ranked: The chosen phrases of each group with their shares.
        phrases: All phrases that were counted.
        occurrences: What each document holds of them.
    """
    number_of = {phrase: number for number, phrase in enumerate(phrases)}
    rows: list[KeywordRow] = []
    for group, numbers in _members(groups).items():
        tally = Tally.add_up(len(phrases), (occurrences[number] for number in numbers))
        counts = [int(tally.counts[number_of[phrase]]) for phrase, _ in ranked[group]]
        found = corpus_rows([proposals[number] for number in numbers], ranked[group], counts)
        rows += _in_group(group, found)
    return rows


def group_keyness(
    groups: Sequence[Group],
    proposals: Sequence[Proposal],
    tested: Mapping[Group, Sequence[str]],
    phrases: Sequence[str],
    occurrences: Sequence[Occurrences],
    reference: Reference,
    top: int,
    nested: bool,
) -> list[KeywordRow]:
    """Return what marks each group off from a reference corpus, groups sorted.

    Args:
        groups: The group of each document.
        proposals: What each document proposed.
        tested: The phrases of each group that are tested.
        phrases: All phrases that were counted.
        occurrences: What each document holds of them.
        reference: Knows all of them.
        top: How many of each group.
        nested: Whether a phrase and a part of it may both be among them.
    """
    number_of = {phrase: number for number, phrase in enumerate(phrases)}
    rows: list[KeywordRow] = []
    for group, numbers in _members(groups).items():
        whole = Tally.add_up(len(phrases), (occurrences[number] for number in numbers))
        places = np.array([number_of[phrase] for phrase in tested[group]], dtype=np.int64)
        here = Tally(whole.counts[places], whole.size)
        members = [proposals[number] for number in numbers]
        rows += _in_group(group, corpus_keyness(members, tested[group], here, reference, top, nested))
    return rows


def _in_group(group: Group, rows: Iterable[KeywordRow]) -> list[KeywordRow]:
    return [replace(row, groups=group) for row in rows]
