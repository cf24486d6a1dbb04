"""What a line that documents share reads like: the site's, the text's or neither.

That documents share a line proves nothing by itself: laws share their promulgation and their last article,
speeches a slogan, books the name of their author. Such a line is the site's where it also reads like one.
Every question here is about one line alone, so that no other document of a corpus can change the answer.
"""

from __future__ import annotations

import re

from pdtool.normalise.furniture.forms import has_form, label_weight, may_be_furniture, recognise
from pdtool.normalise.furniture.head import is_menu, is_promulgation, looks_like_title
from pdtool.normalise.furniture.site_language import NONE, weigh_alone
from pdtool.normalise.furniture.site_tokens import has_call
from pdtool.text.lines import is_protected

__all__ = ["STOPS", "is_of_text", "names_document", "site_sign", "speaks_to_reader"]

_ENOUGH = 2
"""Evidence of a line that is words of sites and nothing else."""
STOPS = ("。", "；", "！", "？", "…", "!", "?", ";", ".", "”", "」", "，", "、", ",")
"""What ends a sentence or a part of one."""
_LABEL = re.compile(r"[^\W\d_]{2,8}[:：]")
"""``资料来源：`` under a table: the author's, unless a form knows the label."""


def is_of_text(line: str) -> bool:
    """Return whether a line is a sentence, a heading, a statute, front matter or a promulgation.

    >>> is_of_text("本法自公布日施行。"), is_of_text("海量文档免费分享平台")
    (True, False)
    """
    if has_form(line):
        return False
    return is_protected(line) or line.endswith(STOPS) or is_promulgation(line)


def names_document(line: str) -> bool:
    """Return whether a line has the form of a document's title or of its body, and does not read like a site.

    >>> names_document("某县人民政府办公室"), names_document("登录 注册 会员中心")
    (True, False)
    """
    return looks_like_title(line) and site_sign(line) < 1


def site_sign(line: str, may_have_form: bool = True, may_be_menu: bool = True, may_speak: bool = True) -> int:
    """Return what a line says of its neighbours.

    Args:
        line: The line without its outer blanks.
        may_have_form: Whether it may have a known form, if that is known.
        may_be_menu: Whether it may be a menu, likewise.
        may_speak: Whether it may read like the language of sites, likewise.

    Returns:
        1 if the line reads like a site's, 0 if it holds a word of sites, -1 if nothing speaks for a site.

    >>> site_sign("海量文档免费分享平台"), site_sign("每周分享第 9 期"), site_sign("张三")
    (1, 0, -1)
    """
    if may_have_form and (has_form(line) or (label_weight(line) and may_be_furniture(line))):
        return 1
    if may_be_menu and is_menu(line):
        return 1
    evidence = weigh_alone(line) if may_speak else NONE
    if evidence.score < 1:
        return 0 if evidence.tokens else -1
    if _LABEL.match(line):
        return int(evidence.spoken)
    return int(evidence.score >= _ENOUGH or not evidence.plain or evidence.tokens > 1)


def speaks_to_reader(line: str) -> bool:
    """Return whether a line can be nothing but a site's wherever it stands.

    >>> speaks_to_reader("海量平台客户端，随时随地阅读"), speaks_to_reader("下载和安装")
    (True, False)
    """
    if recognise(line, "any") is not None:
        return True
    if not has_call(line):  # most lines
        return False
    evidence = weigh_alone(line)
    return evidence.spoken and evidence.score > 0
