"""The most likely states of a hidden Markov model, in time that grows with the text.

jieba 0.42.1 guesses words by this algorithm (Viterbi 1967) but copies every path at every character, so that
a run of characters without a known word takes time that grows with the square of its length.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["likeliest_states"]

_NEVER = -3.14e100
"""The logarithm of a probability of nothing, as jieba writes it: the sums must be the same."""
_BEFORE = {"B": "ES", "M": "MB", "S": "SE", "E": "BM"}
"""The states that may come before each: of a character that Begins, is in the Middle of or Ends a word, or is
one by itSelf."""
_LAST = "ES"

Logarithms = Mapping[str, float]


def likeliest_states(
    observed: str,
    states: str,
    start: Logarithms,
    transitions: Mapping[str, Logarithms],
    emissions: Mapping[str, Logarithms],
) -> tuple[float, list[str]]:
    """Return the states that most likely gave a text, and how likely they are.

    The parameters are those of the function that this takes the place of.

    Args:
        observed: The characters, at least one.
        states: A letter each.
        start: The logarithm of the probability of each state at the beginning.
        transitions: Of each state after each.
        emissions: Of each character in each state.

    Returns:
        The logarithm of their probability, and the state of each character.
    """
    likely = {state: start[state] + emissions[state].get(observed[0], _NEVER) for state in states}
    steps: list[dict[str, str]] = []
    for character in observed[1:]:
        best = {
            state: max(
                (
                    likely[before]
                    + transitions[before].get(state, _NEVER)
                    + emissions[state].get(character, _NEVER),
                    before,
                )
                for before in _BEFORE[state]
            )
            for state in states
        }
        likely = {state: probability for state, (probability, _) in best.items()}
        steps.append({state: before for state, (_, before) in best.items()})
    probability, state = max((likely[state], state) for state in _LAST)
    path = [state]
    for step in reversed(steps):
        path.append(step[path[-1]])
    return probability, path[::-1]
