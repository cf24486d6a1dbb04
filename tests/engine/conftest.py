"""The command line inside the tests' process, as the tests of the commands have it."""

from __future__ import annotations

from tests.commands.conftest import call

__all__ = ["call"]
