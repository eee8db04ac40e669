"""What is imported is recorded once, wholly, and stays."""

import csv
import io
import json
import re
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from content import statements
from harness import (BAD_INPUT, FINE, Ledger, aid, application, done, dump, record,
                     records_of, start)


# MARK: the same again

def test_second_import_changes_nothing(sample_ledger, sample_file, tmp_path):
    ledger = sample_ledger.copy_to(tmp_path / "copy")
    before = ledger.state()
    last = done("import", ledger, sample_file, "--json").json_lines()[-1]
    assert (last["accepted"], last["duplicates"], last["rejected"]) == (0, 2000, 0)
    assert ledger.state() == before


def test_second_import_changes_no_file(sample_ledger, sample_file, tmp_path):
    """Not a byte of either database."""
    ledger = sample_ledger.copy_to(tmp_path / "copy")
    before = ledger.path.read_bytes(), ledger.vault.read_bytes()
    done("import", ledger, sample_file)
    after = ledger.path.read_bytes(), ledger.vault.read_bytes()
    assert [len(file) for file in after] == [len(file) for file in before]
    assert [old == new for old, new in zip(before, after)] == [True, True]


def test_same_records_in_another_form_change_nothing_but_the_import(ledger, small_ledger, tmp_path):
    """Members in another order, white space and escapes are no other content."""
    records = records_of(small_ledger.path.parent / "small.jsonl")
    def shuffled(value):
        if isinstance(value, dict):
            return {name: shuffled(value[name]) for name in sorted(value, reverse=True)}
        return [shuffled(item) for item in value] if isinstance(value, list) else value
    file = tmp_path / "again.jsonl"
    file.write_text("".join(f" {json.dumps(shuffled(one), indent=None, separators=(' , ', ' : '))}\t\n"
                            for one in records))
    size, vault = ledger.size(), dump(ledger.vault)
    result = done("import", ledger, file, "--json").json_lines()[-1]
    assert (result["accepted"], result["duplicates"]) == (0, len(records))
    assert ledger.size() == size + 1
    assert ledger.entry(size)["kind"] == "import.finished"
    assert dump(ledger.vault) == vault


def test_same_record_twice_in_one_file_is_recorded_once(new_ledger):
    result = new_ledger.take([application(1), application(1), record(2), record(2)], "--json")
    assert result.status == FINE
    last = result.json_lines()[-1]
    assert (last["accepted"], last["duplicates"]) == (2, 2)
    assert new_ledger.verify().is_sound()


def test_end_of_import_is_recorded_once_for_each_content(new_ledger):
    for _ in range(3):
        assert new_ledger.take([record(1)]).status == FINE
    assert new_ledger.take([record(1), record(2)]).status == FINE
    ends = new_ledger.rows("SELECT lines, accepted, duplicates, rejected FROM import_finished")
    assert ends == [(1, 1, 0, 0), (2, 1, 1, 0)]


def test_import_is_followed_by_a_checkpoint_of_the_whole(new_ledger):
    new_ledger.take([record(1)])
    new_ledger.take([record(2)])
    sizes = [size for size, in new_ledger.rows("SELECT size FROM checkpoint ORDER BY size")]
    assert sizes[-1] == new_ledger.size() and len(sizes) == 2


# MARK: other content

@pytest.mark.parametrize("change, said", [
    (lambda one: one["body"].update(requestedFen=77), ["/body/requestedFen", "10001", "77"]),
    (lambda one: one.update(operator="u9"), ["/operator", "u1", "u9"]),
    (lambda one: one.update(occurredOn="2024-05-07"), ["/occurredOn", "2024-05-06", "2024-05-07"]),
    (lambda one: one["body"].pop("requestedFen"), ["/body/requestedFen", "10001", "nothing"]),
    (lambda one: one["body"].update(acceptedOn="2024-05-08"), ["/body/acceptedOn", "2024-05-08"]),
    (lambda one: one.update(kind="aid.refused", body={
        "application": {"source": "test", "id": "x"}, "decidedOn": "2024-05-06", "reason": "x"}),
     ["/kind", "aid.applied", "aid.refused"]),
])
def test_other_content_under_the_same_key_is_refused_with_both(new_ledger, change, said):
    new_ledger.take([application(1)])
    before = new_ledger.keys_on_it()
    other = application(1)
    change(other)
    result = new_ledger.take([other])
    assert result.status == BAD_INPUT
    assert "entry 2 has the same source and id and other content" in result.err, result
    for text in said:
        assert text in result.err, result
    after = new_ledger.keys_on_it() - before
    assert {source for source, _ in after} <= {"aidledger"}
    assert new_ledger.verify().is_sound()


