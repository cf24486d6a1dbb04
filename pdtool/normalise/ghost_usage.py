"""How a text uses readings in brackets, and whether a site put them in rather than an author."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FEWEST", "MOST", "NEARLY_ALL", "Usage"]

FEWEST = 5
"""Readings without which a span is too short to show how it uses them."""
_LEAST_DENSITY = 0.02
"""Ghosts per Han character below which readings are notes, unless they come again and again."""
_MOST_DENSITY = 0.5
"""Ghosts per Han character above which the text is annotated throughout, as schoolbooks are."""
NEARLY_ALL = 0.9
"""The share that counts as nearly all."""
MOST = 0.8
"""The share that counts as most."""

_FEWEST_LATE = 4
"""Fewer readings than this on characters that stood before without one may be an author's second thoughts."""
_LEAST_LATE = 0.15
"""The share of such readings that shows that nobody chose them. An author annotates a character where it
comes first, or everywhere; readings at random places give 0.2 in a short text and 0.8 in a long one."""
_FEWEST_HOSTS = 10
"""Distinct characters that readings at random places must stand on: a note on one character uses it often."""
_COMMON = 9.0
"""What hosts cost on average (:func:`~pdtool.text.character_costs.character_costs`) if they are common
characters. Those of running text cost 7 to 8.3, those that authors annotate 11 and more."""
_LEAST_AGREEMENT = 0.7
"""The share of usual readings among those of random places. A list of characters with two readings, each
with its examples, has half."""
_MOST_ADJACENT = 0.25
"""The share of readings right behind another one. Authors annotate whole words."""


@dataclass(frozen=True, slots=True)
class Usage:
    """How a span uses bracketed readings.

    Args:
        count: Its candidates.
        density: Candidates per Han character.
        coverage: The hosts' occurrences that carry a reading ÷ all of them.
        agreement: Candidates with their host's usual reading ÷ all.
        fitting: Candidates whose reading the host has ÷ all.
        fitting_hosts: Hosts that carry a reading of theirs ÷ all, each counted once.
        embedded: Candidates with running text right before them ÷ all.
        convertible: Candidates on Traditional characters ÷ all.
        repeated: Candidates on a host seen before ÷ all.
        late: Candidates on a host that stood in the text before, the first time without a reading.
        adjacent: Candidates right behind another one ÷ all.
        cost: How surprising the hosts are in Chinese text, on average, in nats.
    """

    count: int
    density: float
    coverage: float
    agreement: float
    fitting: float
    fitting_hosts: float
    embedded: float
    convertible: float
    repeated: float
    late: int
    adjacent: float
    cost: float

    @property
    def is_ghosted(self) -> bool:
        """Whether a site put the readings in, rather than an author."""
        return self.is_scattered or self._is_habitual

    @property
    def _is_running_text(self) -> bool:
        """Whether there are enough readings, in text that is used rather than explained."""
        return self.count >= FEWEST and self.density <= _MOST_DENSITY and self.embedded >= 0.5

    @property
    def is_scattered(self) -> bool:
        """Whether common characters carry their readings at places that nobody would choose."""
        return (
            self._is_running_text
            and self.late >= max(_FEWEST_LATE, _LEAST_LATE * self.count)
            and self.count * (1 - self.repeated) >= _FEWEST_HOSTS
            and self.cost <= _COMMON
            and self.adjacent <= _MOST_ADJACENT
            and self.fitting >= NEARLY_ALL
            and self.agreement >= _LEAST_AGREEMENT
        )

    @property
    def _is_habitual(self) -> bool:
        """Whether the same characters carry the same readings nearly everywhere."""
        # One host with a wrong reading may be the word that the text is about.
        fitting = max(self.fitting, self.fitting_hosts)
        if not self._is_running_text or fitting < 0.5 or self.agreement < NEARLY_ALL:
            return False
        again_and_again = self.repeated >= 1 / 3 and self.count * self.repeated >= FEWEST
        if self.convertible < NEARLY_ALL:
            # An author annotates characters of any script: only use without exception tells a site.
            return again_and_again and self.coverage >= 0.95
        if self.coverage < MOST:
            # Clean Traditional text may share the lines; an author annotates a character once or twice.
            return again_and_again and self.repeated >= 0.5
        return again_and_again or self.density >= _LEAST_DENSITY
