"""`trace` and `access`: what touches whom, who is linked with whom, and who looked."""

import json
import os
import pwd
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest

from harness import (BAD_INPUT, COULD_NOT, FINE, NO, Ledger, aid, application, done, record,
                     refused, start, tamper)
from judging import claim
from small_detectors import CLAIMS, GROUNDS, DetectingHome
from small_detectors import name as finding_id
from tracing import (A, ACCOUNT, B, C, NETWORK, approved, designated, on, paid, person, reference,
                     reversal, settled)


def trace(ledger, *arguments, **options):
    language = [] if "--lang" in arguments else ["--lang", "en"]
    (told,) = done("trace", ledger, *arguments, *language, "--json", **options).json_lines()
    return told


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    ledger = Ledger.make(tmp_path_factory.mktemp("network") / "a.db")
    result = ledger.take(NETWORK)
    assert result.status == FINE, result
    return ledger


def seq(ledger, number):
    return ledger.value("SELECT seq FROM entry WHERE source = 'test' AND id = ?", f"T-{number}")


def pseudonym(ledger, who):
    """Through the program, by the number on its standard input."""
    told = trace(ledger, "person", "--id-number", "-", "--steps", 0,
                 stdin=who["idNumber"].encode())
    return told["start"]["id"]


def account_of(ledger, number):
    return ledger.entry(seq(ledger, number))["body"]["payee"]["account"]


def ids(told):
    """The senders' own numbers, in order; what the program wrote itself by its kind."""
    return [entry["id"] if entry["source"] == "test" else entry["kind"]
            for entry in told["entries"]]


def links(told, step=1):
    """Whom somebody is linked with, by what."""
    found = {}
    for link in told["links"]:
        if link["step"] == step:
            kind = link["shared"]["kind"] if "shared" in link else None
            found.setdefault(link["second"]["id"], set()).add(kind)
    return found


# MARK: Tables

def test_trace_says_whether_its_tables_were_verified(network):
    result = done("trace", network, "institution", "H1", "--json")
    assert result.json_lines()[0]["ledger"]["tables"] == "not-verified"
    assert result.err.count("were not verified against the entries") == 1
    result = done("trace", network, "institution", "H1", "--json", "--verify")
    assert result.json_lines()[0]["ledger"]["tables"] == "verified"
    assert "were not verified" not in result.err
    page = done("trace", network, "institution", "H1", "--format", "html", "--lang", "en").out
    assert "The tables were not verified against the entries" in page
    money = done("trace", network, "money", "test/T-c1", "--format", "html", "--verify",
                 "--lang", "zh-Hans").out
    assert "数据表已与账本记录核对一致" in money


def test_nothing_is_traced_in_a_ledger_that_is_not_sound(network, tmp_path):
    ledger = network.copy_to(tmp_path / "copy")
    tamper(ledger, "UPDATE claim_settled SET amounts_totalFen = 1 WHERE id = 'T-c1'")
    result = aid("trace", ledger, "institution", "H1", "--verify")
    refused(result, NO, "the ledger is NOT SOUND, and nothing is told from it")
    assert result.out == ""


# MARK: Languages

@pytest.mark.parametrize("command, chinese, english", [
    (["show", "0"], "叶哈希", "leaf hash"), (["trace", "institution", "H1"], "账本", "ledger"),
    (["findings", "--rule", "S1"], "查 ", "looked at")])
def test_one_language_for_all_unless_another_is_asked_for(network, command, chinese, english):
    """What officials read comes in Chinese."""
    name, *rest = command
    assert chinese in done(name, network, *rest).out
    assert chinese in done(name, network, *rest, "--lang", "zh-Hans").out
    assert english in done(name, network, *rest, "--lang", "en").out
    refused(aid(name, network, *rest, "--lang", "fr"), BAD_INPUT, "--lang is zh-Hans or en")


# MARK: Timelines

def test_everything_about_a_person_in_time_order(network):
    told = trace(network, "person", pseudonym(network, A))
    assert ids(told) == ["T-c1", "T-p1", "T-r1", "T-c7", "T-x7"] or ids(told) == [
        "person.registered", "T-c1", "T-p1", "T-r1", "T-c7", "T-x7"]
    days = [(entry["day"], entry["seq"]) for entry in told["entries"]]
    assert days == sorted(days)
    entry = {entry["id"]: entry for entry in told["entries"]}
    assert entry["T-c1"]["amountFen"] == 1_000_000
    assert entry["T-p1"]["amountFen"] == 280_000
    # What names the person only through another record says through which.
    assert entry["T-r1"]["through"] == seq(network, "p1")
    assert entry["T-x7"]["through"] == seq(network, "c7")
    assert [entry[name]["state"] for name in ("T-c1", "T-c7")] == ["stands", "reversed"]