def test_other_particulars_under_the_same_key_are_refused_and_the_field_is_named(new_ledger):
    new_ledger.take([application(1)])
    vault = dump(new_ledger.vault)
    result = new_ledger.take([application(1, {"phone": "13911112222"})])
    assert result.status == BAD_INPUT
    assert dump(new_ledger.vault) == vault
    assert "phone" in result.err, result


def test_other_sealed_text_under_the_same_key_is_refused(new_ledger):
    new_ledger.take([record(1)])
    vault = dump(new_ledger.vault)
    result = new_ledger.take([record(1, case="C-1", note="另一备注", entries=[])])
    assert result.status == BAD_INPUT and "/body/note" in result.err
    assert dump(new_ledger.vault) == vault


def test_other_content_within_one_file_is_refused(new_ledger):
    result = new_ledger.take([application(1), application(1, requestedFen=5)], "--json")
    assert result.status == BAD_INPUT
    last = result.json_lines()[-1]
    assert (last["accepted"], last["rejected"]) == (1, 1)


# MARK: acknowledgement

def padded(records, path, padding=40_000):
    """A file of long lines, which are taken in small batches."""
    with open(path, "wb") as file:
        for one in records:
            file.write(json.dumps(one, ensure_ascii=False).encode() + b" " * padding + b"\n")
    return path


@pytest.fixture(scope="module")
def long_file(sample_file, tmp_path_factory):
    return padded(records_of(sample_file), tmp_path_factory.mktemp("long") / "long.jsonl")


def test_batches_are_acknowledged_line_by_line(long_file, tmp_path):
    ledger = Ledger.make(tmp_path / "a.db")
    lines = done("import", ledger, long_file, "--json").json_lines()
    batches, last = lines[:-1], lines[-1]
    assert len(batches) >= 5
    assert all(set(batch) == {"committedThroughLine", "size"} for batch in batches)
    through = [batch["committedThroughLine"] for batch in batches]
    assert through == sorted(set(through)) and through[-1] == last["lines"] == 2000
    assert [batch["size"] for batch in batches] == sorted({batch["size"] for batch in batches})
    assert (last["accepted"], last["size"]) == (2000, ledger.size())


def test_import_killed_in_the_middle_of_a_line_is_completed(sample_file, sample_ledger, tmp_path):
    """Killed after the first acknowledgements, while more is on its way."""
    ledger = Ledger.make(tmp_path / "a.db")
    lines = [line + b" " * 40_000 + b"\n" for line in sample_file.read_bytes().splitlines()]
    process = start("import", ledger, "-", "--json", stdin=subprocess.PIPE)
    process.stdin.write(b"".join(lines[:900]))
    process.stdin.write(lines[900][:300])
    process.stdin.flush()
    count = 0
    while count < 700:
        count = json.loads(process.stdout.readline())["committedThroughLine"]
    process.send_signal(signal.SIGKILL)
    process.stdin = None
    process.communicate()
    assert ledger.verify().is_sound()
    records = records_of(sample_file)
    assert {(one["source"], one["id"]) for one in records[:count]} <= ledger.keys_on_it()
    done("import", ledger, sample_file)
    assert ledger.verify().is_sound()
    assert statements(ledger) == statements(sample_ledger)


# MARK: two at once

