"""Between which times entries were made, by others' clocks: reckoned a second time here; clocks that
are wrong, and what is forged or hidden."""

import base64
import csv
import datetime
import shutil
import subprocess
import time

import pytest

from authority import text_of
from chain import rechain
from harness import (BAD_INPUT, CHECKOUT, COULD_NOT, ENVIRONMENT, FINE, NO, ORIGIN, Ledger, aid,
                     application, done, record, refused, tamper, tampering)
from stamping import request, respond


# MARK: times

class FakeWitness:
    """A witness that cosigns with whatever time it is told, by `openssl`: C2SP tlog-cosignature."""

    def __init__(self, folder, name, log, holder):
        folder.mkdir()
        self.folder, self.name = folder, name
        self.vkey = done("keys", "new", name, "--cosigner", "-o", folder / "key").out.strip()
        seed = base64.b64decode((folder / "key").read_text().strip().split("+", 4)[4])[1:]
        (folder / "key.der").write_bytes(
            bytes.fromhex("302e020100300506032b657004220420") + seed)
        done("keys", "register", log, "--holder", holder, "--vkey", self.vkey)

    def line(self, note, seconds):
        text = note.split("\n\n")[0]
        (self.folder / "message").write_text(f"cosignature/v1\ntime {seconds}\n{text}\n")
        subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", "key.der", "-keyform", "DER",
                        "-rawin", "-in", "message", "-out", "signature"], cwd=self.folder,
                       check=True, capture_output=True)
        data = (bytes.fromhex(self.vkey.split("+")[1]) + seconds.to_bytes(8, "big")
                + (self.folder / "signature").read_bytes())
        return f"— {self.name} {base64.b64encode(data).decode()}\n"

    def cosign(self, log, seconds, size=None):
        """Signs a checkpoint (of the present, if no size is given) and adds what it says."""
        done("checkpoint", log)
        note = log.value("SELECT note FROM checkpoint WHERE size = ?", size or log.size())
        (self.folder / "line").write_text(note + self.line(note, seconds))
        done("checkpoint", log, "--add-cosignature", self.folder / "line")


def told(log, *arguments, status=FINE):
    result = aid("times", log, "--json", *arguments)
    assert result.status == status, result
    answer, = result.json_lines()
    return answer


