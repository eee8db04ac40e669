"""Runs one command at a time and says what it took."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


class Failed(Exception):
    """A command did not end as it must."""


@dataclass(frozen=True)
class Run:
    """What one command took, from its start to its end, and the end of its output."""

    seconds: float
    peak_kib: int
    output: str

    @property
    def line(self) -> dict:
        """The last line of its output, which is JSON."""
        return json.loads(self.output.splitlines()[-1])


def run(*command: str | Path | int) -> Run:
    """Runs a command to its end, which must be a good one.

    What earlier commands have written is brought to the disk first, so that nobody's waiting for
    the disk is charged to the next.
    """
    arguments = [str(part) for part in command]
    os.sync()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.monotonic()
        process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        try:
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.monotonic() - started
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            if process.returncode is None:
                process.kill()
                process.wait()
        if process.returncode != 0:
            raise Failed(f"{' '.join(arguments)}: exit {process.returncode}\n{end_of(errors)}")
        return Run(seconds, usage.ru_maxrss, end_of(output))


def end_of(file: BinaryIO, longest: int = 4_000) -> str:
    """As much as people read, or a line of JSON needs."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - longest))
    return file.read().decode("utf-8", "replace").rstrip()


class Progress:
    """One line on standard error that is written over, and only where somebody can see it."""

    def __init__(self) -> None:
        self.is_shown = sys.stderr.isatty()

    def show(self, message: str) -> None:
        if self.is_shown:
            print(f"\r\033[K{message}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        self.show("")


def warm(path: Path) -> None:
    """Reads a file once, so that it lies in the page cache."""
    with open(path, "rb", buffering=0) as file:
        while file.read(1 << 20):
            pass
