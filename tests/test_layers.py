"""The house in the order text flows: which room may import which, and that the imports go round nowhere."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "pdtool"

LAYERS: tuple[frozenset[str], ...] = (
    frozenset(
        {
            "__init__",
            "bounded_cache",
            "data_files",
            "errors",
            "install_hint",
            "language",
            "late_patterns",
            "progress",
            "rows",
            "run_folder",
            "signals",
            "significance",
            "worker_pool",
            "worker_process",
            "workers",
        }
    ),
    frozenset({"text"}),
    frozenset({"output"}),
    frozenset({"segment"}),
    frozenset({"corpus"}),
    frozenset({"normalise"}),
    frozenset({"documents"}),
    frozenset({"terms"}),
    frozenset({"cooccurrence"}),
    frozenset(
        {
            "reuse",
            "keywords",
            "similarity",
            "themes",
            "concordance",
            "frequencies",
            "inspection",
            "network",
            "topics",
            "citations",
        }
    ),
    frozenset({"engine"}),
    frozenset({"report"}),
    frozenset({"interface"}),
    frozenset({"commands"}),
    frozenset({"cli"}),
    frozenset({"__main__"}),
)
"""The rooms from the ground up. A room imports from itself and from the layers below its own; rooms of one
layer do not know one another. ``pdtool`` itself names where its public names live and is imported by
everyone."""

MOST_LINES = 400
"""Lines of a module above which its docstring says why it is one."""
LONG_REASON = "One module because"
"""How that reason begins."""


def _modules() -> dict[str, Path]:
    """Return the modules of the package by their dotted names below ``pdtool``."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
        found[name] = path
    return found


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(path: Path, *, at_start: bool) -> set[str]:
    """Return what a module imports of the package, as it is written (``text.edits``), once for each module.

    Args:
        path: The module.
        at_start: Only what is imported when the module is loaded, not what its functions import.
    """
    tree = _tree(path)
    nodes = tree.body if at_start else list(ast.walk(tree))
    found = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pdtool."):
            found.add(node.module.removeprefix("pdtool."))
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative imports hide the room"
    return found


def _layer(room: str) -> int:
    """Return the layer of a room, 0 the ground."""
    return next(number for number, rooms in enumerate(LAYERS) if room in rooms)


def test_rooms_import_only_from_below() -> None:
    """Every import goes down, or stays in its room."""
    upwards = []
    for name, path in _modules().items():
        room = name.partition(".")[0]
        for imported in _imports(path, at_start=False):
            other = imported.partition(".")[0]
            if other != room and _layer(other) >= _layer(room) and _layer(room):
                upwards.append(f"{name} imports {imported}")
    assert not upwards


def test_every_room_has_its_layer() -> None:
    """No folder or file stands outside the order."""
    rooms = {name.partition(".")[0] for name in _modules()}
    assert rooms == frozenset().union(*LAYERS)


def test_no_circle_of_files() -> None:
    """No module needs, while it is loaded, one that needs it."""
    modules = _modules()
    graph = {}
    for name, path in modules.items():
        named = _imports(path, at_start=True)
        packages = {f"{module}.{part}" for module in named for part in _names_of(path, module)}
        graph[name] = {found for found in named | packages if found in modules} - {name}
    assert len(list(TopologicalSorter(graph).static_order())) == len(modules)


def _names_of(path: Path, module: str) -> set[str]:
    """Return the names a module imports from another: modules, if the other is a folder."""
    nodes = _tree(path).body
    imports = [
        node for node in nodes if isinstance(node, ast.ImportFrom) and node.module == f"pdtool.{module}"
    ]
    return {alias.name for node in imports for alias in node.names}


def test_base_names_tell_files_apart() -> None:
    """A base name stands at most twice in the tree; tables declare their rows in ``rows.py`` each."""
    names = Counter(path.name for path in _modules().values() if path.name not in ("__init__.py", "rows.py"))
    assert not {name: count for name, count in names.items() if count > 2}


def test_long_modules_say_why() -> None:
    """A module of more than 400 lines has a reason in its docstring."""
    unexplained = []
    for name, path in _modules().items():
        text = path.read_text(encoding="utf-8")
        docstring = ast.get_docstring(ast.parse(text)) or ""
        if text.count("\n") > MOST_LINES and LONG_REASON not in " ".join(docstring.split()):
            unexplained.append(f"{name}: {text.count(chr(10))} lines")
    assert not unexplained
