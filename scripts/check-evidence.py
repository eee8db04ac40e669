#!/usr/bin/env python3
"""Checks an evidence pack without AidLedger: Python's standard library, and `openssl` for Ed25519.

Written from the published formats: C2SP, RFC 9162, and ledger/FORMAT.md for what is disclosed.
Exit status: 0 it holds, 1 it does not, 2 it cannot be checked."""

import argparse
import base64
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from datetime import datetime, timezone
from pathlib import Path

OTHERS = {"HOW-TO-CHECK.txt", "log.vkey", "keys.txt", "policy", "checkpoint", "disclosed.json"}


class DoesNotHold(Exception):
    """The answer is no, and why."""


def require(condition, reason):
    if not condition:
        raise DoesNotHold(reason)


def shown(text):  # without what could pose as a line of its own
    return "".join(each if each.isprintable() else "\ufffd" for each in text)


def decoded(text):
    data = base64.b64decode(text, validate=True)
    require(base64.b64encode(data).decode() == text, "base64 that is not written as it must be")
    return data


class Key:
    """A verifier key, or a file that holds one: name+<8 hex digits>+<base64 of type and key>."""
    def __init__(self, text):
        path = Path(text)
        text = (path.read_text() if "+" not in text or path.is_file() else text).strip()
        self.name, identifier, material = text.split("+", 2)
        data = decoded(material)
        self.type, self.bytes, self.id = data[0], data[1:], bytes.fromhex(identifier)
        digest = hashlib.sha256(self.name.encode() + b"\n" + data).digest()
        if digest[:4] != self.id or len(self.bytes) != 32 or self.type not in (1, 4):
            raise ValueError("the parts of the key do not fit each other")

    def has_signed(self, message, signature):
        with tempfile.TemporaryDirectory() as folder:
            key = bytes.fromhex("302a300506032b6570032100") + self.bytes
            for name, data in zip(("key", "text", "signature"), (key, message, signature)):
                Path(folder, name).write_bytes(data)
            command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey",
                       "key", "-rawin", "-in", "text", "-sigfile", "signature"]
            return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0


class Checkpoint:
    """A signed note: three lines, an empty line, signature lines."""
    def __init__(self, data):
        text, _, signatures = data.decode().partition("\n\n")
        self.text = text + "\n"
        self.origin, size, root = text.split("\n")
        require(re.fullmatch("0|[1-9][0-9]*", size), "the checkpoint's size is no number")
        self.size, self.root = int(size), decoded(root)
        self.signatures = []
        for line in signatures.removesuffix("\n").split("\n"):
            dash, name, signature = line.split(" ")
            require(dash == "\u2014", "a signature line is none")
            self.signatures.append((name, decoded(signature)))

    def signatures_of(self, key):
        return [data[4:] for name, data in self.signatures if (name, data[:4]) == (key.name, key.id)]

    def require_signature(self, key):
        require(key.name == self.origin, f"the checkpoint is of {self.origin}, not of {key.name}")
        good = [key.has_signed(self.text.encode(), data) for data in self.signatures_of(key)]
        require(good and all(good), f"the key of {key.name} has not signed the checkpoint")

    def cosigned_at(self, key):
        """When a witness cosigned, in seconds; None where it has not."""
        seconds = None
        for data in self.signatures_of(key):
            seconds = int.from_bytes(data[:8], "big")
            message = f"cosignature/v1\ntime {seconds}\n{self.text}".encode()
            require(key.has_signed(message, data[8:]), f"{key.name} has not cosigned it")
        return seconds


def root_of(index, size, leaf, siblings):
    """RFC 9162, 2.1.3.2."""
    require(0 <= index < size, "the tree has no such entry")
    node, last, result = index, size - 1, leaf
    for sibling in siblings:
        require(last > 0, "the proof has too many hashes")
        if node & 1 or node == last:
            result = hashlib.sha256(b"\1" + sibling + result).digest()
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            result = hashlib.sha256(b"\1" + result + sibling).digest()
        node, last = node >> 1, last >> 1
    require(last == 0, "the proof has too few hashes")
    return result


def check_entry(seq, data, proof, checkpoint, note):
    head, separator, rest = proof.partition(b"\n\n")
    lines = head.decode("ascii").split("\n")
    require(separator and rest == note and lines[:2] == ["c2sp.org/tlog-proof@v1", f"index {seq}"],
            f"the proof of entry {seq} is of another entry or checkpoint")
    leaf = hashlib.sha256(b"\0" + data).digest()
    root = root_of(seq, checkpoint.size, leaf, [decoded(line) for line in lines[2:]])
    require(root == checkpoint.root, f"the proof of entry {seq} does not lead to the root hash")


