"""Which language is spoken, and that all processes speak it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

import pytest

from pdtool.language import Language, environment, language_asked_for, speak, speaking, spoken
from tests.commandline import run

ASKED: list[tuple[list[str], dict[str, str], Language]] = [
    ([], {}, Language.EN),
    (["dedupe", "--lang", "zh"], {"PDTOOL_LANG": "en"}, Language.ZH),
    (["dedupe", "--lang=zh", "x"], {}, Language.ZH),
    (["--lang", "zh", "--lang", "en"], {"LANG": "zh_CN.UTF-8"}, Language.EN),
    (["dedupe", "--", "--lang", "zh"], {}, Language.EN),
    (["dedupe", "--lang"], {"PDTOOL_LANG": "zh"}, Language.ZH),
    (["--lang", "fr"], {"PDTOOL_LANG": "zh"}, Language.ZH),
    ([], {"PDTOOL_LANG": "zh", "LC_ALL": "C"}, Language.ZH),
    ([], {"LANG": "zh_CN.UTF-8"}, Language.ZH),
    ([], {"LANG": "zh_TW"}, Language.ZH),
    ([], {"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "en_GB"}, Language.ZH),
    ([], {"LC_ALL": "C.UTF-8", "LANG": "zh_CN"}, Language.EN),
    ([], {"LC_ALL": "C", "LANGUAGE": "zh_CN"}, Language.EN),
    ([], {"LANG": "de_DE.UTF-8"}, Language.EN),
    ([], {"LANG": "de_DE.UTF-8", "LANGUAGE": "fr:zh_CN:en"}, Language.ZH),
    ([], {"LANG": "Chinese (Simplified)_China.936"}, Language.ZH),
]


@pytest.mark.skipif(sys.platform == "win32", reason="there the language that Windows shows comes last")
@pytest.mark.parametrize(("words", "variables", "language"), ASKED)
def test_the_language_that_is_asked_for(
    words: list[str], variables: Mapping[str, str], language: Language
) -> None:
    """The option goes before PDTOOL_LANG, that before the locale; what nobody speaks is English."""
    assert language_asked_for(words, variables) is language


def test_a_library_speaks_english_whatever_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a command line only PDTOOL_LANG, or who uses the library, chooses."""
    code = "from pdtool.language import spoken; print(spoken().value)"

    def said(**variables: str) -> str:
        monkeypatch.setenv("PDTOOL_LANG", variables.pop("PDTOOL_LANG", ""))
        monkeypatch.setenv("LANG", "zh_CN.UTF-8")
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
        return done.stdout.strip()

    assert said() == "en"
    assert said(PDTOOL_LANG="zh") == "zh"


def test_the_language_is_chosen_for_a_block_and_for_children() -> None:
    """What was spoken before is spoken behind; other processes are told."""
    with speaking("zh"):
        assert spoken() is Language.ZH
        assert environment()["PDTOOL_LANG"] == "zh"
    assert spoken() is Language.EN
    speak(Language.ZH)
    assert spoken() is Language.ZH
    with pytest.raises(ValueError, match="fr"):
        speak("fr")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["dedupe", "nowhere", "--lang", "zh"],
            "pdtool：nowhere：没有这个文件或文件夹\n建议：检查名称是否写对",
        ),
        (["dedupe", "--thresold", "1", "--lang", "zh"], "pdtool：没有选项 --thresold（可能是："),
        (["dedupe", "--lang", "zh"], "pdtool：缺少参数"),
        (["dedupe", "seeds", "--jobs", "x", "--lang", "zh"], "'--jobs' 的值无效：'x' 不是整数"),
        (["dedupe", "seeds", "--by", "x", "--lang=zh"], "'--by' 的值无效：'x' 不是可用的值，可用："),
        (["dedup", "--lang", "zh"], "pdtool：没有 'dedup' 这个命令\n建议：pdtool dedupe"),
        (["--lang", "zh", "dedup"], "pdtool：没有 'dedup' 这个命令"),
        (["dedupe", "seeds", "--lang", "fr"], "'fr' is not one of"),
    ],
)
def test_errors_are_said_in_the_language(arguments: list[str], sentence: str) -> None:
    """Those of typer too, wherever the option stands."""
    done = run(arguments)
    assert done.returncode == 2
    assert sentence in done.stderr.decode()


def test_a_language_that_is_not_spoken_is_refused() -> None:
    """A slip in PDTOOL_LANG is an error, not English in silence."""
    done = run(["--version"], env={"PDTOOL_LANG": "chz"})
    assert done.returncode == 2
    assert "PDTOOL_LANG is 'chz'" in done.stderr.decode()


def test_workers_and_parsers_speak_as_the_command_does(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is said of a document comes from the process that reads it."""
    folder = tmp_path_factory.mktemp("corpus")
    for number in range(4):
        (folder / f"{number}.txt").write_text("　\n", encoding="utf-8")
    (folder / "large.txt").write_text(
        "".join(f"第{number}项，推动数字政府建设。\n" for number in range(70_000)), encoding="utf-8"
    )
    (folder / "page.html").write_text("<html><body></body></html>", encoding="utf-8")
    done = run(["inspect", str(folder), "--jobs", "2", "--lang", "zh", "-f", "csv", "--plain"])
    assert done.stdout.decode().count("文档") == 4
    assert "page.html：" in done.stderr.decode()
    assert "the document" not in done.stdout.decode() + done.stderr.decode()
