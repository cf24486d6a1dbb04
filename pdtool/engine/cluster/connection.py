"""A session on a cluster, over Spark Connect, and what goes wrong there as sentences."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pdtool.corpus.read_options import ReadOptions
from pdtool.engine.settings import made_with
from pdtool.errors import InputError, PdtoolError, UsageError
from pdtool.install_hint import install_hint
from pdtool.language import _

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["WAIT", "check_remote", "connected", "telling"]

Answer = TypeVar("Answer")

WAIT = 10.0
"""Seconds that are waited for the first answer of a cluster."""
_REMOTE = re.compile(r"sc://[^/\s:]+(:\d+)?(/;.*|/)?")
_SETTINGS = {
    # Times without a zone stay as they are written, and others are shown in one zone.
    "spark.sql.session.timeZone": "UTC",
    # Rows sent to a function at a time: texts are long.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "500",
}
_ROOM = 256
"""Rows by which the places are asked where functions run: with eight parts, more than one of them mostly."""
_NO_MODULE = re.compile(r"No module named '(pdtool|pyarrow|numpy|[\w.]+)'")
_NOT_FOUND = ("PATH_NOT_FOUND", "does not exist", "not found", "No such file")
_DIED = ("exited unexpectedly", "crashed", "OutOfMemory", "out of memory", "ExecutorLost", "worker died")
_REASON = re.compile(r"^(?:pdtool\.errors\.)?(\w*Error): (.+)$", re.MULTILINE)
_LONGEST_REASON = 300


def check_remote(remote: str | None) -> str:
    """Return the address of a cluster.

    Raises:
        UsageError: If there is none, or it is no address of Spark Connect.
        PdtoolError: If the client is not installed.
    """
    if not remote:
        raise UsageError(_("--engine spark takes the address of a cluster"), "--remote sc://HOST:15002")
    if not _REMOTE.fullmatch(remote):
        raise UsageError(
            _("--remote {remote}: is no address of Spark Connect", remote=remote),
            "--remote sc://HOST:15002",
        )
    if find_spec("pyspark") is None:
        raise PdtoolError(
            _("a cluster takes the client of Spark Connect, which is not installed"),
            install_hint("pyspark-client"),
        )
    return remote


@contextmanager
def connected(remote: str) -> Iterator[SparkSession]:
    """Open a session of its own on a cluster, whose functions have the pdtool that this is; close it.

    Args:
        remote: Where it is, as ``sc://HOST:15002``.

    Raises:
        UsageError: If that is no address.
        PdtoolError: If the client is not installed, nobody answers in time, or another pdtool is there.
    """
    check_remote(remote)
    spark = _answer_in_time(lambda: _session(remote), remote)
    try:
        with telling(remote):
            _check_executors(spark)
            yield spark
    except BaseException:
        with suppress(Exception):
            spark.interruptAll()
        raise
    finally:
        with suppress(Exception):
            spark.stop()


def _session(remote: str) -> SparkSession:
    with warnings.catch_warnings():
        # It warns of a pandas that is newer than it: of pandas nothing is used here.
        warnings.simplefilter("ignore")
        from pyspark.sql.connect.session import SparkSession as Connected

        spark: Any = Connected.builder.remote(remote).create()
        for name, value in _SETTINGS.items():
            spark.conf.set(name, value)
        str(spark.version)  # whoever is there answers
    return cast("SparkSession", spark)


def _answer_in_time(ask: Callable[[], Answer], remote: str) -> Answer:
    """Return what is answered within :data:`WAIT` seconds; the client itself would try for ten minutes."""
    answers: list[Answer] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(ask())
        except BaseException as error:
            errors.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(WAIT)
    if answers:
        return answers[0]
    if errors and not _is_unreachable(errors[0]):
        raise _told(errors[0], remote) from errors[0]
    raise PdtoolError(
        _("{remote}: does not answer (waited {seconds:.0f} seconds)", remote=remote, seconds=WAIT),
        _("see that a Spark Connect server runs there, and that its port can be reached"),
    )


def _is_unreachable(error: BaseException) -> bool:
    return any(sign in str(error) for sign in ("UNAVAILABLE", "Retries exceeded", "RETRIES_EXCEEDED"))


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Turn the errors of a cluster into a sentence and a remedy.

    Args:
        name: What the work is about: the cluster, or the input.
    """
    try:
        yield
    except PdtoolError:
        raise
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in ("pyspark", "grpc"):
            raise
        raise _told(error, name) from error


def _told(error: BaseException, name: str) -> PdtoolError:
    said = str(error)
    missing = _NO_MODULE.search(said)
    if missing:
        return _without(missing[1])
    if any(sign in said for sign in _NOT_FOUND):
        return InputError(
            _("{name}: the cluster does not find it", name=name),
            _("name it as the cluster sees it, such as hdfs://… or a path that all its machines have"),
        )
    if any(sign in said for sign in _DIED):
        return PdtoolError(
            _("{name}: a process of the cluster died over it (out of memory?)", name=name),
            _("give its executors more memory, or divide the input into more parts"),
        )
    reasons = _REASON.findall(said)
    reason = reasons[-1][1] if reasons else said.strip().splitlines()[0] if said.strip() else repr(error)
    what = _("{name}: the cluster gave up ({reason})", name=name, reason=reason[:_LONGEST_REASON])
    return PdtoolError(what, _("its own log says more"))


def _without(module: str) -> PdtoolError:
    return PdtoolError(
        _("the cluster's Python has no {module}, which every executor needs", module=module),
        _("install pdtool with pyarrow there, and start its server with PYSPARK_PYTHON naming that Python"),
    )


def _asking() -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Return a function that says what pdtool an executor has; it takes none to be loaded there."""

    def ask(batches: Iterable[Any]) -> Iterator[Any]:
        import json

        import pyarrow

        try:
            from pdtool.corpus.read_options import ReadOptions
            from pdtool.engine.settings import made_with

            found = made_with(ReadOptions())
        except ImportError as error:
            found = {"missing": (error.name or "pdtool").partition(".")[0]}
        for _batch in batches:
            yield pyarrow.RecordBatch.from_pydict({"said": [json.dumps(found)]})

    return ask


def _check_executors(spark: SparkSession) -> None:
    """Refuse a cluster whose functions would repair or compare otherwise than this pdtool.

    Raises:
        PdtoolError: If an executor lacks pdtool, or has another version of it, or of what decides results.
    """
    asked = spark.range(_ROOM).repartition(8).mapInArrow(_asking(), "said string").distinct()
    here = made_with(ReadOptions())
    for said in asked.toArrow().column("said").to_pylist():
        there = json.loads(said)
        if "missing" in there:
            raise _without(there["missing"])
        for name, version in here.items():
            if there.get(name) != version:
                raise PdtoolError(
                    _(
                        "the cluster's Python has {name} {there}, and this is {here}",
                        name=name,
                        there=there.get(name),
                        here=version,
                    ),
                    _("install the same versions there, or run the pdtool that the cluster has"),
                )
