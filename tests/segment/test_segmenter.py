"""Words and their offsets: the same from both segmenters, whatever the text."""

from __future__ import annotations

import random
import subprocess
import sys
import warnings
from collections import Counter
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.errors import UsageError
from pdtool.normalise.pipeline import normalise
from pdtool.segment.han_runs import other_spans, other_words
from pdtool.segment.hidden_states import likeliest_states
from pdtool.segment.jieba_data import MEDIAN_IDF, idf, idf_file
from pdtool.segment.segmenter import SEGMENTERS, Segmenter
from pdtool.segment.userdict import UserTerm
from pdtool.text.bags import Bag
from pdtool.text.han import SEGMENTED

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba 0.42.1 uses pkg_resources and unescaped patterns
    from jieba.finalseg import emit_P, start_P, trans_P
    from jieba.finalseg import viterbi as _viterbi

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@cache
def segmenter(name: str) -> Segmenter:
    """One of each kind for the whole module: the reference takes most of a second to open."""
    return Segmenter(name)


@cache
def dictionary_words() -> tuple[str, ...]:
    """Return the words of jieba's idf table, to make texts of."""
    return tuple(sorted(idf_file().read_text(encoding="utf-8").split()[::2]))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_both_segmenters_agree_on_the_seeds(path: Path) -> None:
    """The Rust implementation cuts the cleaned seeds exactly as jieba does."""
    text = normalise(path.read_bytes().decode("utf-8")).text
    assert segmenter("rjieba").cut(text).words == segmenter("jieba").cut(text).words


@pytest.mark.parametrize("seed", range(8))
def test_both_segmenters_agree_on_generated_text(seed: int) -> None:
    """They agree on words of the dictionary run together, with rare characters and formulas between."""
    rng = random.Random(seed)
    extras = ["，", "O2O", "1+36+1323", "50%", "\n", "㐂", "𠀀", "一", "的", "龘", "彧"]
    pieces = rng.choices(dictionary_words(), k=1500) + rng.choices(extras, k=300)
    rng.shuffle(pieces)
    text = "".join(pieces)
    assert segmenter("rjieba").cut(text).words == segmenter("jieba").cut(text).words


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5), max_size=60))
def test_both_segmenters_agree_on_any_han_characters(text: str) -> None:
    """They agree where no word is: the unknown-word model does the cutting."""
    assert segmenter("rjieba").cut(text).words == segmenter("jieba").cut(text).words


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5), min_size=1, max_size=60))
def test_the_states_are_those_of_jieba(text: str) -> None:
    """What takes the place of jieba's search for words that no dictionary has finds the very same."""
    parameters = "BMES", start_P, trans_P, emit_P
    assert likeliest_states(text, *parameters) == _viterbi(text, *parameters)


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters() | st.sampled_from("党建引领治理2019%.,+-\n "), max_size=60))
def test_offsets_cut_the_words_out_of_the_text(text: str) -> None:
    """Words stand in order, do not overlap, and their offsets cut exactly them; no letter is left out."""
    tokens = segmenter("rjieba").cut(text)
    assert [text[start:end] for _, start, end in tokens] == tokens.words
    assert all(left <= right for left, right in zip(tokens.ends, tokens.starts[1:], strict=False))
    covered = {place for _, start, end in tokens for place in range(start, end)}
    assert all(place in covered for place, character in enumerate(text) if character.isalnum())


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters() | st.sampled_from("党建machine learningAI2019%.,:+-\n "), max_size=60))
def test_places_are_those_of_the_words(text: str) -> None:
    """Where no word is asked for, their places are the same, with a user dictionary too."""
    for cutter in (segmenter("rjieba"), Segmenter(terms=TERMS)):
        tokens, places = cutter.cut(text), cutter.places(text)
        assert np.array_equal(places.starts, tokens.starts)
        assert np.array_equal(places.ends, tokens.ends)


@given(st.text(st.characters() | st.sampled_from("党建AI2019%.,:～+-#℃\n "), max_size=60))
def test_words_that_are_not_han_are_those_of_the_whole_text(text: str) -> None:
    """Han characters are passed over, and nothing else is found for it, nor elsewhere."""
    assert other_spans(text).tolist() == [[start, end] for start, end in other_words(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("占42.1%,增长3‰", ["占", "42.1%", "增长", "3‰"]),
        ("“1+36+1323”网格", ["1+36+1323", "网格"]),
        ("O2O和5G、C++", ["O2O", "和", "5G", "C++"]),
        ("2020-03-01 18:30至2022/01", ["2020-03-01", "18:30", "至", "2022/01"]),
        ("10,000人,200人", ["10,000", "人", "200", "人"]),
        ("COVID-19与R&D", ["COVID-19", "与", "R&D"]),
        ("温度25℃。", ["温度", "25℃"]),
        ("", []),
        ("，。！\n", []),
    ],
)
def test_what_is_not_han_is_split_by_one_rule(text: str, words: list[str]) -> None:
    """Numbers keep their decimals and unit, formulas and Latin words stay whole."""
    assert segmenter("rjieba").cut(text).words == words


