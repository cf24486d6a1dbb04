"""The pages on columns say what the row classes say, in both languages."""

from __future__ import annotations

import os

from pdtool.rows import Kind
from tests.language.catalogue import as_mo, as_po, is_translated
from tests.output.columns_page import (
    CHINESE_INTRODUCTION,
    CHINESE_KINDS,
    CHINESE_PAGE,
    INTRODUCTION,
    MO,
    PAGE,
    PO,
    chinese_columns_page,
    columns_page,
    fresh_catalogue,
    kept_catalogue,
)


def test_the_page_is_what_the_row_classes_say() -> None:
    """The page cannot drift: ``PDTOOL_UPDATE_GOLDEN=1`` rewrites it."""
    if os.environ.get("PDTOOL_UPDATE_GOLDEN"):
        PAGE.write_text(columns_page(), encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == columns_page()


def test_the_chinese_page_says_the_same() -> None:
    """Each sentence has its translation, and none is left over; ``PDTOOL_UPDATE_GOLDEN=1`` adds new ones."""
    if os.environ.get("PDTOOL_UPDATE_GOLDEN"):
        PO.write_bytes(as_po(fresh_catalogue(kept_catalogue())))
        MO.write_bytes(as_mo(kept_catalogue()))
    kept = kept_catalogue()
    assert PO.read_bytes() == as_po(fresh_catalogue(kept))
    assert MO.read_bytes() == as_mo(kept)
    assert [message.id for message in kept if message.id and not is_translated(message)] == []
    if os.environ.get("PDTOOL_UPDATE_GOLDEN"):
        CHINESE_PAGE.write_text(chinese_columns_page(kept), encoding="utf-8", newline="\n")
    assert CHINESE_PAGE.read_text(encoding="utf-8") == chinese_columns_page(kept)


def test_a_translation_names_what_its_sentence_names() -> None:
    """Columns, options and values in backquotes are the same in both languages."""
    for message in kept_catalogue():
        english, chinese = str(message.id), str(message.string)
        assert sorted(english.split("`")[1::2]) == sorted(chinese.split("`")[1::2]), english


def test_every_kind_of_cell_is_explained() -> None:
    """The table of kinds names each of them."""
    assert all(f"\n| {kind.value} |" in INTRODUCTION for kind in Kind)
    assert all(f"\n| {CHINESE_KINDS[kind.value]} |" in CHINESE_INTRODUCTION for kind in Kind)
