"""A published ledger read by the pages of C2SP alone (tlog-tiles, tlog-checkpoint), with nothing of
the program."""

from pathlib import Path

from chain import Tree, leaf_hash, node_hash, opened_note

WIDTH = 256
HASH = 32


def place(index, width=WIDTH):
    """`x001/x234/067`, and `.p/W` where the tile is not full."""
    groups = []
    while True:
        index, group = divmod(index, 1000)
        groups.append(f"{'x' if groups else ''}{group:03}")
        if index == 0:
            break
    return "/".join(reversed(groups)) + ("" if width == WIDTH else f".p/{width}")


def laid_out(size):
    """Every file of a publication but the checkpoint: its path, its level or `entries`, its place
    in that, and its width."""
    for level in ["entries", *(level for level in range(8) if size >> 8 * level)]:
        count = size if level == "entries" else size >> 8 * level
        for index in range(-(-count // WIDTH)):
            width = min(WIDTH, count - index * WIDTH)
            yield f"tile/{level}/{place(index, width)}", level, index, width


def tiles(size):
    """The paths of all files but the checkpoint, with their widths."""
    return {name: width for name, _, _, width in laid_out(size)}


def hashes(folder, level, index, width=WIDTH):
    data = (Path(folder) / f"tile/{level}/{place(index, width)}").read_bytes()
    assert len(data) == width * HASH
    return [data[start:start + HASH] for start in range(0, len(data), HASH)]


def bundle(data):
    """The entries of a bundle: each with its length before it, two bytes, big-endian."""
    entries = []
    while data:
        length = int.from_bytes(data[:2], "big")
        assert len(data) >= 2 + length
        entries.append(data[2:2 + length])
        data = data[2 + length:]
    return entries


def packed(entries):
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*")
                  if not path.is_dir())


def content(folder):
    return {name: (Path(folder) / name).read_bytes() for name in files(folder)}


def audited(folder, vkey, scratch):
    """Reads all of it, and gives the entries that its checkpoint speaks of."""
    origin, size, root = opened_note((Path(folder) / "checkpoint").read_text(), vkey, scratch)
    expected = tiles(size)
    assert set(files(folder)) == {*expected, "checkpoint"}
    entries = []
    for name, width in expected.items():
        if name.startswith("tile/entries/"):
            found = bundle((Path(folder) / name).read_bytes())
            assert len(found) == width
            entries += found
    tree, levels = Tree(), [[] for _ in range(8)]
    for entry in entries:
        leaf = leaf_hash(entry)
        completed = [leaf, *tree.append(leaf)]
        for height in range(0, len(completed), 8):
            levels[height // 8].append(completed[height])
    assert (len(entries), tree.root()) == (size, root)
    for level, all_hashes in enumerate(levels):
        stored = [hash for name, width in expected.items() if name.startswith(f"tile/{level}/")
                  for hash in hashes_of(Path(folder) / name)]
        assert stored == all_hashes, level
    return origin, entries


def hashes_of(path):
    data = path.read_bytes()
    return [data[start:start + HASH] for start in range(0, len(data), HASH)]


class Client:
    """Fetches tiles one by one, as a client over a network does, and believes only the root."""

    def __init__(self, folder, size):
        self.folder, self.size = folder, size

    def subtree(self, height, index):
        """The hash over the 2^height leaves from index·2^height on: from one tile, by hashing up
        to seven levels."""
        level, up = divmod(height, 8)
        first = index << up
        found = self.tile(level, first // WIDTH)[first % WIDTH:][:1 << up]
        while len(found) > 1:
            found = [node_hash(*found[at:at + 2]) for at in range(0, len(found), 2)]
        return found[0]

    def tile(self, level, index):
        width = min(WIDTH, (self.size >> 8 * level) - index * WIDTH)
        return hashes(self.folder, level, index, width)

    def range(self, start, end):
        """MTH over leaves start to end, RFC 6962, 2.1; start is a multiple of a power of two that
        is at least the length."""
        length = end - start
        height = length.bit_length() - 1
        if length == 1 << height:
            return self.subtree(height, start >> height)
        split = 1 << height
        return node_hash(self.range(start, start + split), self.range(start + split, end))

    def inclusion(self, index):
        """PATH(m, D[n]), RFC 6962, 2.1.1: from the leaf's sibling upwards."""
        path, start, end = [], 0, self.size
        while end - start > 1:
            split = start + (1 << (end - start - 1).bit_length() - 1)
            if index < split:
                path.append(self.range(split, end))
                end = split
            else:
                path.append(self.range(start, split))
                start = split
        return path[::-1]


def write(folder, entries, note):
    """A publication of these entries, whatever they are; what leads from them to the checkpoint is
    for the caller to see to."""
    folder = Path(folder)
    levels = [[leaf_hash(entry) for entry in entries]]
    while len(levels[-1]) >= WIDTH:
        below = levels[-1]
        level = []
        for start in range(0, len(below) - len(below) % WIDTH, WIDTH):
            tree = Tree()
            for hash in below[start:start + WIDTH]:
                tree.append(hash)
            level.append(tree.root())
        levels.append(level)
    for name, level, index, width in laid_out(len(entries)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = slice(index * WIDTH, index * WIDTH + width)
        path.write_bytes(packed(entries[part]) if level == "entries"
                         else b"".join(levels[level][part]))
    (folder / "checkpoint").write_text(note)


def root_of(entries):
    tree = Tree()
    for entry in entries:
        tree.append(leaf_hash(entry))
    return tree.root()