def stamp(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def unix(text):
    return int(datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
               .replace(tzinfo=datetime.timezone.utc).timestamp())


def bounds_of(answer):
    """The bounds of each entry."""
    bounds = {}
    for interval in answer["intervals"]:
        for seq in range(interval["first"], interval["last"] + 1):
            assert seq not in bounds
            bounds[seq] = (interval.get("notBefore"), interval.get("notAfter"))
    return bounds


def reckoned(log, evidence):
    """The same by definition; `evidence` are (size, place, seconds)."""
    bounds = {}
    for seq in range(log.size()):
        before = [seconds for _, place, seconds in evidence if place <= seq]
        after = [seconds for size, _, seconds in evidence if size > seq]
        bounds[seq] = (stamp(max(before)) if before else None, stamp(min(after)) if after else None)
    return bounds


def test_ledger_without_anybodys_word(log):
    answer = told(log)
    assert bounds_of(answer) == {seq: (None, None) for seq in range(log.size())}
    assert (answer["withBoth"], answer["withNone"]) == (0, log.size())
    text = done("times", log).out
    assert "nobody's: the ledger holds no cosignature or time-stamp to use" in text
    assert f"both bounds: 0 entries\none bound: 0; none: {log.size()}\n" in text


def test_bounds_are_reckoned(log, tmp_path):
    """Two witnesses, four checkpoints, seconds apart; reckoned again by the definition."""
    finance = FakeWitness(tmp_path / "f", "finance.example", log, "finance")
    health = FakeWitness(tmp_path / "h", "health.example", log, "health")
    now = int(time.time())
    evidence = []

    def seen(witness, seconds, size=None):
        witness.cosign(log, seconds, size)
        place = log.size() - 1
        evidence.append((size or place, place, seconds))
        return place

    first = seen(finance, now + 20)
    log.take([application(number) for number in range(10, 14)])
    seen(health, now + 40)
    seen(health, now + 30, size=first)
    log.take([application(number) for number in range(14, 17)])
    seen(finance, now + 90)
    log.take([application(20)])
    answer = told(log)
    assert bounds_of(answer) == reckoned(log, evidence)
    both = [(unix(before), unix(after)) for before, after in bounds_of(answer).values()
            if before and after]
    widths = sorted(after - before for before, after in both)
    assert answer["withBoth"] == len(widths) > 5
    assert answer["greatestWidthSeconds"] == widths[-1]
    assert answer["medianWidthSeconds"] == widths[(len(widths) - 1) // 2]
    assert {(one["holder"], one["count"]) for one in answer["sources"]} == {
        ("finance", 2), ("health", 2)}
    assert answer["atBeforeBounds"]["entries"] == answer["atAfterBounds"]["entries"] == 0
    text = done("times", log).out
    assert "finance.example (finance, key " in text and "2 cosignatures" in text
    assert "contradictions: none beyond 300 s" in text


def test_only_the_policys_witnesses_count(log, tmp_path):
    """Whoever keeps the ledger could put a key of his own on it."""
    finance = FakeWitness(tmp_path / "f", "finance.example", log, "finance")
    own = FakeWitness(tmp_path / "o", "own.example", log, "health")
    now = int(time.time())
    finance.cosign(log, now + 10)
    own.cosign(log, now + 20)
    (tmp_path / "policy").write_text(
        f"log {log.vkey.read_text().strip()}\nwitness w {finance.vkey}\nquorum w\n")
    answer = told(log, "--policy", tmp_path / "policy")
    assert [one["holder"] for one in answer["sources"]] == ["finance"]
    assert bounds_of(answer)[log.size() - 1] == (stamp(now + 10), None)


def test_key_registered_later_does_not_count(log, tmp_path):
    """A forged entry: the cosignature stands before the key that it is of."""
    finance = FakeWitness(tmp_path / "f", "finance.example", log, "finance")
    finance.cosign(log, int(time.time()))
    key, place = log.size() - 2, log.size() - 1
    one, other = log.entry(key), log.entry(place)
    assert (one["kind"], other["kind"]) == ("key.registered", "checkpoint.cosigned")

    def swapped(entry):
        if entry["seq"] in (key, place):
            source = other if entry["seq"] == key else one
            entry.update({name: source[name] for name in ("kind", "body")})

    # The checkpoint that was cosigned covers the entry that is swapped: one before it serves.
    note = log.value("SELECT note FROM checkpoint ORDER BY size LIMIT 1")
    other["body"].update(note=note + finance.line(note, int(time.time())),
                         size=int(note.splitlines()[1]),
                         rootHash=base64.b64decode(note.splitlines()[2]).hex())
    with tampering(log.path) as database:
        rechain(database, key, swapped)
        database.execute("DELETE FROM checkpoint WHERE size > ?", [key])
    done("rebuild", log)
    assert log.entry(key)["kind"] == "checkpoint.cosigned"
    answer = told(log)
    assert answer["sources"] == [] and answer["withNone"] == log.size()


def test_time_stamps_count_only_with_a_chain(stamped, authority, stranger, response):
    answer = told(stamped)
    assert answer["timeStampsNotVerified"] == 1 and answer["withNone"] == stamped.size()
    assert "1 time-stamp not verified and not used" in done("times", stamped).out
    answer = told(stamped, "--tsa-chain", authority.chain)
    stated = text_of("-reply", response).split("Time stamp: ")[1].splitlines()[0]
    seconds = int(datetime.datetime.strptime(stated, "%b %d %H:%M:%S %Y %Z").replace(
        tzinfo=datetime.timezone.utc).timestamp())
    place = stamped.size() - 1
    assert bounds_of(answer) == reckoned(stamped, [(place, place, seconds)])
    assert answer["sources"] == [{"chain": str(authority.chain), "count": 1}]
    answer = told(stamped, "--tsa-chain", stranger.chain, status=NO)
    assert [one["seq"] for one in answer["faults"]] == [place] and answer["sources"] == []


def test_cosignature_of_no_time(log, tmp_path):
    """A witness may state whatever it likes."""
    finance = FakeWitness(tmp_path / "f", "finance.example", log, "finance")
    finance.cosign(log, 2**63 - 1)
    answer = told(log, status=NO)
    assert answer["faults"][0]["text"] == "it states a time that cannot be"
    assert answer["withNone"] == log.size()


def test_late_entries(new_ledger, tmp_path):
    """Which are late is reckoned here; those after a cosignature are so whatever the clock said."""
    log = new_ledger
    finance = FakeWitness(tmp_path / "f", "finance.example", log, "finance")
    finance.cosign(log, int(time.time()))
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
    days = [0, 29, 30, 31, 32, 5, 400, 31]
    records = []
    for number, ago in enumerate(days):
        one = record(number)
        one["occurredOn"] = (today - datetime.timedelta(days=ago)).isoformat()
        records.append(one)
    assert log.take(records).status == FINE
    answer = told(log, "--csv", tmp_path / "t.csv")
    start = next(seq for seq in range(log.size()) if log.entry(seq)["kind"] == "case.noted")
    assert answer["late"] == {
        "entries": 4, "runCount": 2, "runs": [
            {"first": start + 3, "last": start + 4, "days": 32},
            {"first": start + 6, "last": start + 7, "days": 400}]}
    assert answer["lateProved"] == 4
    rows = list(csv.DictReader(open(tmp_path / "t.csv", newline="")))
    assert [(int(row["seq"]), int(row["daysLate"]), row["finding"]) for row in rows] == [
        (start + place, ago, "late-proved") for place, ago in enumerate(days) if ago > 30]
    assert {row["kind"] for row in rows} == {"case.noted"}
    assert told(log, "--late", 31)["late"]["entries"] == 2
    assert told(log, "--late", 400)["late"]["entries"] == 0
    assert "recorded more than 400 days after they happened: none" in done(
        "times", log, "--late", 400).out


def test_kind_that_a_spreadsheet_would_run(log, tmp_path):
    """The chain of a forged ledger may hold whatever as a kind."""
    seq = next(seq for seq in range(log.size()) if log.entry(seq)["kind"] == "aid.applied")
    with tampering(log.path) as database:
        rechain(database, seq, lambda entry: entry.update(
            kind="=1+1,2" if entry["seq"] == seq else entry["kind"]))
        database.execute("DELETE FROM checkpoint WHERE size > ?", [seq])
    told(log, "--csv", tmp_path / "t.csv")
    rows = list(csv.DictReader(open(tmp_path / "t.csv", newline="")))
    assert {row["seq"]: row["kind"] for row in rows}[str(seq)] == "unknown"
    assert all(row["finding"] == "late" for row in rows)


@pytest.fixture(scope="session")
def clock(tmp_path_factory):
    """An environment in which the program's clock is wrong by so many seconds."""
    compiler = shutil.which("cc")
    if not compiler:
        pytest.skip("there is no C compiler")
    library = tmp_path_factory.mktemp("clock") / "clock.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library,
                    CHECKOUT / "Tests/Survival/clock.c", "-ldl"], check=True)
    return lambda seconds: {**ENVIRONMENT, "LD_PRELOAD": str(library),
                            "SURVIVAL_CLOCK": str(seconds)}


