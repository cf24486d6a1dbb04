"""Spark Connect servers for tests: Sail, a process of its own each; Apache Spark where it is there."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["apache_spark", "free_port", "sail"]

_SAIL = """
import sys
{before}
from pysail.spark import SparkConnectServer
server = SparkConnectServer(ip="127.0.0.1", port=0)
server.start(background=True)
print(server.listening_address[1], flush=True)
sys.stdin.read()
server.stop()
"""
_APACHE_STARTS = 300.0
"""Seconds in which Apache Spark has to be there."""


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def sail(before: str = "", parts: int | None = None, pids: list[int] | None = None) -> Iterator[str]:
    """Run a server of Sail, which ends when the block does.

    Args:
        before: Python that it runs first.
        parts: Into how many it divides what it moves; ``None``: as many as it likes.
        pids: Takes the number of its process.
    """
    environment = {**os.environ, "RUST_LOG": "error", "PYTHONWARNINGS": "ignore"}
    if parts:
        environment["SAIL_EXECUTION__DEFAULT_PARALLELISM"] = str(parts)
    command = [sys.executable, "-c", _SAIL.format(before=before)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdin is not None and process.stdout is not None
        if pids is not None:
            pids.append(process.pid)
        try:
            yield f"sc://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.stdin.close()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def apache_spark(folder: Path, parts: int = 4, python: str = sys.executable) -> Iterator[str]:
    """Run a server of Apache Spark on two processors, which ends when the block does.

    Args:
        folder: A folder for what it writes.
        parts: Into how many it divides what it moves.
        python: What runs the functions.
    """
    home = os.environ.get("SPARK_HOME", "")
    if shutil.which("java") is None:
        pytest.skip("Apache Spark takes Java, which is not installed")
    if not (Path(home) / "bin" / "spark-submit").is_file():
        pytest.skip("SPARK_HOME names no Apache Spark 4")
    port = free_port()
    settings: Mapping[str, object] = {
        "spark.ui.enabled": "false",
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": port,
        "spark.sql.warehouse.dir": folder / "warehouse",
        "spark.sql.shuffle.partitions": parts,
    }
    command = [str(Path(home) / "bin" / "spark-submit"), "--master", "local[2]"]
    command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]
    for name, value in settings.items():
        command += ["--conf", f"{name}={value}"]
    environment = {**os.environ, "PYSPARK_PYTHON": python, "SPARK_LOCAL_IP": "127.0.0.1"}
    with (
        (folder / "server.log").open("wb") as log,
        subprocess.Popen(
            [*command, "spark-internal"], stdout=log, stderr=log, env=environment, cwd=folder
        ) as process,
    ):
        try:
            _wait_for(port, process)
            yield f"sc://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _APACHE_STARTS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.3)
    raise AssertionError("Apache Spark did not start")