def test_institution_account_operator_and_entry(network):
    told = trace(network, "institution", "H1", "--steps", 0)
    # Claims, and what speaks of them: the payment, but not its return, which speaks of that.
    assert ids(told) == ["T-D-H1", "T-c1", "T-c5", "T-c6", "T-p1"]
    assert told["start"]["label"] == "样例县医院"
    told = trace(network, "account", account_of(network, "p1"), "--steps", 0)
    assert ids(told) == ["T-p1", "T-r1", "T-p2", "T-p3"]
    told = trace(network, "operator", "u1", "--steps", 0)
    assert len(told["entries"]) == network.value(
        "SELECT count(*) FROM entry WHERE CAST(bytes AS TEXT) LIKE '%\"operator\":\"u1\"%'")
    for name in (seq(network, "p1"), "test/T-p1"):
        told = trace(network, "entry", name, "--steps", 0)
        # The payment, its return, the claim that it speaks of.
        assert ids(told) == ["T-c1", "T-p1", "T-r1"]


def test_json_is_canonical(network, hostile):
    """The same bytes as another writer makes of what another reader reads: members in the order of
    their names, and every text escaped."""
    questions = [(network, "institution", "H1"), (network, "operator", "u1"),
                 (network, "entry", "test/T-c1"), (network, "person", pseudonym(network, A)),
                 (hostile, "institution", 'H<1>&"'), (hostile, "person", pseudonym(hostile, A))]
    for ledger, *question in questions:
        out = done("trace", ledger, *question, "--json").out
        again = json.dumps(json.loads(out), sort_keys=True, ensure_ascii=False,
                           separators=(",", ":"))
        assert out == again + "\n"


def test_another_kind_of_verdict_stands_in_the_line(network):
    told = trace(network, "person", pseudonym(network, A))
    claim = next(entry for entry in told["entries"] if entry["id"] == "T-c1")
    assert (claim["verdict"], claim["actualFen"]) == ("cannot-be-judged", 280_000)


def test_merged_pseudonyms_are_one_person(network, tmp_path):
    ledger = network.copy_to(tmp_path / "copy")
    first, second = pseudonym(ledger, A), pseudonym(ledger, C)
    ledger.take([record("m1", "person.merged", **{"from": second, "into": first},
                        reason="number-corrected")])
    told = trace(ledger, "person", second)
    assert told["merged"] == sorted([first, second])
    assert {"T-c1", "T-p1", "T-c3", "T-p3", "T-m1"} <= set(ids(told))
    # Nobody is linked with himself.
    assert first not in links(told) and second not in links(told)


def test_earlier_state_knows_nothing_of_what_came_later(network):
    told = trace(network, "person", pseudonym(network, A), "--size", seq(network, "p1") + 1)
    assert told["ledger"]["size"] == seq(network, "p1") + 1
    assert "T-r1" not in ids(told) and "T-p1" in ids(told)


# MARK: Links

def test_who_is_linked_and_who_is_not(network):
    told = trace(network, "person", pseudonym(network, A))
    who = {name: pseudonym(network, person_) for name, person_ in
           (("spouse", B), ("stranger", C), ("beyond", NETWORK[7]["body"]["person"]),
            ("same day", NETWORK[8]["body"]["person"]), ("day after", NETWORK[9]["body"]["person"]))}
    assert links(told) == {who["spouse"]: {"household", "account"},
                           who["stranger"]: {"account"},
                           who["same day"]: {"institution-day"}}
    assert links(told, 2) == {who["beyond"]: {"phone"}}
    assert who["day after"] not in json.dumps(told["links"])
    assert links(trace(network, "person", pseudonym(network, A), "--steps", 1), 2) == {}


def test_link_names_the_entries_that_make_it(network):
    told = trace(network, "person", pseudonym(network, A))
    (link,) = [link for link in told["links"]
               if link["second"]["id"] == pseudonym(network, C)]
    assert link["shared"]["id"] == account_of(network, "p1")
    assert (link["firstEntries"], link["secondEntries"]) == (
        [seq(network, "p1")], [seq(network, "p3")])


def test_too_many_are_named_and_not_followed(new_ledger):
    crowd = [approved(number, person(chr(97 + number)), "2024-04-01", "u9")
             for number in range(4)]
    new_ledger.take(crowd)
    who = pseudonym(new_ledger, person("a"))
    near = trace(new_ledger, "person", who, "--hub", 4)
    assert len(near["links"]) == 3 and near["hubs"] == []
    assert {link["shared"]["kind"] for link in near["links"]} == {"operator"}
    told = trace(new_ledger, "person", who, "--hub", 3)
    assert told["links"] == []
    assert [(hub["shared"]["id"], hub["count"]) for hub in told["hubs"]] == [("u9", 4)]
    text = done("trace", new_ledger, "person", who, "--hub", 3, "--lang", "en").out
    assert "too many to be followed" in text and "u9" in text


# MARK: Money

