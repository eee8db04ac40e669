#!/usr/bin/env python3
"""Checks an evidence pack without AidLedger: Python's standard library, and `openssl` for Ed25519.

Written from the published formats: C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof,
RFC 6962, RFC 9162, and ledger/FORMAT.md for what is disclosed.
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

SIGNS, COSIGNS, LARGEST = 1, 4, 64 << 20
UNREADABLE = (zipfile.BadZipFile, LookupError, TypeError, AttributeError, OSError, RuntimeError,
              ArithmeticError, ValueError, EOFError)


class DoesNotHold(Exception):
    """The answer is no, and why."""


def require(condition, reason):
    if not condition:
        raise DoesNotHold(reason)


def decoded(text):
    """Base64 that is written as it must be."""
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
        if digest[:4] != self.id or len(self.bytes) != 32 or self.type not in (SIGNS, COSIGNS):
            raise ValueError("the parts of the key do not fit each other")

    def has_signed(self, message, signature):
        with tempfile.TemporaryDirectory() as folder:
            key = bytes.fromhex("302a300506032b6570032100") + self.bytes
            for name, data in {"key": key, "text": message, "signature": signature}.items():
                Path(folder, name).write_bytes(data)
            command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey",
                       "key", "-rawin", "-in", "text", "-sigfile", "signature"]
            return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0


class Checkpoint:
    """A signed note: three lines, an empty line, signature lines."""
    def __init__(self, data):
        text, separator, signatures = data.decode().partition("\n\n")
        require(separator, "the checkpoint has no signatures")
        self.text = text + "\n"
        lines = text.split("\n")
        require(len(lines) == 3 and re.fullmatch("0|[1-9][0-9]*", lines[1]),
                "the checkpoint is not three lines")
        self.origin, self.size, self.root = lines[0], int(lines[1]), decoded(lines[2])
        self.signatures = []
        for line in signatures.removesuffix("\n").split("\n"):
            dash, name, signature = line.split(" ")
            require(dash == "\u2014", "a signature line is none")
            self.signatures.append((name, decoded(signature)))

    def signatures_of(self, key):
        return [data[4:] for name, data in self.signatures
                if (name, data[:4]) == (key.name, key.id)]

    def require_signature(self, key):
        require(key.name == self.origin, f"the checkpoint is of {self.origin}, not of {key.name}")
        found = [key.has_signed(self.text.encode(), data) for data in self.signatures_of(key)]
        require(found and all(found), f"the key of {key.name} has not signed the checkpoint")

    def cosigned_at(self, key):
        """When a witness cosigned, in seconds; None where it has not."""
        seconds = None
        for data in self.signatures_of(key):
            require(len(data) == 72, f"the cosignature of {key.name} is none")
            seconds = int.from_bytes(data[:8], "big")
            require(key.has_signed(f"cosignature/v1\ntime {seconds}\n{self.text}".encode(), data[8:]),
                    f"the cosignature of {key.name} does not hold")
        return seconds


def root_of(index, size, leaf, siblings):
    """RFC 9162, 2.1.3.2."""
    require(index < size, "the tree has no such entry")
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
    require(separator and rest == note, f"the proof of entry {seq} is of another checkpoint")
    require(lines[:2] == ["c2sp.org/tlog-proof@v1", f"index {seq}"],
            f"the proof of entry {seq} does not begin as it must")
    leaf = hashlib.sha256(b"\0" + data).digest()
    root = root_of(seq, checkpoint.size, leaf, [decoded(line) for line in lines[2:]])
    require(root == checkpoint.root, f"the proof of entry {seq} does not lead to the root hash")


def check_disclosure(item, entries):
    """The commitment to a field, its salt and its value must stand in the entry."""
    require(item["path"] in (item["field"], f"commitments/{item['field']}"),
            "a field is disclosed in another's place")
    place = json.loads(entries[item["entry"]])["body"]
    for part in item["path"].split("/"):
        place = place[int(part)] if isinstance(place, list) else place[part]
    statement = json.dumps(["aidledger/1", item["field"], item["salt"], item["value"]],
                           ensure_ascii=False, separators=(",", ":"))
    require(hashlib.sha256(statement.encode()).hexdigest() == place,
            f"entry {item['entry']} does not confirm the field {item['field']}")


def check(pack, log, witnesses, quorum):
    """Gives the lines that say what has been shown."""
    with zipfile.ZipFile(pack) as archive:
        infos, names = archive.infolist(), archive.namelist()
        require(sum(info.file_size for info in infos) <= LARGEST, "it is too large")
        require(not any(info.compress_type for info in infos), "it was packed anew")
        require(len(names) == len(set(names)), "two files have one name")
        files = {name: archive.read(name) for name in names}
    manifest = json.loads(files.pop("evidence.json"))
    require((manifest["format"], manifest["v"]) == ("aidledger-evidence", 1),
            "it is no evidence pack of version 1")
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    require(digests == manifest["files"], "the files are not those that evidence.json lists")
    note = files["checkpoint"]
    checkpoint = Checkpoint(note)
    checkpoint.require_signature(log)
    times = {key.name: checkpoint.cosigned_at(key) for key in witnesses}
    seen = {name: seconds for name, seconds in times.items() if seconds is not None}
    require(len(seen) >= quorum, f"{len(seen)} of {quorum} witnesses have cosigned")
    entries = {seq: files[f"entries/{seq}.json"] for seq in manifest["entries"]}
    require(entries, "it holds no entry")
    for seq, data in entries.items():
        check_entry(seq, data, files[f"entries/{seq}.tlog-proof"], checkpoint, note)
    disclosed = json.loads(files.get("disclosed.json", b"[]"))
    for item in disclosed:
        check_disclosure(item, entries)
    yield f"shown: {checkpoint.origin} holds these entries, as of {checkpoint.size} entries:"
    for seq, data in entries.items():
        entry = json.loads(data)
        yield f"  entry {seq}  {entry['kind']} {entry['occurredOn']} {entry['source']} {entry['id']}"
    for item in disclosed:
        yield f"  disclosed  {item['field']} = {item['value']}  (as entry {item['entry']} confirms)"
    for name, seconds in seen.items():
        at = datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield f"  cosigned by  {name} at {at}"
    yield "not shown: that what was recorded is true" + (
        "" if seen else "; that everybody is shown the same ledger (no witness was asked)")


def main():
    parser = argparse.ArgumentParser(description="Checks an evidence pack without AidLedger.")
    parser.add_argument("pack")
    parser.add_argument("--vkey", required=True, help="the ledger's verifier key, or its file")
    parser.add_argument("--witness", action="append", default=[], help="a witness's, likewise")
    parser.add_argument("--quorum", type=int, default=0, help="how many of them must have cosigned")
    options = parser.parse_args()
    try:
        log, witnesses = Key(options.vkey), [Key(text) for text in options.witness]
        print("\n".join(check(options.pack, log, witnesses, options.quorum)))
    except DoesNotHold as reason:
        print(f"DOES NOT HOLD: {reason}")
        return 1
    except UNREADABLE as error:
        print(f"cannot be checked: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
