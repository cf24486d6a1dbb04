"""A grid of texts made for growth.

A text repeats an *atom* in a *context*. A pattern that reads a repetition in more ways than one, or that
looks from each of its places on to its end, takes sixteen times as long for four times the text.
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["ATOMS", "CONTEXTS", "pairs", "text_of"]

ATOMS = {
    "names": "李明王芳",
    "names apart": "李明、王芳 ",
    "surname": "王",
    "blank": " ",
    "ideographic blank": "\u3000",
    "tab": "\t",
    "no-break blank": "\u00a0",
    "line end": "\n",
    "line end and blank": "\n ",
    "line end of Windows": "\r\n",
    "form feed": "\f",
    "digit": "1",
    "digits and commas": "1,",
    "digits and points": "1.",
    "full-width digit": "１",
    "numeral": "一",
    "numbered line": "（一）\n",
    "year": "2020 ",
    "date": "2020年1月2日",
    "opening bracket": "（",
    "closing bracket": "）",
    "square brackets": "[1]",
    "opening square": "[",
    "title marks": "《",
    "quotation marks": "“",
    "straight quotation marks": '"',
    "dot": ".",
    "middle dot": "·",
    "leader": "…",
    "dash": "-",
    "long dash": "——",
    "star": "*",
    "underscore": "_",
    "hash": "#",
    "back tick": "`",
    "bar": "|",
    "backslash": "\\",
    "equals": "=",
    "colon": "：",
    "semicolon": "；",
    "slash": " / ",
    "question mark": "?",
    "question mark and stop": "?！",
    "opening tag": "<p>",
    "less than": "<",
    "attribute": "<a b='",
    "entity": "&nbsp;",
    "ampersand": "&",
    "address": "http://a.cn/",
    "Latin": "a",
    "Latin words": " Word",
    "ghost": "領(lǐng)",
    "lost bytes": "镇?㈠",
    "misread": "浣犲ソ",
    "replacement": "\ufffd",
    "zero width": "\u200b",
    "page number": "3\n",
    "page number in words": "第3页 共10页\n",
    "total": "共计",
    "label": "关键词",
    "label line": "关键词\n",
    "source": "来源：",
    "classification": "中图分类号 ",
    "article": "第一条 ",
    "heading": "一、",
    "sentence": "坚持党建引领基层治理，",
    "paragraph": "坚持党建引领基层治理，推动社会治理重心向基层下移。\n",
    "one character a line": "党\n",
    "characters apart": "党 建 ",
    "quoted": "“党建”",
    "number of a document": "国办发〔2020〕1号",
    "titles": "根据《某条例》、",
    "short titles": "《某意见》（以下简称《意见》）",
    "laws without marks": "依某法第一條，",
    "Traditional": "黨建",
    "negators": "不得没有",
    "negated verbs": "未经批准不得拒绝的",
    "cell": "| 党建 ",
    "record": "%0 Journal\n%T 党建\n",
}
"""What is repeated."""

CONTEXTS = {
    "alone": "{}",
    "start": "{}农村饮水安全\n李明\n正文说明情况。",
    "line": "论农村饮水安全\n正文说明情况。\n{}\n正文说明情况。",
    "end": "论农村饮水安全\n正文说明情况。{}",
    "title line": "论农村{}饮水安全\n李明\n正文说明情况。",
    "under the title": "论农村饮水安全\n{}\n正文说明情况。",
    "author line": "论农村饮水安全\n李明{}说\n正文说明情况。",
    "keyword line": "论农村饮水安全\n关键词：饮水{}安全\n正文说明情况。",
    "keyword label": "论农村饮水安全\n关键词{}\n正文说明情况。",
    "abstract label": "论农村饮水安全\n摘{}要{}：摘要说明情况。\n关键词：饮水；安全\n正文。",
    "number label": "论农村饮水安全\n中图分类号{}x\n文章编号{}\n正文说明情况。",
    "bracket": "论农村饮水安全\n（{}）\n(全文{}字\n正文说明情况。",
    "English": "A {} study of villages.\nAbstract{}: Water is safe.\nKey words: water{}; safety\nThe text.",
    "foot": "论农村饮水安全\n正文说明情况。\n参考文献{}\n{}\n[1] 李明. 论饮水[J]. {}\n作者简介：{}",
    "official head": "某省人民政府文件\n某政发〔2020〕{}号\n关于{}的通知\n各市{}：\n现将有关事项通知如下。",
    "signature": "关于饮水的通知\n各市人民政府：\n事项如下。\n某省人民政府{}\n2020年{}月2日\n抄送：{}",
    "heading": "一、总体要求{}\n（一）{}目标\n正文说明情况。\n第二章 {}",
    "table cell": "| 名称 | 数 |\n| --- | --- |\n| {} | 1 |\n名称\t{}\t1\n",
    "quotation": "会议指出，“{}”。会议强调：‘{}’",
    "site": "当前位置：首页 > {}\n来源：{} 作者：李明\n正文说明情况。\n【打印】{}\n版权所有 {}",
    "markup": "<div class='{}'>党建</div>&nbsp;<p>{}</p><br/>正文<!-- {} -->",
    "Markdown": "# 标题{}\n\n- **{}** [甲]({})\n\n> {}\n\n```\n{}\n```\n",
    "fields": "---\ntitle: {}\ntags: [{}]\n---\n正文说明情况。",
    "contents": "目录\n第一章 {}……1\n第二章 {}……2\n第一章 总则\n正文说明情况。",
    "slip": "坚持?Ｒ?S(wéi)修{}?！凹议T口{}",
}
"""Where it stands."""


def pairs(share: int = 1) -> Iterator[tuple[str, str]]:
    """Yield atoms and contexts: all of them, or each atom in one context of ``share``, in turns."""
    for number, atom in enumerate(ATOMS):
        for place, context in enumerate(CONTEXTS):
            if (number + place) % share == 0:
                yield atom, context


def text_of(atom: str, context: str, length: int) -> str:
    """Return a text of about so many characters."""
    places = CONTEXTS[context].count("{}")
    return CONTEXTS[context].replace("{}", length // places // len(ATOMS[atom]) * ATOMS[atom])