def test_two_imports_at_once_both_complete(long_file, sample_file, tmp_path):
    records = records_of(sample_file)
    ledger = Ledger.make(tmp_path / "a.db")
    halves = [padded(records[:1200], tmp_path / "first.jsonl"),
              padded(records[800:], tmp_path / "second.jsonl")]
    processes = [start("import", ledger, half, "--json") for half in halves]
    outputs = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [FINE, FINE], outputs
    last = [json.loads(out.decode().splitlines()[-1]) for out, _ in outputs]
    assert sum(one["accepted"] for one in last) == 2000
    assert sum(one["duplicates"] for one in last) == 400
    assert {(one["source"], one["id"]) for one in records} <= ledger.keys_on_it()
    assert ledger.verify().is_sound()


def test_readers_are_undisturbed_during_an_import(sample_file, tmp_path):
    """While records come in bit by bit, what is there is always sound, and grows."""
    ledger = Ledger.make(tmp_path / "a.db")
    lines = [line + b" " * 40_000 + b"\n" for line in sample_file.read_bytes().splitlines()]
    process = start("import", ledger, "-", "--json", stdin=subprocess.PIPE)
    sizes = []
    for first in range(0, 2000, 400):
        process.stdin.write(b"".join(lines[first:first + 400]))
        process.stdin.flush()
        verdict = ledger.verify()
        assert verdict.is_sound(), verdict
        sizes.append(int(re.search(r"sound: ([\d,]+) entries", verdict.result.out).group(1)
                         .replace(",", "")))
        assert done("show", ledger, 0).out.startswith("0 ")
    _, error = process.communicate()
    assert process.returncode == FINE, error
    sizes.append(ledger.size())
    assert sizes == sorted(sizes) and len(set(sizes)) >= 4, sizes


# MARK: refused records

def test_good_records_are_kept_and_bad_ones_can_be_mended(new_ledger, tmp_path):
    file = tmp_path / "in.jsonl"
    bad = application(2, {"birthDate": "1990-02-30"})
    file.write_text("\n".join([json.dumps(application(1), ensure_ascii=False),
                               json.dumps(bad, ensure_ascii=False), '{"kind": "aid.app',
                               json.dumps(record(4), ensure_ascii=False)]) + "\n")
    result = aid("import", new_ledger, file)
    assert result.status == BAD_INPUT
    assert f"{file}:2: /body/person/birthDate" in result.err
    assert f"{file}:3: " in result.err
    rejects = tmp_path / "in.jsonl.rejects.jsonl"
    assert str(rejects) in result.out
    lines = records_of(rejects)
    assert [line["rejected"]["line"] for line in lines] == [2, 3]
    assert lines[0]["record"] == bad and lines[1]["text"] == '{"kind": "aid.app'
    assert {("test", "T-1"), ("test", "T-4")} <= new_ledger.keys_on_it()
    assert ("test", "T-2") not in new_ledger.keys_on_it()

    lines[0]["record"]["body"]["person"]["birthDate"] = "1990-03-07"
    lines[1]["record"] = application(3)
    del lines[1]["text"]
    mended = tmp_path / "mended.jsonl"
    mended.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    done("import", new_ledger, mended)
    assert {("test", "T-2"), ("test", "T-3")} <= new_ledger.keys_on_it()
    assert new_ledger.verify().is_sound()


def test_rejects_file_may_be_imported_in_its_own_place(new_ledger, tmp_path):
    """Mended where it lies, it is not overwritten before it has been read."""
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps(application(1, {"sex": "x"}), ensure_ascii=False) + "\n" +
                    json.dumps(application(2, {"sex": "y"}), ensure_ascii=False) + "\n")
    aid("import", new_ledger, file)
    rejects = tmp_path / "in.jsonl.rejects.jsonl"
    rejects.write_text(rejects.read_text().replace('"sex": "x"', '"sex": "male"'))
    result = aid("import", new_ledger, rejects, "--rejects", rejects)
    assert result.status == BAD_INPUT
    assert ("test", "T-1") in new_ledger.keys_on_it()
    line, = records_of(rejects)
    assert line["record"]["id"] == "T-2"


def test_import_without_rejects_leaves_no_file(new_ledger, tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps(record(1)))
    done("import", new_ledger, file)
    assert not list(tmp_path.glob("in.jsonl.*"))