MONEY = [
    designated("H1", "样例县医院"),
    on("2024-01-10", record("f1", "fund.received", fund="medical-aid", fundSource="central",
                            year=2024, amountFen=50_000_000, docNo="1号",
                            toAccount="medical-aid-subaccount")),
    on("2024-01-15", record("pre", "prepayment.made", institution="H1", amountFen=100_000,
                            fund="medical-aid", fromAccount="medical-aid-subaccount",
                            agreementNo="X1")),
    settled("c1", person("a"), "2024-03-05", aid=280_000),
    settled("c2", person("b"), "2024-03-07", aid=120_000),
    on("2024-04-03", record("q1", "clearing.requested", institution="H1", period="2024-03",
                            amountFen=400_000, fund="medical-aid", receivedOn="2024-04-03",
                            claims=[reference("c1"), reference("c2")], claimCount=2)),
]


def clearing(paid_fen, applied, disallowed):
    return on("2024-04-20", record(
        "q2", "clearing.paid", request=reference("q1"), fromAccount="medical-aid-subaccount",
        paidFen=paid_fen, disallowedFen=disallowed, prepaymentAppliedFen=applied))


def money(ledger, number, *arguments):
    (told,) = done("trace", ledger, "money", f"test/T-{number}", "--json",
                   *arguments).json_lines()
    return told


def leg(told, fund):
    (found,) = [leg for leg in told["legs"] if leg.get("fund") == fund]
    return found


@pytest.mark.parametrize("settled_by, least, most", [
    # 2,800.00 + 1,200.00 were asked for; 3,000.00 and a prepayment of 1,000.00 cover both.
    (clearing(300_000, 100_000, 0), 280_000, 280_000),
    # 500.00 short: this claim bore all of it, or the other did.
    (clearing(300_000, 50_000, 50_000), 230_000, 280_000),
    # 1,000.00 in all: at most that, and if the other had 1,200.00 nothing.
    (clearing(100_000, 0, 300_000), 0, 100_000),
    (None, 0, 0),
])
def test_clearing_with_a_hospital(new_ledger, settled_by, least, most):
    new_ledger.take(MONEY + ([settled_by] if settled_by else []))
    told = money(new_ledger, "c1")
    aid_leg = leg(told, "medical-aid")
    assert (aid_leg["dueFen"], aid_leg["arrivedLeastFen"], aid_leg["arrivedMostFen"]) == (
        280_000, least, most)
    assert told["totalFen"] == told["payersFen"] == 1_000_000
    # Basic insurance has no clearing on the ledger: it is not followed, and not missing.
    assert "arrivedLeastFen" not in leg(told, "basic-resident")
    assert (told["missingLeastFen"], told["missingMostFen"]) == (280_000 - most, 280_000 - least)
    steps = [(step["kind"], step["amountFen"]) for step in aid_leg["steps"]]
    assert steps[0] == ("clearing.requested", 400_000)
    has_prepayment = settled_by is not None and settled_by["body"]["prepaymentAppliedFen"] > 0
    assert (("prepayment.made", 100_000) in steps) == has_prepayment
    assert [(item["fundSource"], item["amountFen"]) for item in told["receipts"]] == [
        ("central", 50_000_000)]


def excess(told):
    return told["excessLeastFen"], told["excessMostFen"]


def again(number, **changes):
    """The clearing under another number."""
    entry = clearing(400_000, 0, 0)
    return {**entry, "id": f"T-{number}", "body": {**entry["body"], **changes}}


@pytest.mark.parametrize("more, least, most", [
    ([], 0, 0), ([again("q3", paidFen=1)], 0, 1), ([again("q3")], 0, 400_000),
    ([again("q3"), reversal("x", "q3", "2024-04-22")], 0, 0)])
def test_clearing_paid_too_much(new_ledger, more, least, most):
    """The request was for two claims; nothing says for which of them it was too much."""
    new_ledger.take(MONEY + [clearing(400_000, 0, 0)] + more)
    told = money(new_ledger, "c1")
    assert (excess(told), told["missingMostFen"]) == ((least, most), 0)
    text = done("trace", new_ledger, "money", "test/T-c1", "--lang", "en").out
    assert ("Paid too much: 0.00–4,000.00" in text) == (most == 400_000)
    assert ("Paid too much" in text) == (most > 0)
    assert ("arrived in full" in text) == (most == 0)


def test_too_much_stands_in_every_format(new_ledger):
    """A request for one claim, paid twice: 2,800.00 were too much."""
    request = {**MONEY[-1], "body": {**MONEY[-1]["body"], "claims": [reference("c1")],
                                     "amountFen": 280_000, "claimCount": 1}}
    new_ledger.take(MONEY[:-1] + [request, again("q2", paidFen=280_000),
                                  again("q3", paidFen=280_000)])
    assert excess(money(new_ledger, "c1")) == (280_000, 280_000)
    assert "多付：2,800.00" in done("trace", new_ledger, "money", "test/T-c1", "--lang",
                                 "zh-Hans").out
    assert "Paid too much: 2,800.00" in page(new_ledger, "money", "test/T-c1", "--lang", "en")


