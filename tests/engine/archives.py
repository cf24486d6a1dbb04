"""Documents for an index: two folders that share copies, site furniture and ids, and a table."""

from __future__ import annotations

import json
import random
from pathlib import Path

__all__ = ["BOTH", "HEAD", "TABLE_ROWS", "body", "write_archives"]

HEAD = "海量文档免费分享平台\n千万用户共同的选择\n"
"""Furniture that two documents of each folder have: neither folder teaches it alone."""
FOOT = "\n海量文档平台提醒您理性阅读\n更多内容尽在海量文档平台"
"""Furniture that the first folder teaches."""
BOTH = ("old", "new")
"""The folders."""
TABLE_ROWS = 6
"""Rows of the table in the second folder."""
WORDS = "议事会村民代表干部道路水利学校土地树林春耕秋收账目公开监督协商调解和睦邻里老人儿童医疗教育产业"


def body(number: int, paragraphs: int = 6) -> str:
    """Return a text of its own: random characters, the same for the same number."""
    chance = random.Random(number)
    return "\n".join("".join(chance.choices(WORDS, k=120)) + "。" for _ in range(paragraphs))


def write_archives(folder: Path) -> None:
    """Write the two folders into another one."""
    old, new = (folder / name for name in BOTH)
    for one in (old, new):
        one.mkdir(parents=True)
    for number in range(10):
        head = HEAD if number < 2 else ""
        foot = FOOT if number in (4, 5, 6) else ""
        (old / f"{number}.txt").write_text(head + body(number) + foot, encoding="utf-8")
    for number in range(10, 14):
        head = HEAD if number < 12 else ""
        (new / f"{number}.txt").write_text(head + body(number), encoding="utf-8")
    (new / "same.txt").write_text(body(3), encoding="utf-8")
    (new / "part.txt").write_text(body(5)[:400] + FOOT, encoding="utf-8")
    (new / "notes.txt").write_text("附注：" + body(8)[:300] + body(20), encoding="utf-8")
    rows = [{"id": f"r{number}", "text": body(30 + number)} for number in range(TABLE_ROWS - 2)]
    rows += [{"id": "copy", "text": body(7)}, {"id": "\ud800", "text": body(9)[200:] + "\udfff"}]
    lines = [json.dumps(row, ensure_ascii=True) for row in rows]
    (new / "rows.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
