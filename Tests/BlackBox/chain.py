"""The chain and its tree reckoned anew from ledger/FORMAT.md, with nothing of the program."""

import base64
import hashlib
import json
import subprocess

NO_PREDECESSOR = "0" * 64


def canonical(value):
    """RFC 8785, for what a ledger holds: strings, whole numbers, flags; ASCII names."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def leaf_hash(data):
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """RFC 6962, 2.1, leaf by leaf."""

    def __init__(self):
        self.size = 0
        self.peaks = []  # (leaves, hash), greatest first

    def append(self, leaf):
        """Gives the hashes of the perfect subtrees that this leaf completes, smallest first."""
        completed = []
        self.peaks.append((1, leaf))
        while len(self.peaks) > 1 and self.peaks[-1][0] == self.peaks[-2][0]:
            (count, right), (_, left) = self.peaks.pop(), self.peaks.pop()
            self.peaks.append((2 * count, node_hash(left, right)))
            completed.append(self.peaks[-1][1])
        self.size += 1
        return completed

    def root(self):
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        result = self.peaks[-1][1]
        for _, peak in reversed(self.peaks[:-1]):
            result = node_hash(peak, result)
        return result


def root_by_definition(leaves):
    """MTH of RFC 6962, written as it stands there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(root_by_definition(leaves[:split]), root_by_definition(leaves[split:]))


def rechain(database, first, change):
    """Rewrites the entries from `first` on: `change` alters each, and links and tree are made
    anew, so that within the file everything fits."""
    rows = database.execute("SELECT seq, bytes FROM entry ORDER BY seq").fetchall()
    tree, prev = Tree(), NO_PREDECESSOR
    for seq, data in rows:
        if seq >= first:
            entry = json.loads(data)
            change(entry)
            entry["prev"] = prev
            data = canonical(entry)
        leaf = leaf_hash(data)
        completed = tree.append(leaf)
        prev = leaf.hex()
        if seq >= first:
            database.execute(
                "UPDATE entry SET bytes = ?, leafHash = ?, subtreeHashes = ? WHERE seq = ?",
                (data, leaf, b"".join(completed), seq))
    database.execute("UPDATE head SET size = ?, rootHash = ?", (tree.size, tree.root()))


def opened_note(note, vkey, folder):
    """Origin, size and root hash of a checkpoint whose signature `openssl` finds good."""
    name, key_id, key = vkey.split("+", 2)
    key = base64.b64decode(key)
    assert key[0] == 1 and len(key) == 33
    assert hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() == key_id
    text, signatures = note.split("\n\n")
    text += "\n"
    dash, signer, signature = signatures.splitlines()[0].split(" ")
    signature = base64.b64decode(signature)
    assert (dash, signer, signature[:4].hex()) == ("—", name, key_id)
    files = {"key.der": bytes.fromhex("302a300506032b6570032100") + key[1:],
             "text": text.encode(), "signature": signature[4:]}
    for file, data in files.items():
        (folder / file).write_bytes(data)
    subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key.der",
         "-rawin", "-in", "text", "-sigfile", "signature"],
        cwd=folder, check=True, capture_output=True)
    origin, size, root = text.splitlines()
    return origin, int(size), base64.b64decode(root)