DAY = 86_400


def made(path, environment, folder):
    """A ledger that is made and filled by a wrong clock, and cosigned by a right one."""
    done("init", path, "--origin", ORIGIN, env=environment)
    log = Ledger(path)
    folder.mkdir()
    vkey = done("witness", "init", folder / "w", "--name", "finance.example", "--log", log.vkey,
                "--json").json_lines()[0]["vkey"]
    done("keys", "register", log, "--holder", "finance", "--vkey", vkey, env=environment)
    log.take([application(number) for number in range(5)], env=environment)
    done("checkpoint", log, "-o", folder / "c", env=environment)
    (folder / "cosigned").write_text(done("witness", "cosign", folder / "w", folder / "c").out)
    done("checkpoint", log, "--add-cosignature", folder / "cosigned", env=environment)
    log.take([application(number) for number in range(5, 8)], env=environment)
    return log


def test_clock_set_back(clock, tmp_path):
    """Entries that bear or follow a cosignature of today say that they are ten days old."""
    log = made(tmp_path / "back.db", clock(-10 * DAY), tmp_path / "back")
    answer = told(log, "--csv", tmp_path / "t.csv", status=NO)
    place = next(seq for seq in range(log.size())
                 if log.entry(seq)["kind"] == "checkpoint.cosigned")
    assert answer["atBeforeBounds"]["runs"][0]["first"] == place
    assert answer["atBeforeBounds"]["entries"] == log.size() - place
    assert abs(answer["atBeforeBounds"]["runs"][0]["seconds"] - 10 * DAY) < 120
    assert answer["atAfterBounds"]["entries"] == 0
    rows = list(csv.DictReader(open(tmp_path / "t.csv", newline="")))
    assert [int(row["seq"]) for row in rows if "at-before-bounds" in row["finding"]] == list(
        range(place, log.size()))
    for row in rows:
        assert row["at"] == log.entry(int(row["seq"]))["at"]
    result = aid("times", log)
    assert result.status == NO
    assert f"CONTRADICTED: said to be recorded before they can have been: {log.size() - place}" \
        in result.out
    assert told(log, "--tolerance", 11 * DAY)["atBeforeBounds"]["entries"] == 0


