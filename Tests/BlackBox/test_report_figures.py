"""Figures of reports: which records stand behind them, and whether they still stand."""

import hashlib
import json
import xml.etree.ElementTree as ElementTree

import pytest

from harness import BAD_INPUT, NO, Ledger, aid, done, refused, tamper

NS = {"r": "urn:aidledger:report:1"}
YEAR = 2023


@pytest.fixture(scope="module")
def grown(tmp_path_factory, sample_file):
    """A ledger whose report was drawn and issued before it grew."""
    folder = tmp_path_factory.mktemp("grown")
    ledger = Ledger.make(folder / "g.ledger")
    lines = sample_file.read_text("utf-8").splitlines(keepends=True)
    half = folder / "half.jsonl"
    half.write_text("".join(lines[:len(lines) // 2]), "utf-8")
    done("import", ledger, half)
    report = folder / "report.xml"
    done("report", "fund-use", ledger, "--year", YEAR, "--format", "xml", "--issue",
         "--operator", "u7", "-o", report)
    done("import", ledger, sample_file)
    return ledger, report


def rows(report):
    root = ElementTree.parse(report).getroot()
    return root.findall(".//r:row", NS) + root.findall(".//r:total", NS)


def leaf_hash(ledger, seq):
    (entry,), = ledger.rows("SELECT bytes FROM entry WHERE seq = ?", seq)
    return hashlib.sha256(b"\0" + entry).digest()


def test_reports_are_listed_and_explained():
    assert [line.split()[0] for line in done("report", "--list").out.splitlines()] == [
        "case-dossier", "early-warning", "fund-use", "joint-inspection", "performance"]
    listed = [json.loads(line) for line in done("report", "--list", "--json").out.splitlines()]
    assert all(report["title"]["zh"] and report["about"]["en"] for report in listed)
    assert [one["report"] for one in listed if one["scope"] == "matter"] == ["case-dossier"]
    assert "--subject person:p:" in done("report", "--explain", "case-dossier").out
    words = done("report", "--explain", "fund-use", "--lang", "en").out
    assert "Finance departments" in words and "income-by-source" in words
    assert aid("report", "--explain", "nope").status == BAD_INPUT


def test_trace_lists_the_entries_of_a_row(grown):
    ledger, report = grown
    some = [row for row in rows(report) if 0 < int(row.get("entries")) < 20][::5]
    assert len(some) > 5
    for row in some:
        answer = json.loads(done("report", "trace", report, row.get("id"), ledger, "--json").out)
        assert answer["agrees"] and len(answer["entries"]) == int(row.get("entries"))
        hashes = sorted(leaf_hash(ledger, entry["seq"]) for entry in answer["entries"])
        assert hashlib.sha256(b"".join(hashes)).hexdigest() == row.get("recordSet")
    total = json.loads(
        done("report", "trace", report, "income-by-source", ledger, "--json").out)
    parts = {entry["seq"] for row in rows(report)
             if row.get("id").startswith("income-by-source:") and row.get("entries") != "0"
             for entry in json.loads(
                 done("report", "trace", report, row.get("id"), ledger, "--json").out)["entries"]}
    assert {entry["seq"] for entry in total["entries"]} == parts


def test_trace_for_people_names_the_entries(grown):
    ledger, report = grown
    words = done("report", "trace", report, "income-by-source", ledger).out
    assert "fund.received" in words and "record set" in words


@pytest.mark.parametrize("row", ["nope", "income-by-source:nope", ""])
def test_unknown_row_is_told(grown, row):
    ledger, report = grown
    answer = aid("report", "trace", report, row, ledger)
    assert answer.status == BAD_INPUT and "row" in answer.err


def test_report_stands_after_the_ledger_has_grown(grown):
    ledger, report = grown
    answer = json.loads(done("report", "check", report, ledger, "--json").out)
    assert answer["stands"] and answer["sound"] and answer["differences"] == []
    assert answer["figures"] == len(rows(report))
    assert [issue["operator"] for issue in answer["issues"]] == ["u7"]
    assert json.loads(answer["issues"][0]["parameters"])["year"] == YEAR


def test_altered_figure_does_not_stand(grown, tmp_path):
    ledger, report = grown
    tree = ElementTree.parse(report)
    cell = tree.getroot().find(".//r:total[@id='income-by-source']/r:cell[@column='amountFen']", NS)
    cell.set("value", str(int(cell.get("value")) + 1))
    altered = tmp_path / "altered.xml"
    ElementTree.register_namespace("", NS["r"])
    tree.write(altered, "utf-8", xml_declaration=True)
    answer = aid("report", "check", altered, ledger)
    assert answer.status == NO
    assert "income-by-source:" in answer.out and "1 of" in answer.out
    assert "not issued" in answer.out


def test_altered_record_set_is_told_by_trace(grown, tmp_path):
    ledger, report = grown
    row = next(row for row in rows(report) if row.get("entries") != "0")
    altered = tmp_path / "altered.xml"
    altered.write_text(report.read_text("utf-8").replace(row.get("recordSet"), "0" * 64), "utf-8")
    answer = aid("report", "trace", altered, row.get("id"), ledger)
    assert answer.status == NO and "0" * 64 in answer.err


def test_altered_figure_is_told_by_trace(grown, tmp_path):
    """The same entries, and another sum of them."""
    ledger, report = grown
    cell = ElementTree.parse(report).getroot().find(
        ".//r:total[@id='income-by-source']/r:cell[@column='amountFen']", NS)
    value = cell.get("value")
    file = tmp_path / "altered.xml"
    file.write_text(report.read_text("utf-8").replace(f'value="{value}"', 'value="7"'), "utf-8")
    answer = aid("report", "trace", file, "income-by-source", ledger)
    assert answer.status == NO and "the report states another figure: " in answer.err
    assert f"amountFen={value}" in answer.out and "amountFen=7" in answer.err
    told = json.loads(aid("report", "trace", file, "income-by-source", ledger, "--json").out)
    assert told["agrees"] is False and told["stated"] == told["recordSet"]


def altered(report, tmp_path, old, new, count=1):
    text = report.read_text("utf-8")
    assert old in text
    file = tmp_path / "altered.xml"
    file.write_text(text.replace(old, new, count), "utf-8")
    return file


def first(report, attribute, of):
    """An attribute of the first element that has it and is not empty."""
    return next(one.get(attribute) for one in ElementTree.parse(report).getroot().iter(
        f"{{{NS['r']}}}{of}") if one.get(attribute))


@pytest.mark.parametrize("of, attribute, new", [
    ("cell", "text", "1,000,000.00"), ("parameters", "areaName", "Elsewhere"),
    ("parameters", "toText", "31 December 2099"), ("ledger", "vkey", "x+0+y"),
    ("column", "type", "count"), ("point", "share", "99"), ("row", "entriesText", "9,999")])
def test_altered_words_do_not_stand(grown, tmp_path, of, attribute, new):
    """Figures are values: what is printed are words."""
    ledger, report = grown
    old = f'{attribute}="{first(report, attribute, of)}"'
    file = altered(report, tmp_path, old, f'{attribute}="{new}"')
    answer = aid("report", "check", file, ledger, "--no-verify")
    assert answer.status == NO, answer
    assert f"{attribute}={new}, now {old.replace(chr(34), '')}" in answer.out
    assert "part is not what the ledger gives" in answer.out
    assert "all " in answer.out and "figures stand" in answer.out
    assert answer.out.endswith("the report DOES NOT STAND\n")


def test_what_stands_twice_or_elsewhere_does_not_stand(grown, tmp_path):
    ledger, report = grown
    text = report.read_text("utf-8")
    start = text.index("<row ")
    end = text.index("</row>", start) + len("</row>")
    row, file = text[start:end], tmp_path / "altered.xml"
    for wrong, said in [(text[:end] + row + text[end:], "not as often"),
                        (text[:start] + text[end:], "lacks")]:
        file.write_text(wrong, "utf-8")
        answer = aid("report", "check", file, ledger, "--no-verify")
        assert answer.status == NO and said in answer.out, answer
    following = text.index("<row ", end)
    last = text.index("</row>", following) + len("</row>")
    file.write_text(text[:start] + text[following:last] + text[end:following] + row + text[last:])
    answer = aid("report", "check", file, ledger, "--no-verify")
    assert answer.status == NO and "another order" in answer.out, answer


def test_a_false_outcome_of_verifying_is_told(grown, tmp_path):
    ledger, report = grown
    file = altered(report, tmp_path, 'outcome="sound" entries', 'outcome="broken" entries')
    answer = aid("report", "check", file, ledger)
    assert answer.status == NO and "says that the ledger was not sound" in answer.out


@pytest.mark.parametrize("encoding, declared", [
    ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-8", None)])
def test_xml_is_known_however_it_is_written(grown, tmp_path, encoding, declared):
    ledger, report = grown
    text = report.read_text("utf-8")
    text = text.replace("UTF-8", declared, 1) if declared else text.split("?>", 1)[1]
    file = tmp_path / "other.xml"
    file.write_text(text, encoding)
    said = done("report", "check", file, ledger, "--no-verify").out
    assert "figures stand" in said and "DOES NOT STAND" not in said


def test_what_is_no_xml_is_only_looked_up(grown, tmp_path):
    ledger, _ = grown
    file = tmp_path / "page.html"
    file.write_text("<!DOCTYPE html><p>1,000.00", "utf-8")
    answer = aid("report", "check", file, ledger)
    assert answer.status == NO and "--format xml" in answer.out
    refused(aid("report", "check", tmp_path, ledger), BAD_INPUT, "is a folder")


def test_report_of_another_ledger_is_refused(grown, sample_ledger, tmp_path):
    ledger, report = grown
    # Of the same name, and of other entries.
    answer = aid("report", "check", report, sample_ledger)
    assert answer.status == NO and "another history" in answer.err
    file = altered(report, tmp_path, 'origin="', 'origin="not.')
    refused(aid("report", "check", file, ledger), BAD_INPUT, "drawn from not.", "and this is")
    size = f'size="{first(report, "size", "ledger")}"'
    file = altered(report, tmp_path, size, 'size="999999999"')
    refused(aid("report", "check", file, ledger), BAD_INPUT, "999,999,999 entries", "older copy")


def test_report_of_another_history_is_refused(grown, tmp_path):
    ledger, report = grown
    root = ElementTree.parse(report).getroot().find("r:ledger", NS).get("rootHash")
    other = tmp_path / "other.xml"
    other.write_text(report.read_text("utf-8").replace(root, "0" * 64), "utf-8")
    answer = aid("report", "check", other, ledger)
    assert answer.status == NO and "another history" in answer.err


@pytest.mark.parametrize("content", [
    "", "hello", "<?xml version='1.0'?><a/>", "<?xml version='1.0'?><!DOCTYPE a><a/>",
    "<?xml version='1.0'?><report"])
def test_what_is_no_report_is_told(grown, tmp_path, content):
    ledger, _ = grown
    file = tmp_path / "file.xml"
    file.write_text(content, "utf-8")
    answer = aid("report", "trace", file, "x", ledger)
    assert answer.status == BAD_INPUT and "no report" in answer.err


def test_issued_document_is_known_by_its_bytes(grown, tmp_path):
    ledger, _ = grown
    page = tmp_path / "report.html"
    done("report", "fund-use", ledger, "--year", YEAR, "--issue", "-o", page)
    assert "issued in entry" in done("report", "check", page, ledger).out
    page.write_bytes(page.read_bytes() + b" ")
    answer = aid("report", "check", page, ledger)
    assert answer.status == NO and "not issued" in answer.out


def test_document_is_not_issued_by_an_altered_table(ledger, tmp_path):
    page = tmp_path / "report.html"
    done("report", "fund-use", ledger, "--year", YEAR, "--issue", "-o", page)
    page.write_bytes(page.read_bytes() + b" ")
    tamper(ledger, "UPDATE report_issued SET sha256 = ?",
           hashlib.sha256(page.read_bytes()).hexdigest())
    answer = aid("report", "check", page, ledger)
    assert answer.status == NO and "NOT SOUND" in answer.out, answer
    answer = aid("report", "check", page, ledger, "--json")
    assert answer.status == NO and not answer.json_lines()[0]["stands"]
    assert "not verified" in done("report", "check", page, ledger, "--no-verify").out


def test_report_of_an_unsound_ledger_is_not_issued(ledger, tmp_path):
    tamper(ledger, "UPDATE claim_settled SET area = '150503' WHERE seq = "
                   "(SELECT min(seq) FROM claim_settled WHERE area <> '150503')")
    size = ledger.size()
    page = tmp_path / "report.html"
    answer = aid("report", "fund-use", ledger, "--year", YEAR, "--issue", "-o", page)
    assert answer.status == NO and "not issued" in answer.err
    assert ledger.size() == size


def test_unverified_report_says_so(grown, tmp_path):
    ledger, _ = grown
    text = done("report", "fund-use", ledger, "--year", YEAR, "--no-verify", "--lang", "en",
                "-o", "-").out
    assert text.count("was not verified when this report was drawn") == 2
    answer = aid("report", "fund-use", ledger, "--year", YEAR, "--no-verify", "--issue", "-o", "-")
    assert answer.status == BAD_INPUT


@pytest.mark.parametrize("arguments, words", [
    (["--set", "x=1"], "no parameter"), (["--set", "x"], "NAME=VALUE"), (["--json"], "--list"),
    (["--list"], "alone")])
def test_bad_option_is_told(grown, arguments, words):
    ledger, _ = grown
    answer = aid("report", "fund-use", ledger, "--year", YEAR, "-o", "-", *arguments)
    assert answer.status == BAD_INPUT and words in answer.err