def test_strict_import_takes_all_or_nothing(ledger, tmp_path):
    before = ledger.state()
    file = tmp_path / "in.jsonl"
    good = [json.dumps(application(number)) for number in range(50)]
    file.write_text("\n".join(good + [json.dumps(application(99, {"sex": "x"}))]))
    result = aid("import", ledger, file, "--strict")
    assert result.status == BAD_INPUT and f"{file}:51: " in result.err, result
    assert ledger.state() == before
    file.write_text("\n".join(good))
    done("import", ledger, file, "--strict")
    assert {("test", f"T-{number}") for number in range(50)} <= ledger.keys_on_it()
    assert ledger.verify().is_sound()


def test_strict_import_sees_contradictions_within_the_file(ledger, tmp_path):
    before = ledger.state()
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(json.dumps(application(1, requestedFen=fen)) for fen in (5, 6)))
    assert aid("import", ledger, file, "--strict").status == BAD_INPUT
    assert ledger.state() == before


def test_strict_import_of_a_pipe_is_refused(ledger):
    before = ledger.state()
    result = aid("import", ledger, "-", "--strict", stdin=json.dumps(record(1)).encode())
    assert result.status == BAD_INPUT and "--strict" in result.err
    assert ledger.state() == before


def test_dry_run_changes_nothing(ledger, tmp_path):
    before = ledger.state()
    result = ledger.take([application(1), record(2), application(3, {"sex": "x"})], "--dry-run",
                         "--json")
    assert result.status == BAD_INPUT
    last = result.json_lines()[-1]
    assert (last["accepted"], last["rejected"], last["recorded"]) == (2, 1, False)
    assert not any("committedThroughLine" in line for line in result.json_lines())
    assert ledger.state() == before


# MARK: forms of a file

def jsonl(records):
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)


FORMS = {
    "bom": lambda text: text.encode("utf-8-sig"),
    "gb18030": lambda text: text.encode("gb18030"),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "no last line end": lambda text: text.rstrip("\n").encode(),
    "empty lines": lambda text: text.replace("\n", "\n\n").encode(),
    "gb18030 and crlf": lambda text: text.replace("\n", "\r\n").encode("gb18030"),
}


def test_form_of_the_file_makes_no_difference(empty_ledger, tmp_path):
    records = [application(number, {"idNumber": f"X{number}", "name": f"试甲乙样例{number}"})
               for number in range(30)]
    plain = empty_ledger.copy_to(tmp_path / "plain")
    done("import", plain, "-", stdin=jsonl(records).encode())
    for name, form in FORMS.items():
        other = empty_ledger.copy_to(tmp_path / name)
        done("import", other, "-", stdin=form(jsonl(records)))
        assert statements(plain) == statements(other), name
        # The particulars too: sent in the plain form they are known already.
        result = other.take(records, "--json").json_lines()[-1]
        assert result["duplicates"] == 30, name


def test_gb18030_is_recognised(new_ledger):
    """With characters of two bytes and of four."""
    records = [application(1, {"name": "试㐂𠀀"})]
    result = aid("import", new_ledger, "-", "--json", stdin=jsonl(records).encode("gb18030"))
    assert result.status == FINE, result
    assert result.json_lines()[-1]["encoding"] == "gb18030"
    assert new_ledger.take(records, "--json").json_lines()[-1]["duplicates"] == 1


