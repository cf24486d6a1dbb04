"""The public interface: what is promised is there, documented, and loaded only when used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import pdtool


def test_all_is_sorted_and_complete() -> None:
    """`__all__` is exactly the names that are loaded on demand, in order."""
    assert pdtool.__all__ == sorted(pdtool.__all__)
    assert set(pdtool.__all__) == set(pdtool._HOME)


@pytest.mark.parametrize("name", pdtool.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    """Each name leads to an object of that name with a docstring."""
    value = getattr(pdtool, name)
    assert value.__name__ == name
    assert value.__doc__
    assert name in dir(pdtool)


def test_a_function_is_not_replaced_by_the_room_of_its_name() -> None:
    """`from pdtool import keywords` is the function also when modules of the room were imported before."""
    code = """if True:
        import pdtool.keywords.rows, pdtool.report.model
        from pdtool import keywords, report
        import pdtool.themes.rows
        from pdtool import themes
        print(callable(keywords), callable(report), callable(themes), pdtool.keywords is keywords)
    """
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert result.stdout.split() == [b"True"] * 4


def test_an_unknown_name_is_an_attribute_error() -> None:
    """Like any module's."""
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = pdtool.nothing


def test_importing_the_package_loads_nothing_else() -> None:
    """`import pdtool` is free: not even numpy is loaded."""
    code = "import sys, pdtool; print(sorted(m for m in sys.modules if m.startswith(('pdtool.', 'numpy'))))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert result.stdout.strip() == b"[]"
