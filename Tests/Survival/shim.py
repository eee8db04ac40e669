"""Small libraries that stand between the program and the C library, made from the C beside this."""

import errno
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from rounds import Skipped


@cache
def libraries():
    """A folder that goes when Python does."""
    return tempfile.TemporaryDirectory(prefix="survival-")


@cache
def library(name):
    """The path of the library that NAME.c gives."""
    compiler = shutil.which("cc")
    if not compiler:
        raise Skipped("there is no C compiler")
    path = Path(libraries().name) / f"{name}.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-fno-builtin", "-o", path,
                    Path(__file__).parent / f"{name}.c", "-ldl"], check=True)
    return path


def tracing(scope, trace):
    """The environment in which calls on files below `scope` are written down."""
    return {"LD_PRELOAD": str(library("fault")), "SURVIVAL_FOLDER": str(scope),
            "SURVIVAL_TRACE": str(trace)}


def failing(scope, trace, call, way, error):
    """The environment in which one of these calls goes wrong."""
    return {**tracing(scope, trace), "SURVIVAL_CALL": str(call), "SURVIVAL_WAY": way,
            "SURVIVAL_ERROR": str(getattr(errno, error))}


def read_trace(path):
    """The calls that were made: (number, name, path)."""
    if not os.path.exists(path):
        return []
    lines = Path(path).read_text().splitlines()
    return [(int(number), name, file) for number, name, file in
            (line.split(" ", 2) for line in lines)]
