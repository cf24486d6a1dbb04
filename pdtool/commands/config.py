"""Options from a file: ``pdtool.toml``, or ``[tool.pdtool]`` of a ``pyproject.toml``.

One table per command, one key per option: its long name without the dashes.

    [dedupe]
    threshold = 0.6
    text-column = "正文"
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from pdtool.errors import InputError, UsageError, system_reason
from pdtool.language import _, listed

__all__ = ["read_config"]

_NOT_CONFIGURABLE = frozenset({"config", "help"})


def read_config(path: Path, command: Any) -> dict[str, Any]:
    """Read what a configuration file says about a command.

    Args:
        path: The file.
        command: The typer command: its name and options say which keys are known.

    Returns:
        Parameter name → value.

    Raises:
        InputError: If the file cannot be read or is not TOML.
        UsageError: If it names a command or an option that does not exist, or a value is of the wrong type.
    """
    tables = _tables(path)
    _check_commands(path, tables)
    options = _options(command)
    values = {}
    for key, value in tables.get(command.name, {}).items():
        name = key.replace("_", "-")
        place = f"{path}: [{command.name}] {key}"
        if name not in options:
            raise _unknown(_("{place}: there is no such option", place=place), name, options)
        _check_type(place, value, options[name])
        values[options[name].name] = value
    return values


def _options(command: Any) -> dict[str, Any]:
    """Return the options of a command by their long names, without the dashes."""
    long_names = {
        name.removeprefix("--"): parameter
        for parameter in command.params
        for name in parameter.opts
        if name.startswith("--")
    }
    return {name: option for name, option in long_names.items() if name not in _NOT_CONFIGURABLE}


def _tables(path: Path) -> Mapping[str, Any]:
    import tomllib

    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(
            _("{path}: cannot be read ({reason})", path=path, reason=system_reason(error)),
            _("name an existing file"),
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            _("{path}: is not UTF-8 (byte {start})", path=path, start=error.start), _("save it as UTF-8")
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(
            _("{path}: is not TOML ({error})", path=path, error=error), _("see https://toml.io")
        ) from error
    if path.name != "pyproject.toml":
        return content
    tool = content.get("tool")
    section = tool.get("pdtool") if isinstance(tool, dict) else None
    if not isinstance(section, dict):
        raise UsageError(
            _("{path}: has no table [tool.pdtool]", path=path), _("add one, or name a pdtool.toml")
        )
    return section


def _check_commands(path: Path, tables: Mapping[str, Any]) -> None:
    from pdtool.commands import COMMANDS

    for name, table in tables.items():
        if name not in COMMANDS:
            raise _unknown(
                _("{path}: [{name}]: there is no such command", path=path, name=name), name, COMMANDS
            )
        if not isinstance(table, dict):
            raise UsageError(
                _("{path}: {name} must be a table", path=path, name=name),
                _("write [{name}] above its options", name=name),
            )


def _unknown(message: str, name: str, known: Iterable[str]) -> UsageError:
    from difflib import get_close_matches

    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    return UsageError(
        message, _("write {near}", near=near[0]) if near else _("one of {names}", names=listed(names))
    )


def _check_type(place: str, value: Any, parameter: Any) -> None:
    """Compare a value with the type of the option's default, text where it has none."""
    default = parameter.default
    default = default.value if isinstance(default, Enum) else default
    wanted, word = {
        bool: ((bool,), _("true or false")),
        int: ((int,), _("a whole number")),
        float: ((int, float), "a number"),
    }.get(type(default), ((str,), _('text in quotes, such as "name"')))
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        raise UsageError(_("{place}: must be {word}, not {value!r}", place=place, word=word, value=value))
