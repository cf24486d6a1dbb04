"""Made documents whose topics are known."""

from __future__ import annotations

from random import Random

SUBJECTS = (
    ["党员", "支部", "书记", "组织", "党委", "党课", "先锋", "堡垒", "党费", "引领"],
    ["果园", "苹果", "采摘", "果农", "嫁接", "剪枝", "施肥", "丰收", "套袋", "冷库"],
    ["数据", "平台", "算法", "接口", "共享", "云端", "系统", "大屏", "终端", "上线"],
)
"""Words of three subjects, none of them in two."""


def documents(count: int, seed: int, length: int = 40) -> tuple[list[list[str]], list[int]]:
    """Return the words of documents, each of one subject but for a few words, and their subjects."""
    random = Random(seed)
    subjects = [place % len(SUBJECTS) for place in range(count)]
    texts = []
    for subject in subjects:
        own = [random.choice(SUBJECTS[subject]) for _ in range(length)]
        other = [random.choice(random.choice(SUBJECTS)) for _ in range(length // 10)]
        words = own + other
        random.shuffle(words)
        texts.append(words)
    return texts, subjects
