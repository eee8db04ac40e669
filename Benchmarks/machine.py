"""The machine and the disk that figures come from."""

import os
import shutil
import statistics
import sys
import time
from pathlib import Path


def described(folder: Path, sqlite: str) -> str:
    """One line for people: figures without it mean nothing."""
    return (f"{processor()}, {len(os.sched_getaffinity(0))} processors, {memory_gib():.0f} GiB of "
            f"memory; {file_system(folder)}, {sync_millis(folder):.2f} ms to write 4 KiB durably; "
            f"SQLite {sqlite}")


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return " ".join(line.split(":", 1)[1].split())
    return os.uname().machine


def memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def file_system(folder: Path) -> str:
    """The type of what is mounted at the folder or nearest above it."""
    mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    place = folder.resolve()
    above = [(len(mount[1]), mount[2]) for mount in mounts if place.is_relative_to(mount[1])]
    return max(above, key=lambda mount: mount[0], default=(0, "unknown"))[1]


def sync_millis(folder: Path, times: int = 50) -> float:
    """What it takes to write 4 KiB durably: the median of some."""
    path = folder / "sync"
    millis = []
    with open(path, "wb", buffering=0) as file:
        for _ in range(times):
            started = time.monotonic()
            file.write(bytes(4096))
            os.fdatasync(file.fileno())
            millis.append((time.monotonic() - started) * 1_000)
    path.unlink()
    return statistics.median(millis)


def check_folder(folder: Path, needed: int) -> None:
    """Warns of a folder in memory; ends where there is too little room."""
    kind = file_system(folder)
    if kind in ("tmpfs", "ramfs"):
        print(f"bench: warning: {folder} lies in memory ({kind}); durable commits cost nothing "
              "there. Name a folder on a disk with --folder.", file=sys.stderr)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise OSError(f"{folder} has {free / 2**30:.1f} GiB free, and about "
                      f"{needed / 2**30:.1f} GiB are needed (--folder, --rows)")