@pytest.mark.parametrize("mapping", ["settlement-5203", "aid-approvals-zh"])
def test_forms_of_csv_give_the_same_records(empty_ledger, tmp_path, mapping):
    file = tmp_path / "sample.csv"
    done("sample", file, "--entries", 400, "--mapping", mapping)
    utf8 = file.read_bytes()
    assert utf8.count(b"\n") > 5
    lf = utf8.decode("utf-8-sig").replace("\r\n", "\n")
    gb18030 = subprocess.run(["iconv", "-f", "UTF-8", "-t", "GB18030"], input=lf.encode(),
                             capture_output=True, check=True).stdout
    rows = list(csv.reader(io.StringIO(lf)))
    quoted = io.StringIO()
    csv.writer(quoted, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    swapped = io.StringIO()
    csv.writer(swapped, lineterminator="\n").writerows(row[::-1] for row in rows)
    forms = {"utf8": lf.encode(), "bom": lf.encode("utf-8-sig"), "gb18030": gb18030,
             "crlf": lf.replace("\n", "\r\n").encode(), "quoted": quoted.getvalue().encode(),
             "columns in another order": swapped.getvalue().encode()}
    for name, data in forms.items():
        (tmp_path / f"{name}.csv").write_bytes(data)

    def imported(name):
        ledger = empty_ledger.copy_to(tmp_path / name)
        last = done("import", ledger, tmp_path / f"{name}.csv", "--mapping", mapping,
                    "--json").json_lines()[-1]
        assert last["rejected"] == 0 and last["accepted"] == len(rows) - 1, name
        assert last["encoding"] == ("gb18030" if name == "gb18030" else "utf8")
        result = statements(ledger)
        # What is sealed is the same too: sent in the plain form it is known already.
        again = done("import", ledger, tmp_path / "utf8.csv", "--mapping", mapping, "--json")
        assert again.json_lines()[-1]["duplicates"] == len(rows) - 1, name
        return result
    with ThreadPoolExecutor(2) as pool:
        contents = list(pool.map(imported, forms))
    assert all(one == contents[0] for one in contents)


def test_quoted_line_ends_in_csv(tmp_path):
    """A cell may go over several lines; its record is found under the line where it begins."""
    file = tmp_path / "in.csv"
    done("sample", file, "--entries", 400, "--mapping", "aid-approvals-zh")
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))[:4]
    for row in rows[1:3]:
        row[rows[0].index("住址")] = "样例街道\n1号"
    rows[2][rows[0].index("性别")] = "不知"
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    file.write_text(text.getvalue())
    ledger = Ledger.make(tmp_path / "a.db")
    result = aid("import", ledger, file, "--mapping", "aid-approvals-zh", "--json")
    assert result.status == BAD_INPUT
    assert f"{file}:4: " in result.err, result


def test_several_files_at_once(new_ledger, tmp_path):
    for number in (1, 2):
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(record(number)))
    result = done("import", new_ledger, tmp_path / "1.jsonl", tmp_path / "2.jsonl", "--json")
    assert [line["file"] for line in result.json_lines() if "file" in line] == [
        str(tmp_path / "1.jsonl"), str(tmp_path / "2.jsonl")]
    assert {("test", "T-1"), ("test", "T-2")} <= new_ledger.keys_on_it()


# MARK: corrections and persons

def reversal(number, of):
    return record(number, "entry.reversed", reverses={"source": "test", "id": f"T-{of}"},
                  reason="录入有误")


def test_reversed_record_drops_out_and_its_replacement_stands(new_ledger):
    replacement = {**application(3, requestedFen=5), "corrects": {"source": "test", "id": "T-1"}}
    assert new_ledger.take([application(1), reversal(2, 1), replacement]).status == FINE
    assert new_ledger.rows("SELECT id FROM aid_applied ORDER BY seq") == [("T-1",), ("T-3",)]
    assert new_ledger.rows("SELECT id, corrects_id FROM live_aid_applied") == [("T-3", "T-1")]
    assert new_ledger.verify().is_sound()


def registrations(ledger):
    return [json.loads(data)["body"] for data, in ledger.rows(
        "SELECT e.bytes FROM entry AS e JOIN person_registered AS r ON r.seq = e.seq ORDER BY e.seq")]


def test_person_is_registered_once(new_ledger):
    assert new_ledger.take([application(number) for number in range(5)]).status == FINE
    one, = registrations(new_ledger)
    assert one["version"] == 1 and one["idCheck"] == "valid" and one["birthYear"] == 1990