def test_request_for_more_than_its_claims_is_not_too_much(new_ledger):
    """A hospital may ask for aid approved afterwards, too, which no listed claim shows."""
    request = {**MONEY[-1], "body": {**MONEY[-1]["body"], "amountFen": 450_000}}
    new_ledger.take(MONEY[:-1] + [request, clearing(450_000, 0, 0)])
    told = money(new_ledger, "c1")
    assert (excess(told), told["missingMostFen"]) == ((0, 0), 0)


def test_claim_that_was_cut_and_asked_for_again(new_ledger):
    """1,200.00 were disallowed, and asked for once more and paid: nobody had too much."""
    second = on("2024-05-03", record(
        "q5", "clearing.requested", institution="H1", period="2024-04", amountFen=120_000,
        fund="medical-aid", receivedOn="2024-05-03", claims=[reference("c2")], claimCount=1))
    new_ledger.take(MONEY + [clearing(280_000, 0, 120_000), second,
                             again("q6", request=reference("q5"), paidFen=120_000)])
    assert excess(money(new_ledger, "c2")) == (0, 0)


def test_claim_paid_by_itself_is_in_no_request_without_a_list(new_ledger):
    """Of two requests of the month that list no claims, a claim is in one, or in none."""
    request = {**MONEY[-1], "body": {
        name: value for name, value in MONEY[-1]["body"].items() if name != "claims"}}
    other = {**request, "id": "T-q7"}
    new_ledger.take(MONEY[:-1] + [request, other, clearing(400_000, 0, 0),
                                  again("q8", request=reference("q7"))])
    assert excess(money(new_ledger, "c1")) == (0, 0)
    new_ledger.take([paid("p1", {"claim": reference("c1")}, person("a"), "2024-04-10", ACCOUNT)])
    assert excess(money(new_ledger, "c1")) == (0, 0)


def test_approval_that_was_reversed_or_paid_twice(new_ledger):
    who, of = person("a"), {"approval": reference("a1")}
    new_ledger.take([approved("a1", who, "2024-04-01", "u9", fen=100_000),
                     paid("p1", of, who, "2024-04-10", ACCOUNT, 100_000)])
    assert excess(money(new_ledger, "a1")) == (0, 0)
    new_ledger.take([paid("p2", of, who, "2024-04-11", ACCOUNT, 30_000)])
    assert excess(money(new_ledger, "a1")) == (30_000, 30_000)
    new_ledger.take([reversal("x", "a1", "2024-05-01")])
    assert excess(money(new_ledger, "a1")) == (130_000, 130_000)


def test_clearing_that_was_reversed_brings_nothing(new_ledger):
    new_ledger.take(MONEY + [clearing(400_000, 0, 0), reversal("x", "q2", "2024-04-22")])
    aid_leg = leg(money(new_ledger, "c1"), "medical-aid")
    assert (aid_leg["arrivedLeastFen"], aid_leg["arrivedMostFen"]) == (0, 0)
    assert [step["state"] for step in aid_leg["steps"]] == ["stands", "reversed"]


def test_payment_that_came_back_in_part(network):
    told = money(network, "c1")
    aid_leg = leg(told, "medical-aid")
    # 2,800.00 paid, 10.00 returned.
    assert (aid_leg["arrivedLeastFen"], told["missingLeastFen"]) == (279_000, 1_000)
    assert "not arrived 10.00" in done(
        "trace", network, "money", "test/T-c1", "--lang", "en").out


def test_subsidies_that_one_transfer_carried(new_ledger):
    def subsidy(number, who, fen):
        return on("2024-01-20", record(
            number, "enrolment.subsidised", person=who, year=2024, scheme="resident",
            category="dibao", form="fixed", premiumFen=38_000, subsidyFen=fen,
            personPaidFen=38_000 - fen, fund="medical-aid", approvedOn="2024-01-20",
            batch=reference("t1")))

    transfer = on("2024-02-01", record(
        "t1", "fund.transferred", fromAccount="medical-aid-subaccount",
        toAccount="resident-insurance-subaccount", purpose="enrolment", amountFen=40_000,
        year=2024))
    new_ledger.take([subsidy("s1", person("a"), 38_000), subsidy("s2", person("b"), 12_000),
                     transfer])
    # 380.00 and 120.00 are 500.00; 400.00 were transferred.
    told = money(new_ledger, "s1")
    first = leg(told, "medical-aid")
    assert (told["totalFen"], first["arrivedLeastFen"], first["arrivedMostFen"]) == (
        38_000, 28_000, 38_000)
    second = leg(money(new_ledger, "s2"), "medical-aid")
    assert (second["arrivedLeastFen"], second["arrivedMostFen"]) == (2_000, 12_000)


