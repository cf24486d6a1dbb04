"""A session on a cluster, over Spark Connect, and what goes wrong there as sentences."""

from __future__ import annotations

import json
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pdtool.corpus.read_options import ReadOptions
from pdtool.engine.settings import made_with
from pdtool.errors import InputError, PdtoolError, UsageError
from pdtool.install_hint import install_hint
from pdtool.language import N_, _

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["WAIT", "check_remote", "connected", "telling"]

WAIT = 10.0
"""Seconds that are waited for the first answer of a cluster."""
_PORT = 15002
"""Where a cluster is asked if its address names no port."""
_REMOTE = re.compile(r"sc://[^/\s:]+(:\d+)?(/;.*|/)?")
_SETTINGS = {
    # Times without a zone stay as they are written, and others are shown in one zone.
    "spark.sql.session.timeZone": "UTC",
    # Rows sent to a function at a time: texts are long.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "500",
}
_RETRIES = 7
"""Times that the client tries again where the network fails, three quarters of a minute in all."""
_LONGEST_PAUSE = 10_000
"""Milliseconds that it waits between them."""
_ROOM, _PARTS = 256, 8
"""Rows, and their parts, by which executors are asked what they have: mostly more than one of them."""
_NO_MODULE = re.compile(r"No module named '(pdtool|pyarrow|numpy|[\w.]+)'")


class _Known(NamedTuple):
    """What is told where a cluster says something known.

    Args:
        signs: What it says, any of them.
        what: What is wrong.
        hint: What to try.
        kind: The error.
    """

    signs: tuple[str, ...]
    what: str
    hint: str
    kind: type[PdtoolError] = PdtoolError


_KNOWN = (
    _Known(
        ("Received http2 header with status", "Method not found"),
        N_("{name}: what answers there is no Spark Connect server"),
        N_("see that a Spark Connect server runs there, and that its port can be reached"),
    ),
    _Known(
        ("UNAVAILABLE", "Retries exceeded", "RETRIES_EXCEEDED"),
        N_("{name}: the cluster no longer answers"),
        N_("see that its Spark Connect server still runs, and what its log says"),
    ),
    _Known(
        ("No space left on device", "Disk quota exceeded", "not enough space"),
        N_("{name}: no space is left on a disk of the cluster"),
        N_("make room there, or name another folder for what the stages leave: --stages FOLDER"),
    ),
    _Known(
        ("Read-only file system", "Mkdirs failed to create"),
        N_("{name}: the cluster may not write to the folder of its stages"),
        N_("name one that all its machines can write to and read: --stages FOLDER"),
    ),
    _Known(
        ("Permission denied", "AccessControlException"),
        N_("{name}: the cluster may not read it, or not write to the folder of its stages"),
        N_("give it that right, or name another folder: --stages FOLDER"),
    ),
    _Known(
        ("PATH_NOT_FOUND", "does not exist", "not found", "No such file"),
        N_("{name}: the cluster does not find it"),
        N_("name it as the cluster sees it, such as hdfs://… or a path that all its machines have"),
        InputError,
    ),
    _Known(
        ("exited unexpectedly", "crashed", "OutOfMemory", "out of memory", "ExecutorLost", "worker died"),
        N_("{name}: a process of the cluster died over it (out of memory?)"),
        N_("give its executors more memory, or divide the input into more parts"),
    ),
)
"""What clusters say, what is asked first being looked for first."""
_REASON = re.compile(r"^(?:pdtool\.errors\.)?(\w*Error): (.+)$", re.MULTILINE)
_DETAILS = re.compile(r'^\s*details = "(.+)"$', re.MULTILINE)
_CAUSE = re.compile(r"^Caused by: [\w.$]+: (.+)$", re.MULTILINE)
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
    with warnings.catch_warnings():
        # The client warns of a pandas newer than it, of which nothing is used, and before it gives up.
        warnings.filterwarnings("ignore", module="pyspark")
        with telling(remote):
            _wait_for_answer(remote)
            spark = _session(remote)
        try:
            with telling(remote):
                _check_executors(spark)
                yield spark
        except BaseException:
            _end(spark, interrupt=True)
            raise
        _end(spark)


def _end(spark: SparkSession, *, interrupt: bool = False) -> None:
    """Close a session; whether anybody is still there to hear it makes no difference."""
    client: Any = spark.client
    client.set_retry_policies([])
    if interrupt:
        with suppress(Exception):
            spark.interruptAll()
    with suppress(Exception):
        spark.stop()
    with suppress(Exception):
        client.close()  # otherwise it asks once more when this process ends