def test_changed_phone_is_a_new_registration(new_ledger):
    assert new_ledger.take([application(1), application(2, {"phone": "13911112222"})]).status == FINE
    first, second = registrations(new_ledger)
    assert first["person"] == second["person"]
    assert (first["version"], second["version"]) == (1, 2)
    assert first["phone"] != second["phone"] and first["address"] == second["address"]
    assert first["commitments"]["phone"] != second["commitments"]["phone"]
    assert new_ledger.verify().is_sound()


def test_particulars_left_out_are_no_change(new_ledger):
    bare = application(2)
    for field in ("phone", "address", "household", "birthDate", "sex"):
        del bare["body"]["person"][field]
    assert new_ledger.take([application(1), bare]).status == FINE
    assert len(registrations(new_ledger)) == 1
    assert new_ledger.take([bare, application(1)], "--json").json_lines()[-1]["duplicates"] == 2


def test_record_from_before_a_change_is_known_again(new_ledger):
    """Each record is compared with what was in force when it was recorded."""
    old, new = application(1), application(2, {"phone": "13911112222"})
    new_ledger.take([old, new])
    vault = dump(new_ledger.vault)
    result = new_ledger.take([new, old], "--json")
    assert result.status == FINE and result.json_lines()[-1]["duplicates"] == 2
    assert dump(new_ledger.vault) == vault


def test_differently_written_numbers_are_one_person(new_ledger):
    forms = ["11010119900307851x", "11010119900307851X", " 110101 19900307851X",
             "１１０１０１１９９００３０７８５１Ｘ"]
    result = new_ledger.take([application(number, {"idNumber": form})
                              for number, form in enumerate(forms)])
    assert result.status == FINE, result
    assert len({one["person"] for one in registrations(new_ledger)}) == 1


def test_spoilt_identity_numbers_are_told(new_ledger, tmp_path):
    """As a spreadsheet leaves them; what was sent is recorded all the same."""
    line = ('{"kind":"person.died","source":"s","id":"%s","area":"150500","occurredOn":"2023-03-05",'
            '"operator":"u","body":{"person":{"idType":"resident-id","idNumber":"%s","name":"样甲"},'
            '"diedOn":"2023-03-01","noticeFrom":"health"}}\n')
    file = tmp_path / "in.jsonl"
    file.write_text(line % (1, "4.40703E+17") + line % (2, "11010519491231002X"))
    result = aid("import", new_ledger, file)
    assert result.status == 0, result
    assert "identity numbers that cannot be right" in result.err and "lines 1;" in result.err


def test_differently_written_phones_are_one_phone(new_ledger):
    forms = ["13800001111", "+86 138-0000-1111", "0086 13800001111", "８６１３８００００１１１１"]
    result = new_ledger.take([application(number, {"idNumber": f"P{number}", "idType": "passport",
                                                   "phone": form})
                              for number, form in enumerate(forms)])
    assert result.status == FINE, result
    assert len({one["phone"] for one in registrations(new_ledger)}) == 1


def test_person_may_be_named_by_pseudonym(new_ledger):
    new_ledger.take([application(1)])
    name = registrations(new_ledger)[0]["person"]
    known = application(2)
    known["body"]["person"] = name
    assert new_ledger.take([known]).status == FINE
    assert len(registrations(new_ledger)) == 1
    known["id"], known["body"]["person"] = "T-3", "p:" + "0" * 32
    result = new_ledger.take([known])
    assert result.status == BAD_INPUT and "p:" + "0" * 32 in result.err
    assert new_ledger.verify().is_sound()


def test_records_of_the_program_are_refused_at_intake(new_ledger):
    forged = record(1, "person.died")
    forged["source"] = "aidledger"
    others = [forged, record(2, "import.finished", sha256="0" * 64, lines=1, accepted=1,
                             duplicates=0, rejected=0)]
    size = new_ledger.size()
    assert new_ledger.take(others).status == BAD_INPUT
    assert new_ledger.rows("SELECT kind FROM (SELECT json_extract(CAST(bytes AS TEXT), '$.kind') "
                           "AS kind FROM entry WHERE seq >= ?)", size) in ([], [("import.finished",)])


def test_read_model_made_anew_is_the_same(ledger):
    before = dump(ledger)
    done("rebuild", ledger)
    assert dump(ledger) == before