def test_approval_paid_in_two_parts(new_ledger):
    new_ledger.take([settled("c1", A, "2024-03-05"),
                     approved("a1", A, "2024-04-01", "u9", fen=100_000, claims=["c1"]),
                     paid("p1", {"approval": reference("a1")}, A, "2024-04-10", ACCOUNT, 60_000),
                     paid("p2", {"approval": reference("a1")}, A, "2024-04-11", ACCOUNT, 30_000)])
    told = money(new_ledger, "a1")
    (only,) = told["legs"]
    assert (only["dueFen"], only["arrivedLeastFen"], told["missingLeastFen"]) == (
        100_000, 90_000, 10_000)
    # The bill's own trace shows it too, beside the bill's total.
    told = money(new_ledger, "c1")
    assert told["payersFen"] == 1_000_000
    assert [leg["dueFen"] for leg in told["legs"] if leg["role"] == "afterwards"] == [100_000]


def test_money_is_followed_from_what_has_money(network):
    refused(aid("trace", network, "money", seq(network, "p1")), BAD_INPUT, "aid.paid")


# MARK: Documents

def page(ledger, *arguments):
    text = done("trace", ledger, *arguments, "--format", "html").out
    assert text.startswith("<!DOCTYPE html>")
    return text


def pages(ledger):
    who = pseudonym(ledger, A)
    for lang in ("en", "zh-Hans"):
        yield page(ledger, "person", who, "--lang", lang)
        yield page(ledger, "institution", "H1", "--lang", lang)
        yield page(ledger, "entry", seq(ledger, "c1"), "--lang", lang)
        yield page(ledger, "money", seq(ledger, "c1"), "--lang", lang)


def test_page_is_one_file_that_loads_and_runs_nothing(network):
    for text in pages(network):
        root = ElementTree.fromstring(text.removeprefix("<!DOCTYPE html>"))
        names = {element.tag.split("}")[1] for element in root.iter()}
        assert not names & {"script", "link", "img", "image", "iframe", "object", "use", "a"}
        for element in root.iter():
            for name, value in element.attrib.items():
                assert not name.startswith("on") and "href" not in name and name != "src"
                assert "url(" not in value
        policy = [element.get("content") for element in root.iter()
                  if element.get("http-equiv") == "Content-Security-Policy"]
        assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
        assert "@import" not in text and "url(" not in text
        drawings = [element for element in root.iter() if element.tag.endswith("}svg")]
        assert drawings
        for drawing in drawings:
            told = {child.get("id"): child.text for child in drawing if child.get("id")}
            assert all(told[name] for name in drawing.get("aria-labelledby").split())
            # Not every program applies the page's style sheet to a drawing.
            sheet = drawing[0]
            assert sheet.tag.endswith("}style") and "font-family" in sheet.text
            used = {name for element in drawing.iter() for name in element.get("class", "").split()}
            assert used and used <= set(re.findall(r"^\s*\.(\w+) ", sheet.text, re.M))


@pytest.mark.skipif(shutil.which("xmllint") is None, reason="xmllint is not installed")
def test_page_is_well_formed(network, tmp_path):
    for number, text in enumerate(pages(network)):
        file = tmp_path / f"{number}.html"
        file.write_text(text, "utf-8")
        subprocess.run(["xmllint", "--noout", "--nonet", file], check=True)


HOSTILE = "<script>alert(1)</script>\"'&\\] \u202eevil\u0301\" -- x"


@pytest.fixture
def hostile(new_ledger):
    new_ledger.take([
        designated("H<1>&\"", HOSTILE), settled("c1", A, "2024-03-05", 'H<1>&"'),
        approved("a1", A, "2024-04-01", 'u"];x[label="\\'),
        approved("a2", B, "2024-04-01", 'u"];x[label="\\')])
    return new_ledger


def test_hostile_names_stay_text(hostile):
    who = pseudonym(hostile, A)
    for arguments in (("person", who), ("institution", 'H<1>&"'), ("money", seq(hostile, "c1"))):
        text = page(hostile, *arguments)
        root = ElementTree.fromstring(text.removeprefix("<!DOCTYPE html>"))
        assert not [element for element in root.iter() if element.tag.endswith("script")]
        assert "\u202e" not in text and "alert(1)" in "".join(root.itertext())
        out = done("trace", hostile, *arguments).out
        assert "\u202e" not in out and not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", out)


# A quoted string of DOT, and the statements that we write.
STRING = r'"(?:[^"\\]|\\.)*"'
ATTRIBUTES = rf'\[(?:\w+=(?:{STRING}|\w+)(?:, )?)*\]'
STATEMENT = re.compile(
    rf'  (?:label={STRING}|rankdir=LR|(?:node|edge) {ATTRIBUTES}|n\d+ {ATTRIBUTES}'
    rf'|n\d+ -- n\d+ {ATTRIBUTES});')


