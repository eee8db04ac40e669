"""A disk that is really full: a small file system in memory."""

import contextlib
import shutil
import subprocess
from functools import partial

from harness import small_disk
from recovery import check_repetition, check_survival
from rounds import Round, promise

KIB = 1024
ROOMS = [0, 16, 64, 128, 256, 512, 768, 1024, 1536, 2048, 4096, 8192, 32768]


def rounds(stock):
    tasks = [stock.several_files, stock.new_persons, stock.two_batches, stock.refused,
             stock.checkpoint, stock.checkpoint_file, stock.rebuild]
    return [Round(f"{task.name}/{way}-{room}", partial(fill, task, room, enlarge))
            for task in tasks for room in ROOMS
            for way, enlarge in (("enlarged", True), ("ballast-removed", False))]


@contextlib.contextmanager
def kept_where_found(disk):
    """What is on the disk is kept where something is found."""
    try:
        yield
    except Exception:
        shutil.copytree(disk, disk.with_name("as-found"))
        raise


def fill(task, room, enlarge, folder):
    """Leaves so many KiB on the disk; afterwards there is enough."""
    need = sum(file.stat().st_size + 8 * KIB for file in task.template.path.parent.rglob("*"))
    ample = 64 << 20
    size = need + room * KIB if enlarge else need + room * KIB + ample
    with small_disk(folder / "disk", size) as disk, kept_where_found(disk):
        ledger = task.template.copy_to(disk / "ledger")
        ballast = disk / "ballast"
        fill_up(ballast, disk, room * KIB)
        result = task.run(ledger)
        end = ending(task, result)
        check_survival(task, ledger, result.status, result.out)
        ballast.unlink()
        if enlarge:
            subprocess.run(["mount", "-o", f"remount,size={ample}", disk], check=True)
        check_repetition(task, ledger)
    return f"{task.name}: {end}"


def fill_up(ballast, disk, room):
    """Writes as much as leaves that room."""
    free = shutil.disk_usage(disk).free
    ballast.write_bytes(bytes(max(0, free - room)))


def ending(task, result):
    if result.status == task.status_when_done:
        return "there was room"
    promise(result.status == 3, f"exit status {result.status}", result)
    is_said = "full" in result.err or "No space left" in result.err
    promise(is_said, "it is not said that the disk is full", result)
    return "the disk was full"