TERMS = (
    UserTerm("党建引领"),
    UserTerm("红色物业", 3),
    UserTerm("machine learning"),
    UserTerm("O2O 模式"),
    UserTerm("AI"),
)


@pytest.mark.parametrize("name", SEGMENTERS)
def test_user_terms_are_words(name: str) -> None:
    """Terms with spaces, hyphens and Latin letters are found as well as Han ones, by either segmenter."""
    text = "用machine learning和O2O 模式做党建引领下的红色物业,AI不是MAIN"
    words = Segmenter(name, TERMS).cut(text).words
    assert {"党建引领", "红色物业", "machine learning", "O2O 模式", "AI", "MAIN"} <= set(words)


def test_user_terms_of_one_segmenter_do_not_reach_another() -> None:
    """A user dictionary belongs to its segmenter and leaves no trace in the process."""
    Segmenter("rjieba", (UserTerm("坚持党建"),))
    assert "坚持党建" not in Segmenter().cut("坚持党建引领").words


def test_both_segmenters_agree_with_a_user_dictionary() -> None:
    """Missing frequencies are suggested alike: the same user terms give the same words."""
    rng = random.Random(5)
    words = dictionary_words()
    terms = tuple(UserTerm("".join(rng.choices(words, k=2))[:8]) for _ in range(150))
    text = "，".join(
        "".join(rng.sample([term.term for term in terms], 3) + rng.choices(words, k=2)) for _ in range(300)
    )
    assert Segmenter("rjieba", terms).cut(text).words == Segmenter("jieba", terms).cut(text).words


def test_an_unknown_segmenter_is_refused() -> None:
    """The message names the segmenters there are."""
    with pytest.raises(UsageError, match="thulac"):
        Segmenter("thulac")


def test_lone_surrogates_do_no_harm() -> None:
    """Half a character, as a damaged file may hold, is no word and does not stop the cutting."""
    cut = Segmenter(terms=TERMS).cut
    assert cut("党\ud800建").words == ["党", "建"]


def test_idf_table_is_jiebas() -> None:
    """The table has jieba's figures, and the median is what jieba takes for words it lacks."""
    fields = idf_file().read_text(encoding="utf-8").split()
    values = sorted(map(float, fields[1::2]))
    assert [idf(word) for word in fields[:200:2]] == [float(value) for value in fields[1:200:2]]
    assert values[len(values) // 2] == MEDIAN_IDF == idf("没有这个词")


def test_jieba_stays_silent_and_leaves_no_file(tmp_path: Path) -> None:
    """The reference segmenter prints nothing and writes no cache into the temporary folder."""
    code = "from pdtool.segment.segmenter import Segmenter; assert Segmenter('jieba').cut('基层治理').words"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        check=True,
        env={"TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "PATH": "", "SYSTEMROOT": ""},
        cwd=Path(__file__).parents[2],
    )
    assert (done.stdout, done.stderr) == (b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_default_segmenter_does_not_import_jieba() -> None:
    """The idf table is read from jieba's folder without running any of its code."""
    code = (
        "import sys\n"
        "from pdtool.segment.segmenter import Segmenter\n"
        "from pdtool.segment.jieba_data import idf\n"
        "Segmenter().cut('基层'), idf('基层')\n"
        "assert 'jieba' not in sys.modules"
    )
    assert find_spec("jieba") is not None
    subprocess.run([sys.executable, "-X", "utf8", "-c", code], check=True, cwd=Path(__file__).parents[2])


_PIECES = st.sampled_from(["基层治理", "5G", "50%", "machine learning", "\n", "，", "AI", "龘", "MAIN", " "])


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=20).map("".join), st.booleans())
def test_counts_are_those_of_the_words(text: str, has_terms: bool) -> None:
    """Counting without places counts the same words, with a user's dictionary too."""
    terms = [UserTerm("machine learning"), UserTerm("基层治理")] if has_terms else []
    own = Segmenter(terms=terms)
    keys, others = own.packed(text)
    every = own.cut(text).words
    assert Bag.of(Counter(others), keys).as_dict() == Counter(every)
    for shortest in (2, 3, 5):
        keys, others = own.packed(text, shortest)
        wanted = [word for word in every if len(word) >= shortest or ord(word[0]) not in SEGMENTED]
        assert Bag.of(Counter(others), keys).as_dict() == Counter(wanted)


def test_unknown_words_may_be_left_unguessed() -> None:
    """Without guessing, both segmenters cut what no dictionary has into single characters."""
    text = "陆渡镇彧龘"
    for name in SEGMENTERS:
        assert Segmenter(name, guess=False).cut(text).words == ["陆", "渡", "镇", "彧", "龘"]
    assert Segmenter(terms=[UserTerm("陆渡镇")], guess=False).cut(text).words == ["陆渡镇", "彧", "龘"]