def test_network_for_graphviz(network, hostile, tmp_path):
    for ledger in (network, hostile):
        text = done("trace", ledger, "person", pseudonym(ledger, A), "--format", "dot").out
        lines = text.splitlines()
        assert (lines[0], lines[-1]) == ("graph trace {", "}")
        for line in lines[1:-1]:
            assert STATEMENT.fullmatch(line), line
        named = set(re.findall(r"^  (n\d+) \[", text, re.M))
        assert set(re.findall(r"n\d+(?= --)|(?<=-- )n\d+", text)) <= named
        if shutil.which("dot"):
            subprocess.run(["dot", "-Tsvg"], input=text.encode(), check=True,
                           capture_output=True)


# MARK: Bad questions

@pytest.mark.parametrize("arguments, told", [
    (("person", "p:12"), "32 hex digits"),
    (("person", "p:" + "0" * 32), "no entry of this ledger names the person"),
    (("account", "p:" + "0" * 32), "a: and 32 hex digits"),
    (("institution", "H-none"), "no entry names the institution"),
    (("operator", "nobody"), "no entry names"),
    (("entry", "999999"), "numbered from 0"),
    (("entry", "x"), "source/id"),
    (("entry", "no/where"), "there is no entry no/where"),
    (("person",), "which person"),
    (("person", "--id-number", "110101199003078515"), "standard input"),
    (("entry", "0", "--format", "html", "--json"), "contradict"),
    (("money", "0", "--format", "dot"), "text, json or html"),
])
def test_bad_question_says_what_to_do(network, arguments, told):
    refused(aid("trace", network, *arguments), BAD_INPUT, told)


def test_unknown_identity_number(network):
    result = aid("trace", network, "person", "--id-number", "-", stdin=b"110101199003078515\n")
    refused(result, BAD_INPUT, "no person with this number")
    assert "110101199003078515" not in result.text


# MARK: Names

@pytest.fixture
def copy(network, tmp_path):
    return network.copy_to(tmp_path / "copy")


def test_names_are_masked(network):
    who = pseudonym(network, A)
    for form in ("text", "json", "html", "dot"):
        text = done("trace", network, "person", who, "--format", form).out
        assert "试*某" in text
        for secret in (A["name"], A["idNumber"], A["phone"], A["address"], ACCOUNT, B["name"]):
            assert secret not in text, form


def test_without_keys_there_are_pseudonyms_only(copy):
    who = pseudonym(copy, A)
    shutil.rmtree(copy.keys)
    text = done("trace", copy, "person", who).out
    assert who in text and "试" not in text
    result = aid("trace", copy, "person", "--id-number", "-", stdin=A["idNumber"].encode())
    refused(result, COULD_NOT, "key")
    before = copy.size()
    result = aid("trace", copy, "person", who, "--reveal", "--reason", "x")
    refused(result, COULD_NOT, "key")
    assert copy.size() == before and result.out == ""


def user():
    return pwd.getpwuid(os.geteuid()).pw_name


def opened(ledger, number):
    """A case, for which somebody may look."""
    result = ledger.take([record(f"case-{number}", "case.opened", case=number, summary="疑点",
                                 subjects=[{"institution": "H1"}], findings=[])])
    assert result.status == FINE, result


def reveal(ledger, who, *arguments, **options):
    return aid("trace", ledger, "person", who, "--reveal", "--reason", "举报12号", "--by",
               "inspector-7", *arguments, **options)


def test_what_is_shown_is_recorded_first(copy):
    opened(copy, "AJ-1")
    who, before = pseudonym(copy, A), copy.size()
    result = reveal(copy, who, "--case", "AJ-1")
    assert result.status == FINE, result
    assert A["name"] in result.out and A["idNumber"] in result.out
    # Others stay masked.
    assert B["name"] not in result.out
    entry = copy.entry(before)
    assert entry["kind"] == "access.revealed" and copy.size() >= before + 1
    body = entry["body"]
    assert (body["person"], body["by"], body["case"]) == (who, "inspector-7", "AJ-1")
    assert sorted(body["fields"]) == ["idNumber", "name"]
    # Whom it is shown to is their own word; who ran the program is not.
    assert entry["operator"] == user()
    assert "举报12号" not in json.dumps(entry, ensure_ascii=False)
    assert copy.verify().is_sound()


def test_chosen_fields_only(copy):
    who = pseudonym(copy, A)
    result = reveal(copy, who, "--field", "phone")
    assert A["phone"] in result.out and A["idNumber"] not in result.out
    assert A["name"] not in result.out


