"""Small reports of three fields over three years, for topics."""

from __future__ import annotations

from pathlib import Path

__all__ = ["FIELDS", "write_reports"]

FIELDS = (
    "推进数字政府建设，完善政务数据平台，提升网上办事能力。数据平台服务企业和群众。",
    "发展乡村产业，建设高标准农田，保障粮食安全。合作社带动农户增收，农田水利不断改善。",
    "优化营商环境，减轻企业税费负担，扩大民营企业融资。市场主体活力增强，企业减税降费。",
)


def write_reports(folder: Path) -> None:
    """Write twelve reports, every fourth without a date, and one without words."""
    for number in range(12):
        year = 2019 + number // 4
        head = "工作要点\n" if number % 4 == 3 else f"{year}年工作要点\n{year}年3月{number + 1}日\n"
        first, second = FIELDS[number % 3], FIELDS[(number + year) % 3]
        (folder / f"{number:02}.txt").write_text(head + first * 4 + second, encoding="utf-8")
    (folder / "99.txt").write_text("1 2 3", encoding="utf-8")
