"""Make the site of the documentation: ``python docs/make_site.py`` writes build/site, which opens offline.

An argument names another folder for it.

The pages of this folder are laid out in build/pages as they are. Made for the site alone are the reference
(the help of every command, as it prints it), the notebook as a page, the changelog, and links to files that
are no pages, which become plain text.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from pdtool.language import Language, speaking

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "build" / "pages"
_NETWORK = re.compile(r'<script src="https://[^"]{1,200}"></script>')
"""What the theme asks the network for: nothing of it is needed."""
_CHINESE = "\u2014\u2018-\u201d\u2026\u3000-\u9fff\uff00-\uff60"
_BROKEN = re.compile(rf"(?<=[{_CHINESE}])\n *(?=[{_CHINESE}])")
_LINK = re.compile(r"\[([^\]\n]{1,200})\]\((?!https?:)([^)#\s]{1,200})(#[^)\s]{1,200})?\)")


def main() -> int:
    """Lay the pages out and build the site; return the exit code of MkDocs: a warning is an error."""
    shutil.rmtree(PAGES, ignore_errors=True)
    PAGES.mkdir(parents=True)
    shutil.copytree(ROOT / "docs" / "images", PAGES / "images")
    for page in sorted((ROOT / "docs").glob("*.md")):
        write(page.name, page.read_text(encoding="utf-8"))
    write("changelog.md", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    write("notebook.md", notebook_page(json.loads((ROOT / "docs" / "notebook.ipynb").read_text("utf-8"))))
    write("reference.md", reference_page(Language.EN))
    write("reference.zh.md", reference_page(Language.ZH))
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    command += ["--site-dir", str(Path(sys.argv[1]).absolute())] if len(sys.argv) > 1 else []
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    for page in (Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "site").rglob("*.html"):
        text = _NETWORK.sub("", page.read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8", newline="\n")
    return code


def write(name: str, text: str) -> None:
    """Write a page whose links lead to pages of the site, or nowhere."""
    text = _LINK.sub(_linked, text)
    if name.endswith(".zh.md"):
        text = "".join(_whole_lines(part) for part in re.split(r"(^```.*?^```$)", text, flags=re.S | re.M))
    (PAGES / name).write_text(text, encoding="utf-8", newline="\n")


def _whole_lines(text: str) -> str:
    """Join lines that break between two Chinese characters: browsers would show a blank there."""
    return text if text.startswith("```") else _BROKEN.sub("", text)


def _linked(link: re.Match[str]) -> str:
    """Return a link as the site has it."""
    words, target, anchor = link[1], link[2], link[3] or ""
    name = {"../CHANGELOG.md": "changelog.md", "notebook.ipynb": "notebook.md"}.get(target, target)
    name = name.removeprefix("docs/").removeprefix("../docs/")
    made = name in {"changelog.md", "notebook.md", "reference.md"}
    return f"[{words}]({name}{anchor})" if made or (ROOT / "docs" / name).exists() else words


def reference_page(language: Language) -> str:
    """Return the help of every command as a page, in a language."""
    from pdtool.cli import PROGRAM, command_line
    from pdtool.commands import COMMANDS

    os.environ["COLUMNS"] = "80"
    head = {
        Language.EN: ["# All options", "", "What `pdtool COMMAND -h` prints.", ""],
        Language.ZH: ["# 所有选项", "", "`pdtool 命令 -h --lang zh` 所显示的内容。", ""],
    }
    parts = head[language]
    for name in COMMANDS:
        printed = io.StringIO()
        with redirect_stdout(printed), speaking(language):
            command_line().main(args=[name, "--help"], prog_name=PROGRAM, standalone_mode=False)
        parts += [f"## pdtool {name}", "", "```text", printed.getvalue().rstrip(), "```", ""]
    return "\n".join(parts)


def notebook_page(notebook: Any) -> str:
    """Return a notebook as a page: its text, its cells and what they show."""
    parts = []
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        parts += [source, ""] if cell["cell_type"] == "markdown" else ["```python", source, "```", ""]
        for output in cell.get("outputs", []):
            shown = output.get("text") or output.get("data", {}).get("text/plain", "")
            parts += ["```text", "".join(shown).rstrip(), "```", ""]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