def test_record_comes_before_the_names(copy):
    """Whoever reads the output finds the entry on the ledger already."""
    who, before = pseudonym(copy, A), copy.size()
    process = start("trace", copy, "person", who, "--reveal", "--reason", "x")
    shown = b""
    while A["name"].encode() not in shown:
        piece = process.stdout.read1(1)
        assert piece, shown
        shown += piece
        if len(shown) == 1:
            assert copy.entry(before)["kind"] == "access.revealed"
    process.communicate()
    assert process.returncode == FINE


def test_nothing_is_shown_where_nothing_can_be_recorded(ordinary_user):
    ledger, how = ordinary_user
    who = ledger.value("SELECT pseudonym FROM subject WHERE pseudonym LIKE 'p:%' LIMIT 1")
    done("trace", ledger, "person", who, "--no-findings", **how)
    before = ledger.size()
    os.chmod(ledger.path, 0o400)
    os.chmod(ledger.path.parent, 0o500)
    result = aid("trace", ledger, "person", who, "--reveal", "--reason", "x", **how)
    assert result.status == COULD_NOT and result.out == "", result
    os.chmod(ledger.path.parent, 0o700)
    assert ledger.size() == before


def test_nothing_is_recorded_for_a_file_that_cannot_be_written(copy, tmp_path):
    who, before = pseudonym(copy, A), copy.size()
    result = reveal(copy, who, "-o", tmp_path / "none" / "x.html", "--format", "html")
    assert result.status == COULD_NOT and copy.size() == before, result


def test_reason_is_required(network):
    who = pseudonym(network, A)
    refused(aid("trace", network, "person", who, "--reveal"), BAD_INPUT, "--reason")
    refused(aid("trace", network, "person", who, "--case", "1"), BAD_INPUT, "--reveal")


def test_written_file_is_for_its_owner_only(network, tmp_path):
    file = tmp_path / "a.html"
    done("trace", network, "person", pseudonym(network, A), "--format", "html", "-o", file)
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("arguments, words", [
    (["--reason", ""], "--reason is blank"), (["--reason", " \u3000 "], "--reason is blank"),
    (["--reason", "x", "--case", "AJ-9"], "no case AJ-9 was opened"),
    (["--reason", "x", "--case", ""], "no case "), (["--reason", "x", "--by", " "], "--by")])
def test_nothing_is_shown_for_no_reason_or_no_case(copy, arguments, words):
    opened(copy, "AJ-1")
    who, before = pseudonym(copy, A), copy.size()
    result = aid("trace", copy, "person", who, "--reveal", *arguments)
    refused(result, BAD_INPUT, words)
    assert copy.size() == before and result.out == "" and A["name"] not in result.text


def test_a_key_without_a_name_is_named_without_a_gap(copy):
    who = pseudonym(copy, A)
    shutil.rmtree(copy.keys)
    refused(aid("trace", copy, "person", who, "--reveal", "--reason", "x"), COULD_NOT,
            "the vault key is not in")


def test_who_looked_at_whom(copy):
    opened(copy, "AJ-1")
    first, second = pseudonym(copy, A), pseudonym(copy, C)
    assert "nobody" in done("access", copy).out
    reveal(copy, first, "--case", "AJ-1")
    aid("trace", copy, "person", second, "--reveal", "--reason", "另案", "--by", "u8",
        "--field", "name")
    told = done("access", copy, "--json").json_lines()
    assert [(look["person"], look["by"], look["fields"], look["reason"]) for look in told] == [
        (first, "inspector-7", ["idNumber", "name"], "举报12号"), (second, "u8", ["name"], "另案")]
    assert [look.get("case") for look in told] == ["AJ-1", None]
    assert [look["person"] for look in done(
        "access", copy, "--person", second, "--json").json_lines()] == [second]
    assert [look["operator"] for look in told] == [user()] * 2
    assert (f"inspector-7 (entered as {user()}) was shown idNumber, name of {first}"
            in done("access", copy).out)
    shutil.rmtree(copy.keys)
    told = done("access", copy, "--json").json_lines()
    assert all("reason" not in look and re.fullmatch("[0-9a-f]{64}", look["reasonCommitment"])
               for look in told)
    refused(aid("access", copy, "--person", "p:1"), BAD_INPUT, "32 hex digits")


def test_a_look_that_was_taken_out_of_the_table_is_missed(copy):
    reveal(copy, pseudonym(copy, A))
    assert "were not verified" in done("access", copy).err
    told = done("access", copy, "--verify")
    assert told.out.count("was shown") == 1 and "were not verified" not in told.err
    tamper(copy, "DELETE FROM access_revealed")
    answer = aid("access", copy, "--verify")
    refused(answer, NO, "NOT SOUND")
    assert answer.out == ""


# MARK: Findings