def test_clock_ahead(clock, tmp_path):
    log = made(tmp_path / "ahead.db", clock(20 * DAY), tmp_path / "ahead")
    answer = told(log, status=NO)
    place = next(seq for seq in range(log.size())
                 if log.entry(seq)["kind"] == "checkpoint.cosigned")
    (run,) = answer["atAfterBounds"]["runs"]
    assert (run["first"], run["last"]) == (0, place - 1)
    assert abs(run["seconds"] - 20 * DAY) < 120
    assert "CONTRADICTED: said to be recorded after they were seen" in aid("times", log).out


def test_right_clock(clock, tmp_path):
    log = made(tmp_path / "right.db", clock(0), tmp_path / "right")
    answer = told(log)
    assert answer["atBeforeBounds"]["entries"] == answer["atAfterBounds"]["entries"] == 0
    place = next(seq for seq in range(log.size())
                 if log.entry(seq)["kind"] == "checkpoint.cosigned")
    assert answer["withNotAfterOnly"] == place
    assert answer["withNotBeforeOnly"] == log.size() - place


def test_witnesses_whose_clocks_contradict_each_other(log, tmp_path):
    finance = FakeWitness(tmp_path / "f", "finance.example", log, "finance")
    health = FakeWitness(tmp_path / "h", "health.example", log, "health")
    now = int(time.time())
    finance.cosign(log, now)
    place = log.size() - 1
    log.take([application(30)])
    health.cosign(log, now - 5000)
    answer = told(log, status=NO)
    last = log.size() - 2
    assert answer["contradictoryBounds"] == [
        {"first": place, "last": last, "notBefore": stamp(now), "notAfter": stamp(now - 5000)}]
    assert "bounds that exclude each other" in aid("times", log).out


# MARK: what is not sound, or not usable

ALTERED = """UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), '"tests"', '"other"') AS BLOB)
             WHERE seq = 0"""


def test_altered_entry_stops_the_reckoning(log):
    tamper(log.path, ALTERED)
    result = aid("times", log)
    assert result.status == NO and "NOT SOUND" in result.out and "entry 0" in result.out, result
    assert told(log, status=NO)["sound"] is False


@pytest.mark.parametrize("table", ["checkpoint_cosigned", "key_registered"])
def test_evidence_hidden_from_the_tables(log, tmp_path, table):
    """Without its row in the tables a cosignature would not be found, and no contradiction."""
    FakeWitness(tmp_path / "f", "finance.example", log, "finance").cosign(log, int(time.time()) - 9999)
    assert told(log, status=NO)["atAfterBounds"]["entries"] > 0
    with tampering(log.path) as database:
        database.execute(f"DELETE FROM {table}")
    refused(aid("times", log), COULD_NOT, "its tables do not have what entry")


def test_what_cannot_be_asked(log, tmp_path):
    refused(aid("times", tmp_path / "none.db"), COULD_NOT, "there is no ledger")
    refused(aid("times", log, "--late", -1), BAD_INPUT, "--late")
    refused(aid("times", log, "--late", "x"), BAD_INPUT, "--late")
    refused(aid("times", log, "--tolerance", -1), BAD_INPUT, "--tolerance")
    refused(aid("times", log, "--tsa-untrusted", log), BAD_INPUT, "--tsa-chain")
    refused(aid("times", log, "--csv", log), BAD_INPUT, "not overwritten")
    refused(aid("times", log, "--csv", tmp_path / "no/t.csv"), COULD_NOT, "t.csv")
    refused(aid("times", log, "--policy", tmp_path / "none"), BAD_INPUT, "there is no such file")


def test_nothing_is_left_behind(log, authority, response, tmp_path):
    """Neither in the folder for temporary files nor, of a table that fails, beside it."""
    (tmp_path / "tmp").mkdir()
    there = {**ENVIRONMENT, "TMPDIR": str(tmp_path / "tmp")}
    assert aid("checkpoint", log, "--timestamp-response", response, "--tsa-chain", authority.chain,
               env=there).status == FINE
    done("verify", log, "--tsa-chain", authority.chain, env=there)
    assert list((tmp_path / "tmp").iterdir()) == []
    tamper(log.path, ALTERED)
    assert aid("times", log, "--csv", tmp_path / "t.csv").status == NO
    assert not list(tmp_path.glob("t.csv*"))
