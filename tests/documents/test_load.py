"""Documents come one after the other, with their warnings; nothing is skipped without a word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pdtool.corpus.read_options import ReadOptions
from pdtool.corpus.source import RawDocument, Source
from pdtool.documents.assembly import document_of
from pdtool.documents.load import PdtoolWarning, load_corpus
from pdtool.errors import Problem
from pdtool.normalise.pipeline import normalise

SEEDS = Path(__file__).parents[2] / "seeds"


def test_the_seeds_are_loaded_as_they_are() -> None:
    """Raw texts are the files' own, offsets lead back into them."""
    documents = list(load_corpus([SEEDS]))
    assert [document.id for document in documents] == sorted(path.name for path in SEEDS.iterdir())
    for document in documents:
        assert document.raw == (SEEDS / document.id).read_bytes().decode()
        assert document.offsets.source_length == len(document.raw)
        assert document.warnings == ()


def test_files_by_id_and_rows_as_they_stand(tmp_path: Path) -> None:
    """The order of reading is that of the ids of the files, then of the rows."""
    (tmp_path / "b.txt").write_text("丙", encoding="utf-8")
    (tmp_path / "a.csv").write_text("id,text,title\nz,甲,题\ny,乙,\n", encoding="utf-8")
    documents = list(load_corpus([tmp_path]))
    assert [document.id for document in documents] == ["a.csv#z", "a.csv#y", "b.txt"]
    assert [dict(document.meta) for document in documents] == [{"title": "题"}, {}, {}]


def test_problems_are_warnings_unless_somebody_listens(tmp_path: Path) -> None:
    """Of the scan and of the reading alike; the other documents still come."""
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "b.txt").write_text("文本", encoding="utf-8")
    paths = [tmp_path, tmp_path / "gone.txt"]
    with pytest.warns(PdtoolWarning) as caught:
        assert [document.id for document in load_corpus(paths)] == ["b.txt"]
    assert len(caught) == 2
    heard: list[Problem] = []
    assert [document.id for document in load_corpus(paths, on_problem=heard.append)] == ["b.txt"]
    assert [Path(problem.source).name for problem in heard] == ["gone.txt", "a.txt"]


def test_one_document_is_read_at_a_time(tmp_path: Path) -> None:
    """A document that nobody asked for yet is not read."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("文本", encoding="utf-8")
    documents = load_corpus([tmp_path], options=ReadOptions(encoding="utf-8"))
    assert next(documents).id == "a.txt"
    (tmp_path / "b.txt").write_text("改过", encoding="utf-8")
    assert next(documents).raw == "改过"


@pytest.mark.parametrize(
    ("raw", "text", "warning"),
    [
        ("", "", "the document is empty"),
        (" \r\n\u3000", "", "holds no letters"),
        ("。——！", "。——！", "holds no letters"),
        ("浏览次数：12", "", "nothing but furniture"),
    ],
)
def test_an_empty_document_says_so(raw: str, text: str, warning: str) -> None:
    """Nothing in it, or nothing left of it, is a document with a reservation."""
    source = Source("a.txt", "a.txt", "a.txt", "text")
    clean = replace(normalise(""), raw=raw, text=text)
    document = document_of(RawDocument(source, raw, "utf-8", warnings=("before",)), clean)
    assert document.warnings[0] == "before"
    assert warning in document.warnings[1]


def test_a_document_with_text_has_no_reservation() -> None:
    """What the reader said is kept, nothing is added."""
    source = Source("a.txt", "a.txt", "a.txt", "text")
    document = document_of(RawDocument(source, "党建引领", "utf-8"), normalise("党建引领"))
    assert (document.id, document.text, document.warnings) == ("a.txt", "党建引领", ())


@pytest.mark.parametrize(
    ("foot", "share"),
    [
        ("", ""),
        ("版权所有 某某网", ""),
        ("版权所有 某某网\n京ICP备12345678号 主办：某某网络科技有限公司", "40%"),
    ],
)
def test_much_left_out_is_said(foot: str, share: str) -> None:
    """More than a fifth of a document gone is a warning with the share; less is not."""
    source = Source("a.txt", "a.txt", "a.txt", "text")
    raw = (
        "关于检修供水管道的通知\n各村要在月底前检修供水管道，登记用水户数，修好漏水的地方，"
        f"把结果报到镇里。\n按时完成。\n{foot}"
    )
    document = document_of(RawDocument(source, raw, "utf-8"), normalise(raw))
    said = f"{share} of the document was left out: site headers, page numbers, doubled text and the like"
    assert document.warnings == ((said,) if share else ())


def test_furniture_that_documents_share_is_learned(tmp_path: Path) -> None:
    """A head that three different documents share is gone from all of them, in whatever order they come."""
    head = "某某论文网首页提供海量政策文献免费下载服务欢迎收藏\n"
    bodies = [
        "推进农田水利建设，保障粮食安全。",
        "完善城市公共交通，方便市民出行。",
        "发展乡村医疗事业，改善就医条件。",
    ]
    for place, body in enumerate(bodies):
        (tmp_path / f"{place}.txt").write_text(head + body * 3, encoding="utf-8")
    assert [document.text for document in load_corpus([str(tmp_path)])] == [body * 3 for body in bodies]