class Investigation:
    """A ledger whose second claim is too large for X1; X2 finds both together."""

    def __init__(self, home, ledger):
        self.home, self.ledger = home, ledger
        home.take(ledger, GROUNDS + CLAIMS)

    def seqs(self, *numbers):
        return [seq(self.ledger, number) for number in numbers]

    def one(self):
        return finding_id("X1", self.seqs(2), self.seqs(2))

    def all(self, *numbers):
        (who,) = self.ledger.rows("SELECT seq FROM subject WHERE pseudonym LIKE 'p:%'")
        return finding_id("X2", who, self.seqs(*numbers))

    def result(self, *arguments):
        english = () if "--lang" in arguments else ("--lang", "en")
        result = self.home.run("trace", self.ledger, "institution", "H1", "--steps", 0,
                               *english, *arguments)
        assert result.status == FINE, result
        return result

    def told(self):
        """The findings of each line, with their states."""
        (told,) = self.result("--json").json_lines()
        assert told["findings"] == "looked-up"
        return {entry["id"]: {finding["id"]: finding["state"] for finding in entry["findings"]}
                for entry in told["entries"]}


@pytest.fixture
def investigation(tmp_path, new_ledger):
    return Investigation(DetectingHome(tmp_path / "home"), new_ledger)


ANEW = "no findings are kept of this state"


def test_findings_stand_on_lines_and_in_the_list(investigation):
    home, ledger = investigation.home, investigation.ledger
    home.findings(ledger)
    one, both = investigation.one(), investigation.all(1, 2)
    assert investigation.told() == {"T-1": {both: "open"}, "T-2": {one: "open", both: "open"}}
    result = investigation.result()
    assert ANEW not in result.err
    first, second = investigation.seqs(1, 2)
    lines = result.out.splitlines()
    (line,) = [line for line in lines if line.split()[:1] == [str(second)]]
    assert line.split()[-2:] == [one, both]
    assert [line.split()[1] for line in lines if line.startswith(f"  {one}  ")] == ["breach"]
    assert f"entries {first}, {second}" in result.out
    text = investigation.result("--format", "html").out
    assert text.count(one) == 2 and text.count(both) == 3 and ">open</td>" in text


def test_a_finding_says_what_has_become_of_it(investigation):
    home, ledger = investigation.home, investigation.ledger
    one, both = investigation.one(), investigation.all(1, 2)
    home.take(ledger, [
        {**record("f", "inspection.found"), "body": {
            "inspection": "I-1", "number": "1", "department": "medical-security",
            "area": "150502", "basis": [], "entries": [], "finding": one, "summary": "金额偏大",
            "deadline": "2024-12-31"}},
        {**record("w", "inspection.answered"), "body": {
            "inspection": "I-1", "number": "1", "unit": "样例单位", "accepts": False,
            "statement": "另有原因"}},
        record("k", "case.opened", case="C-k", subjects=[{"institution": "H1"}],
               findings=[both], summary="核查")])
    home.findings(ledger)
    assert investigation.told()["T-2"] == {one: "answered", both: "in-case"}
    rows = {line.split()[0]: line for line in investigation.result().out.splitlines()
            if line.startswith("  X")}
    assert "answered" in rows[one] and "in a case" in rows[both]
    text = investigation.result("--format", "html", "--lang", "zh-Hans").out
    assert "已申辩" in text and "已立案" in text


def test_findings_of_a_smaller_ledger_are_not_told(investigation):
    """Another claim makes the person's matter another finding: detectors are run anew, once."""
    home, ledger = investigation.home, investigation.ledger
    home.findings(ledger)
    before = investigation.all(1, 2)
    home.take(ledger, [claim(3, 280_000)])
    assert ANEW in investigation.result().err
    after = investigation.all(1, 2, 3)
    assert before != after and before.split(".")[0] == after.split(".")[0]
    assert investigation.told() == {
        "T-1": {after: "open"}, "T-2": {investigation.one(): "open", after: "open"},
        "T-3": {after: "open"}}
    assert ANEW not in investigation.result().err
    size = str(seq(ledger, 3))
    assert before in investigation.result("--size", size).out


def test_findings_can_be_left_out(investigation):
    result = investigation.result("--no-findings")
    assert ANEW not in result.err and "findings were not looked up" in result.out
    assert investigation.one() not in result.out


# MARK: One person under two pseudonyms

def test_showing_a_merged_person_records_both(copy):
    """C's number was found to be another of A's: who looks at one looks at both."""
    first, second = pseudonym(copy, A), pseudonym(copy, C)
    copy.take([record("m1", "person.merged", **{"from": second, "into": first},
                      reason="number-corrected")])
    before = copy.size()
    result = reveal(copy, second, "--field", "idNumber")
    assert result.status == FINE, result
    assert A["idNumber"] in result.out and C["idNumber"] in result.out
    entries = [copy.entry(number) for number in range(before, copy.size())]
    assert sorted(entry["body"]["person"] for entry in entries
                  if entry["kind"] == "access.revealed") == sorted([first, second])
    looks = done("access", copy, "--person", first, "--json").json_lines()
    assert sorted(look["person"] for look in looks) == sorted([first, second])
    assert copy.verify().is_sound()