def check_disclosure(item, entries):
    place = json.loads(entries[item["entry"]])["body"]
    require(item["path"] in (item["field"], f"commitments/{item['field']}") and "sealed" in place
            and item["field"] != "sealed", "a field is disclosed in another's place")
    for part in item["path"].split("/"):
        place = place[int(part)] if isinstance(place, list) else place[part]
    statement = json.dumps(["aidledger/1", item["field"], item["salt"], item["value"]],
                           ensure_ascii=False, separators=(",", ":"))
    require(hashlib.sha256(statement.encode()).hexdigest() == place,
            f"entry {item['entry']} does not confirm the field {item['field']}")


def check(pack, log, witnesses, quorum):
    data = Path(pack).read_bytes() if Path(pack).is_file() else b""
    require(data[:4] + data[-22:-18] == b"PK\3\4PK\5\6", "something stands around the archive")
    with zipfile.ZipFile(pack) as archive:
        infos, names = archive.infolist(), archive.namelist()
        require(sum(info.file_size for info in infos) <= 64 << 20, "it is too large")
        require(not any(info.compress_type for info in infos), "it was packed anew")
        require(len(names) == len(set(names)), "two files have one name")
        files = {name: archive.read(name) for name in names}
    manifest = json.loads(files.pop("evidence.json"))
    note, seqs = files["checkpoint"], manifest["entries"]
    checkpoint = Checkpoint(note)
    listed = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    require(manifest == {
        "format": "aidledger-evidence", "v": 1, "origin": checkpoint.origin, "entries": seqs,
        "size": checkpoint.size, "rootHash": checkpoint.root.hex(), "files": listed,
    }, "evidence.json is not that of these files")
    require(seqs and seqs == sorted({int(seq) for seq in seqs}), "no entries, or not in order")
    known = {f"entries/{seq}.{end}" for seq in seqs for end in ("json", "tlog-proof", "txt")}
    require(set(files) - known <= OTHERS, "it holds files that do not belong to it")
    checkpoint.require_signature(log)
    times = {(key.name, key.id): checkpoint.cosigned_at(key) for key in witnesses}
    seen = [(name, seconds) for (name, _), seconds in times.items() if seconds is not None]
    require(len(seen) >= quorum, f"{len(seen)} of {quorum} witnesses have cosigned")
    entries = {seq: files[f"entries/{seq}.json"] for seq in seqs}
    for seq, data in entries.items():
        check_entry(seq, data, files[f"entries/{seq}.tlog-proof"], checkpoint, note)
    disclosed = json.loads(files.get("disclosed.json", b"[]"))
    for item in disclosed:
        check_disclosure(item, entries)
    yield f"shown: {checkpoint.origin} holds these entries, as of {checkpoint.size} entries:"
    for seq, data in entries.items():
        entry, people = json.loads(data), sorted(set(re.findall(rb"p:[0-9a-f]{32}", data)))
        words = [entry[name] for name in ("kind", "occurredOn", "source", "id")]
        yield shown(f"  entry {seq}  {' '.join(words + [person.decode() for person in people])}")
    for item in disclosed:
        whose = json.loads(entries[item["entry"]])["body"].get("person", "its text")
        yield shown(f"  disclosed  of {whose} (entry {item['entry']}): "
                    f"{item['field']} = {item['value']}")
    for name, seconds in seen:
        yield f"  cosigned by  {name} at {datetime.fromtimestamp(seconds, timezone.utc):%FT%TZ}"
    yield "not shown: that what was recorded is true; anything of renderings, keys and guide" + (
        "" if seen else "; that everybody is shown the same ledger (no witness asked has cosigned)")


def main():
    parser = argparse.ArgumentParser(description="Checks an evidence pack without AidLedger.")
    parser.add_argument("pack")
    parser.add_argument("--vkey", required=True, help="the ledger's verifier key, or its file")
    parser.add_argument("--witness", action="append", default=[], help="a witness's, likewise")
    parser.add_argument("--quorum", type=int, default=0, help="how many of them are enough")
    given = parser.parse_args()
    try:
        keys = [Key(text) for text in [given.vkey, *given.witness]]
        print("\n".join(check(given.pack, keys[0], keys[1:], given.quorum)))
    except DoesNotHold as reason:
        print(f"DOES NOT HOLD: {reason}")
        return 1
    except Exception as error:  # whatever a hostile file may lead to
        print(f"cannot be checked: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
