"""Small libraries that stand between the program and the C library, made from the C beside this."""

import errno
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from harness import Unavailable


@cache
def libraries():
    """A folder that goes when Python does."""
    return tempfile.TemporaryDirectory(prefix="survival-")


@cache
def library(name):
    """The path of the library that NAME.c gives."""
    compiler = shutil.which("cc")
    if not compiler:
        raise Unavailable("there is no C compiler")
    path = Path(libraries().name) / f"{name}.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-fno-builtin", "-o", path,
                    Path(__file__).parent / f"{name}.c", "-ldl"], check=True)
    return path


def tracing(scope, trace):
    """The environment in which calls on files below `scope` are written down."""
    return {"LD_PRELOAD": str(library("fault")), "SURVIVAL_FOLDER": str(scope),
            "SURVIVAL_TRACE": str(trace)}


def undisturbed(scope, trace, run):
    """The calls that a run makes where none goes wrong. It must make some: else nothing would go
    wrong in any round, and all would be found well."""
    run(tracing(scope, trace))
    calls = read_trace(trace)
    assert calls, f"no call on {scope} was seen"
    return calls


def failing(scope, trace, call, way, error):
    """The environment in which one of these calls goes wrong."""
    return {**tracing(scope, trace), "SURVIVAL_CALL": str(call), "SURVIVAL_WAY": way,
            "SURVIVAL_ERROR": str(getattr(errno, error))}


def read_trace(path):
    """The calls that were made: (number, name, path). The file is made as the library is loaded."""
    lines = Path(path).read_text().splitlines()
    return [(int(number), name, file) for number, name, file in
            (line.split(" ", 2) for line in lines)]