def _wait_for_answer(remote: str) -> None:
    """Wait until somebody answers; the client itself would try for ten minutes.

    Raises:
        PdtoolError: If nobody does.
    """
    import grpc

    channel = _channel(remote)
    try:
        grpc.channel_ready_future(channel).result(timeout=WAIT)
    except grpc.FutureTimeoutError as error:
        raise _no_answer(remote) from error
    finally:
        channel.close()


def _channel(remote: str) -> Any:
    """Return a way to a cluster; a plain one takes no client, which needs seconds to be loaded."""
    import grpc

    place, _slash, settings = remote.removeprefix("sc://").partition("/")
    if not settings:
        return grpc.insecure_channel(place if ":" in place else f"{place}:{_PORT}")
    with _main_module_named():
        from pyspark.sql.connect.client import DefaultChannelBuilder

    return DefaultChannelBuilder(remote).toChannel()


@contextmanager
def _main_module_named() -> Iterator[None]:
    """Give the program a file for as long as the client is imported.

    It takes a program without one (``python -c``, or a test that another process runs) for its makers' own
    tests, and ends it where Spark is not installed.
    """
    main = sys.modules["__main__"]
    if hasattr(main, "__file__"):
        yield
        return
    main.__file__ = ""
    try:
        yield
    finally:
        del main.__file__


def _no_answer(remote: str) -> PdtoolError:
    return PdtoolError(
        _("{remote}: does not answer (waited {seconds:.0f} seconds)", remote=remote, seconds=WAIT),
        _("see that a Spark Connect server runs there, and that its port can be reached"),
    )


def _session(remote: str) -> SparkSession:
    with _main_module_named():
        from pyspark.sql.connect.client.retries import DefaultPolicy
        from pyspark.sql.connect.session import SparkSession as Connected

    spark: Any = Connected.builder.remote(remote).create()
    # A network may fail for a moment; a server that died is not waited for.
    spark.client.set_retry_policies([DefaultPolicy(max_retries=_RETRIES, max_backoff=_LONGEST_PAUSE)])
    for name, value in _SETTINGS.items():
        spark.conf.set(name, value)
    return cast("SparkSession", spark)


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
    said = _said(error)
    missing = _NO_MODULE.search(said)
    if missing:
        return _without(missing[1])
    known = next((one for one in _KNOWN if any(sign in said for sign in one.signs)), None)
    if known is not None:
        return known.kind(_(known.what, name=name), _(known.hint))
    reasons = [found[1] for found in _REASON.findall(said)]
    reasons = reasons or _CAUSE.findall(said) or _DETAILS.findall(said)
    reason = reasons[-1] if reasons else said.strip().splitlines()[0] if said.strip() else repr(error)
    what = _("{name}: the cluster gave up ({reason})", name=name, reason=reason[:_LONGEST_REASON])
    return PdtoolError(what, _("its own log says more"))


def _said(error: BaseException) -> str:
    """Return what an error says, and what Apache Spark says of its causes, without where they arose."""
    trace = getattr(error, "getStackTrace", lambda: None)() or ""
    causes = [line for line in trace.splitlines() if not line.startswith("\tat ")]
    return "\n".join([str(error), *causes])


def _without(module: str) -> PdtoolError:
    return PdtoolError(
        _("the cluster's Python has no {module}, which every executor needs", module=module),
        _("install pdtool with pyarrow there, and start its server with PYSPARK_PYTHON naming that Python"),
    )


def _asking() -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Return a function that says what pdtool an executor has; it takes none to be loaded there."""

    def ask(batches: Iterable[Any]) -> Iterator[Any]:
        import json

        # Where functions run in threads, as in Sail, pyarrow may wait for itself for ever if the first of its
        # calls that look for pandas are made at once.
        import pyarrow
        import pyarrow.pandas_compat

        try:
            # All that functions take, so that it is loaded once, before many are at work.
            from pdtool.corpus.read_options import ReadOptions
            from pdtool.engine.cluster import comparison  # noqa: F401
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
    here = made_with(ReadOptions())
    answers: set[str] = set()
    for parts in (1, _PARTS):  # first one alone: see there
        asked = spark.range(_ROOM).repartition(parts).mapInArrow(_asking(), "said string").distinct()
        answers |= set(asked.toArrow().column("said").to_pylist())
    for said in sorted(answers):
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
