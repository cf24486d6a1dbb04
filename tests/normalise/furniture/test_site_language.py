"""Lines in the language of sites weigh much, headings and sentences about the same subjects nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.furniture.site_language import may_speak_each, names_in, weigh


@pytest.mark.parametrize(
    "line",
    [
        "上一版 下一版 版面导航 标题导航",
        "Reply | Quote | Report",
        "赞同 12  添加评论  分享  收藏  喜欢  收起",
        "新闻中心 > 本地 > 要闻 > 内容",
        "楼主 青青草 发表于 2020-01-02 查看:12 回复:3",
    ],
)
def test_bars_need_no_neighbours(line: str) -> None:
    """Links, counters and dates side by side are a site's wherever they stand."""
    assert weigh(line).score >= 3


@pytest.mark.parametrize(
    "line",
    [
        "关于做好网站登录工作的通知",
        "三、完善用户注册和登录流程",
        "第五条 平台应当在显著位置公布投诉、举报方式。",
        "老年大学免费开放，报名者众。",
        "各县（市、区）人民政府，市政府各部门：",
        "张三 李四 王五 赵六",
        "2021年3月4日",
        "联系人：王五，电话：010-12345678",
        "",
    ],
)
def test_content_weighs_nothing(line: str) -> None:
    """Words of the web in a title, a heading or a sentence prove nothing."""
    evidence = weigh(line)
    assert evidence.score < 1 or evidence.plain


def test_titles_count_neither_way() -> None:
    """A title repeated within a bar hides nothing, and one within another title shows nothing."""
    title = "村民议事会的若干问题"
    assert weigh(f"{title}_下载_文库", titles=[title]).score >= 3
    assert weigh(f"关于{title}的说明", titles=[title]).score < 1


def test_names() -> None:
    """A site is named by what its lines say and the text does not; a title is not a name."""
    lines = ["云档网 闽ICP备12345678号", "首页 > 公文范例 > 论村民议事会"]
    names = names_in(lines, ["论村民议事会"], "村民每季度议事一次。")
    assert "云档网" in names
    assert not any("议事会" in name for name in names)
    assert weigh("（云档网独家整理）", names).called
    assert not weigh("（课题组独家调查）", names).called


PIECES = [
    *("首页", "下载", "关注我们", "打印", "赞同", "浏览", "上一篇", "公众号", "更多"),
    *("村民", "议事会", "每季度", "召开一次", "的", "、", "，", "。", "：", ":", "《", "》"),
    *(
        "12",
        "2024-01-12",
        "12:30",
        "40239501",
        "www.example.cn",
        "http://",
        "12次",
        "1.5万",
        "赞 3",
        "星期三",
    ),
    *(" ", "  ", "\u3000", "\t", "|", " > ", ">>", "→", "_", "·", "/", "—", "*", "----", "★", "第 9 期"),
]
LINES = st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join).map(str.strip), max_size=6)


@settings(max_examples=400, deadline=None)
@given(LINES)
def test_lines_that_are_ruled_out_together_say_nothing(lines: list[str]) -> None:
    """No line has a score that was said not to speak for a site."""
    may_speak = may_speak_each(lines)
    assert len(may_speak) == len(lines)
    assert all(weigh(line).score < 1 for line, may in zip(lines, may_speak, strict=True) if not may)
