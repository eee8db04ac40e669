"""How a call on a file can go wrong, by what the call is."""

WRITES = {"write", "pwrite", "pwrite64"}
SIZES = {"ftruncate", "ftruncate64"}
CHANGES = WRITES | SIZES | {"create", "fsync", "fdatasync", "rename", "unlink", "mkdir", "rmdir",
                            "fchmod", "fchown"}


def ways(name):
    """(way, error) pairs; the ways are those of fault.c."""
    yield "fail", "EIO"
    if name.startswith("mmap"):
        yield "fail", "ENOMEM"
    if name in CHANGES:
        yield from [("fail", "ENOSPC"), ("late", "EIO"), ("gone", "EIO"), ("die", "EIO")]
    if name in WRITES:
        yield from [("half", "EIO"), ("full", "ENOSPC"), ("torn", "EIO")]
