"""The body with the way back."""

from __future__ import annotations

from pathlib import Path

from pdtool.documents.body import Body
from pdtool.documents.load import load_corpus
from pdtool.documents.mapping import body_of
from tests.commandline import ROOT

PAPER = (
    "论网格化管理\n作者甲\n摘要:网格很好。\n关键词:网格;社区\n近年来，网格[1]管理推开了。\n"
    "居民的利益①受到保护。\n参考文献\n"
    "[1] 某某：《某书》，某社，2001年。\n[2] 某某：《另一本》，某社，2002年。\n"
)


def test_every_character_leads_back(tmp_path: Path) -> None:
    """The body is that of the other analyses, and each character comes from an equal one in the text."""
    (tmp_path / "paper.txt").write_text(PAPER, encoding="utf-8")
    for document in load_corpus([tmp_path, ROOT / "seeds"]):
        for with_references in (False, True):
            body = Body(document, with_references)
            assert body.text == body_of(document, with_references)
            ends = [body.to_raw(place, place + 1) for place in range(0, len(body.text), 7)]
            assert ends == sorted(ends)
            if document.id.startswith("paper"):
                assert all(
                    document.raw[start:end] in (body.text[7 * place], "")
                    for place, (start, end) in enumerate(ends)
                )


def test_a_stretch_over_what_is_left_out(tmp_path: Path) -> None:
    """It spans what stands between in the raw text."""
    (tmp_path / "paper.txt").write_text(PAPER, encoding="utf-8")
    (document,) = load_corpus([tmp_path])
    body = Body(document)
    start = body.text.index("网格管理")
    first, last = body.to_raw(start, start + 4)
    assert document.raw[first:last] == "网格[1]管理"
