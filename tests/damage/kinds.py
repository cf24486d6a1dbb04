"""Every kind of damage by name, alone and in the combinations that occur together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from random import Random

from tests.damage import content, glyphs, layout
from tests.damage.tracked import Tracked, join

__all__ = ["KINDS", "Kind", "Workshop"]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What damage is made with.

    Args:
        rng: Where every choice comes from.
        others: Undamaged texts on other subjects: hosts of quotations, foreign paragraphs.
    """

    rng: Random
    others: Sequence[Tracked]

    def long_text(self) -> Tracked:
        """Return another text, one of the longer half."""
        ranked = sorted(self.others, key=len)
        return self.rng.choice(ranked[len(ranked) // 2 :])

    def text_like(self, text: Tracked) -> Tracked:
        """Return another text of about the same length."""
        ranked = sorted(self.others, key=lambda other: abs(len(other) - len(text)))
        return self.rng.choice(ranked[:5])

    def paragraph(self) -> Tracked:
        """Return a paragraph of another text, of some length."""
        long = [paragraph for paragraph in self.long_text().paragraphs() if len(paragraph) > 80]
        return self.rng.choice(long or [self.long_text()[:200]])


Damage = Callable[[Tracked, Workshop], Tracked]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of damage.

    Args:
        damage: The function from a text to its damaged copy.
        encoding: What the copy is stored as.
        least: Least characters of a text it makes sense for.
        most: Most characters of a text it makes sense for.
    """

    damage: Damage
    encoding: str = "utf-8"
    least: int = 0
    most: int = 1_000_000


def _chain(*damages: Damage) -> Damage:
    return lambda text, shop: reduce(lambda done, damage: damage(done, shop), damages, text)


def _ocr(rate: float) -> Damage:
    return lambda text, shop: glyphs.ocr(text, shop.rng, rate)


def _wraps(width: int, indent: str = "", end: str = "\n") -> Damage:
    return lambda text, _: layout.hard_wraps(text, width, indent, end)


def _spaced(rate: float, space: str = " ") -> Damage:
    return lambda text, shop: layout.spaced(text, shop.rng, rate, space)


def _traditional(config: str) -> Damage:
    return lambda text, _: glyphs.traditional(text, config)


def _encodable(encoding: str) -> Damage:
    """Drop what the encoding cannot write, as a careless export does."""

    def drop(text: Tracked, _: Workshop) -> Tracked:
        kept = [place for place, character in enumerate(text.text) if character.encode(encoding, "ignore")]
        return Tracked("".join(text.text[place] for place in kept), text.origins[kept], text.dirt[kept])

    return drop


def _none(text: Tracked, _: Workshop) -> Tracked:
    return text


def _ghosts(text: Tracked, shop: Workshop) -> Tracked:
    return glyphs.ghosts(text, shop.rng)


def _markers(text: Tracked, shop: Workshop) -> Tracked:
    return layout.page_markers(text, shop.rng)


def _furniture(text: Tracked, shop: Workshop) -> Tracked:
    return layout.furnish(text, shop.rng, shop.rng.choice(layout.sites()))


def _half(text: Tracked, _: Workshop) -> Tracked:
    return content.first_half(text)


def _third(text: Tracked, _: Workshop) -> Tracked:
    return content.middle_third(text)


def _quoted(text: Tracked, shop: Workshop) -> Tracked:
    return content.quoted(text, shop.long_text(), shop.rng)


def _spliced(text: Tracked, shop: Workshop) -> Tracked:
    return content.spliced(text, [shop.paragraph()], shop.rng)


def _interleaved(text: Tracked, shop: Workshop) -> Tracked:
    return content.interleaved(text, shop.text_like(text))


def _paragraphs(text: Tracked, shop: Workshop) -> Tracked:
    return content.reordered_paragraphs(text, shop.rng)


def _sentences(text: Tracked, shop: Workshop) -> Tracked:
    return content.reordered_sentences(text, shop.rng)


def _rewritten(text: Tracked, shop: Workshop) -> Tracked:
    return content.rewritten(text, shop.rng, 0.2)


def _mixed(least: float, most: float) -> Damage:
    return lambda text, shop: content.mixed(text, shop.long_text(), shop.rng, shop.rng.uniform(least, most))


_MAJOR = _mixed(0.60, 0.75)
_MINOR = _mixed(0.30, 0.42)


def _full_width(text: Tracked, _: Workshop) -> Tracked:
    return glyphs.full_width(text)


def _half_width(text: Tracked, _: Workshop) -> Tracked:
    return glyphs.half_width(text)


def _site_traditional(text: Tracked, _: Workshop) -> Tracked:
    return glyphs.site_traditional(text)


def _crlf(text: Tracked, _: Workshop) -> Tracked:
    return layout.crlf(text)


def _one_line(text: Tracked, _: Workshop) -> Tracked:
    return join(text.paragraphs())


_CONTENT = (_half, _third, _quoted, _spliced, _interleaved, _paragraphs, _sentences, _rewritten)
_GLYPHS = (
    _full_width,
    _half_width,
    _traditional("s2t"),
    _traditional("s2tw"),
    _ghosts,
    _ocr(0.02),
    _ocr(0.05),
    _ocr(0.10),
    _spaced(1.0),
)
_LAYOUT = (_wraps(20), _wraps(42, "　　"), _wraps(30, "    ", "\r\n"), _markers, _furniture, _one_line, _crlf)


def _any(*stages: Sequence[Damage]) -> Damage:
    """Do one damage of each stage, whichever chance has it."""
    return lambda text, shop: _chain(*(shop.rng.choice(stage) for stage in stages))(text, shop)


KINDS: dict[str, Kind] = {
    "exact": Kind(_none),
    "full_width": Kind(_full_width),
    "half_width": Kind(_half_width),
    "wraps_18": Kind(_wraps(18)),
    "wraps_36_indent": Kind(_wraps(36, "　　")),
    "wraps_60_crlf": Kind(_wraps(60, "    ", "\r\n")),
    "wraps_blank_lines": Kind(_wraps(28, end="\n\n")),
    "one_line": Kind(_one_line),
    "spaces_everywhere": Kind(_spaced(1.0)),
    "spaces_some": Kind(_spaced(0.15, "\u3000")),
    "spaces_no_break": Kind(_spaced(0.5, "\u00a0")),
    "traditional_taiwan": Kind(_traditional("s2tw")),
    "traditional_phrases": Kind(_traditional("s2t")),
    "traditional_site": Kind(_site_traditional),
    "ghosts": Kind(_ghosts),
    "ocr_0.5": Kind(_ocr(0.005)),
    "ocr_2": Kind(_ocr(0.02)),
    "ocr_5": Kind(_ocr(0.05)),
    "ocr_10": Kind(_ocr(0.10)),
    "page_markers": Kind(_markers, least=700),
    "furniture": Kind(_furniture),
    "half": Kind(_half),
    "third": Kind(_third),
    "quoted": Kind(_quoted, most=600),
    "spliced": Kind(_spliced),
    "interleaved": Kind(_interleaved, least=500),
    "paragraphs_reordered": Kind(_paragraphs),
    "sentences_reordered": Kind(_sentences),
    "rewritten": Kind(_rewritten, least=500),
    "gb18030": Kind(_none, encoding="gb18030"),
    "gbk_crlf": Kind(_chain(_encodable("gbk"), _crlf), encoding="gbk"),
    "utf16": Kind(_crlf, encoding="utf-16"),
    "utf8_bom": Kind(_none, encoding="utf-8-sig"),
    "big5": Kind(_chain(_traditional("s2tw"), _encodable("big5hkscs")), encoding="big5hkscs"),
    "half+ocr_5+furniture": Kind(_chain(_half, _ocr(0.05), _furniture), least=500),
    "ghosts+page_markers": Kind(_chain(_ghosts, _markers), least=700),
    "quoted+traditional+wraps": Kind(_chain(_quoted, _traditional("s2t"), _wraps(40)), most=600),
    "quoted+ocr_5": Kind(_chain(_quoted, _ocr(0.05)), most=600),
    "ghosts+furniture+half": Kind(_chain(_half, _ghosts, _furniture), least=600),
    "third+ocr_10": Kind(_chain(_third, _ocr(0.10)), least=600),
    "paragraphs+ghosts": Kind(_chain(_paragraphs, _ghosts)),
    "rewritten+traditional+furniture": Kind(_chain(_rewritten, _traditional("s2tw"), _furniture), least=600),
    "spliced+ghosts+wraps": Kind(_chain(_spliced, _ghosts, _wraps(34, "　　"))),
    "interleaved+ocr_2": Kind(_chain(_interleaved, _ocr(0.02)), least=500),
    "spaces+ocr_5": Kind(_chain(_ocr(0.05), _spaced(1.0))),
    "page_markers+ocr_5+one_line": Kind(_chain(_one_line, _ocr(0.05), _markers), least=700),
    "half+gb18030+wraps": Kind(_chain(_half, _wraps(25)), encoding="gb18030"),
    "big5+sentences": Kind(
        _chain(_sentences, _traditional("s2tw"), _encodable("big5hkscs")), encoding="big5hkscs"
    ),
    "ocr_10+wraps+page_markers": Kind(_chain(_ocr(0.10), _markers, _wraps(38)), least=700),
    "mixed_major": Kind(_MAJOR),
    "mixed_minor": Kind(_MINOR),
    "mixed_major+ocr_5": Kind(_chain(_mixed(0.65, 0.75), _ocr(0.05))),
    "mixed_major+ocr_10": Kind(_chain(_mixed(0.68, 0.78), _ocr(0.10))),
    "mixed_minor+wraps": Kind(_chain(_MINOR, _wraps(30, "　　"))),
    "mixed_major+ghosts": Kind(_chain(_MAJOR, _ghosts)),
    "any_content+glyphs": Kind(_any(_CONTENT, _GLYPHS), least=600),
    "any_glyphs+layout": Kind(_any(_GLYPHS, _LAYOUT)),
    "any_content+glyphs+layout": Kind(_any(_CONTENT, _GLYPHS, _LAYOUT), least=600),
    "any_content+content": Kind(_any(_CONTENT, _CONTENT), least=900),
}
"""The order is that of the tables; corpora take the kinds in turn."""
