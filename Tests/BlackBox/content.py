"""What a ledger says, in a form in which two ledgers of the same records are equal.

Pseudonyms, hashes and times are made anew in each ledger. Here a pseudonym becomes the place of
its first mention, and hashes are left out; the rest must be the same.
"""

import json
import re

from harness import reader

PSEUDONYM = re.compile(r"\b([patdh]):[0-9a-f]{32}")
HASH = re.compile(r'"[0-9a-f]{64}"')
OWN_SOURCE = "aidledger"
"""The source of the entries that the program makes on its own account."""


def read(ledger, sql, *values):
    with reader(ledger) as database:
        return database.execute(sql, values).fetchall()


def entries(ledger):
    return [json.loads(row[0]) for row in read(ledger, "SELECT bytes FROM entry ORDER BY seq")]


def keys(ledger):
    """(source, id) of every record, as a list: a key that is there twice is there twice."""
    return read(ledger, "SELECT source, id FROM entry WHERE source <> ? ORDER BY seq", OWN_SOURCE)


class Names:
    """Gives pseudonyms names in the order in which they are met."""

    def __init__(self):
        self.known = {}

    def of(self, pseudonym):
        return self.known.setdefault(pseudonym, f"{pseudonym[0]}{len(self.known)}")

    def replace(self, text):
        return PSEUDONYM.sub(lambda match: self.of(match[0]), text)


def statements(ledger):
    """Records and registrations of persons in their order: the same in whatever form the records
    are brought."""
    names = Names()
    return [statement(entry, names) for entry in entries(ledger)
            if entry["source"] != OWN_SOURCE or entry["kind"] == "person.registered"]


def content(ledger):
    """Records in their order, persons as last registered, and which files were finished: the same
    however the program was disturbed. What the vault kept of a lost batch is registered anew, so
    somebody may be registered more often."""
    all_entries = entries(ledger)
    names = Names()
    records = [statement(entry, names) for entry in all_entries if entry["source"] != OWN_SOURCE]
    finished = sorted((entry["body"]["sha256"], entry["body"]["lines"]) for entry in all_entries
                      if entry["kind"] == "import.finished")
    return {"records": records, "persons": persons(all_entries, names), "finished": finished}


def statement(entry, names):
    body = names.replace(HASH.sub('"#"', json.dumps(entry["body"], sort_keys=True)))
    changing = ["at", "body", "prev", "seq"]
    if entry["source"] == OWN_SOURCE:
        changing.append("id")
    rest = {name: value for name, value in entry.items() if name not in changing}
    return json.dumps(rest, sort_keys=True), body


def persons(all_entries, names):
    """The last registration of each person. Of a phone, an address or a household it says who
    shares it."""
    last = {entry["body"]["person"]: entry["body"] for entry in all_entries
            if entry["kind"] == "person.registered"}
    sharers = {}
    for person, body in last.items():
        for linked in ("phone", "address", "household"):
            if linked in body:
                sharers.setdefault(body[linked], set()).add(names.of(person))

    def told(body):
        changing = ("commitments", "person", "sealed", "version")
        told = {name: value for name, value in body.items() if name not in changing}
        told |= {name: sorted(sharers[value]) for name, value in told.items() if value in sharers}
        return {**told, "fields": sorted(body["commitments"])}

    return {names.of(person): told(body) for person, body in last.items()}
