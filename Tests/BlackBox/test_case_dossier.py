"""The dossier of a case or of a subject: what it gathers, and that its proofs hold elsewhere."""

import base64
import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest

from chain import leaf_hash, node_hash
from harness import BAD_INPUT, CHECKOUT, COULD_NOT, NO, Ledger, aid, done, record, refused
from tracing import A, B, C, D, E, NETWORK, designated, on

NS = {"r": "urn:aidledger:report:1"}
CASE = on("2024-05-10", record(
    "k1", "case.opened", case="AJ-1", subjects=[{"person": A}, {"institution": "H1"}],
    summary="核查共用账户"))
CLOSED = on("2024-06-01", record("k2", "case.closed", case="AJ-1", outcome="dismissed"))


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    ledger = Ledger.make(tmp_path_factory.mktemp("dossier") / "a.db")
    ledger.take([*NETWORK, CASE, CLOSED])
    return ledger


def dossier(ledger, *about, form="xml", language="en", **options):
    return done("report", "case-dossier", ledger, *about, "--lang", language, "--format", form,
                "-o", "-", **options).out


def root(ledger, *about, **options):
    return ElementTree.fromstring(dossier(ledger, *about, **options))


def pseudonym(ledger, who):
    told = done("trace", ledger, "person", "--id-number", "-", "--steps", 0, "--no-findings",
                "--json", stdin=who["idNumber"].encode())
    return told.json_lines()[0]["start"]["id"]


def cells(row, of="value"):
    return {cell.get("column"): cell.get(of) for cell in row.findall("r:cell", NS)}


def rows(report, table, of="value"):
    return [cells(row, of) for row in report.findall(f".//r:table[@id='{table}']/r:row", NS)]


def names(ledger, report, table="timeline"):
    """The senders' own numbers of a table's entries; what the program wrote by its kind."""
    told = []
    for row in rows(report, table):
        entry = ledger.entry(int(row["entry"]))
        told.append(entry["id"] if entry["source"] == "test" else entry["kind"])
    return told


def test_a_case_gathers_the_entries_of_all_its_subjects(network):
    report = root(network, "--case", "AJ-1")
    # By business day, then by number. E and F were at H1; c7 of A was not, and was reversed.
    assert names(network, report) == [
        "T-D-H1", "person.registered", "T-c1", "T-c5", "T-c6", "T-p1", "T-r1", "T-c7", "T-x7",
        "T-k1"]
    subjects = rows(report, "subjects")
    assert [(one["kind"], one["id"]) for one in subjects] == [
        ("person", pseudonym(network, A)), ("institution", "H1")]
    assert [(one["kind"], one["outcome"]) for one in rows(report, "case-records")] == [
        ("case.opened", None), ("case.closed", "dismissed")]
    kinds = {row["kind"]: row for row in rows(report, "summary-entries")}
    claims = kinds["claim.settled"]
    assert (claims["standing"], claims["reversed"], claims["amountFen"]) == ("3", "1", "3000000")


def batches(ledger):
    """A's and E's bills at H1 in one request of 4,000.00, cleared in one sum; a recovery from A and
    one from the hospital, both about A's bill."""
    claims = [{"source": "test", "id": "T-c1"}, {"source": "test", "id": "T-c5"}]
    ledger.take([
        on("2024-05-01", record("q1", "clearing.requested", institution="H1", period="2024-03",
                                amountFen=400_000, fund="medical-aid", receivedOn="2024-05-01",
                                claimCount=2, claims=claims)),
        on("2024-05-03", record("y1", "clearing.paid", request={"source": "test", "id": "T-q1"},
                                fromAccount="medical-aid-subaccount", paidFen=390_000,
                                disallowedFen=10_000, prepaymentAppliedFen=0)),
        on("2024-05-04", record("v1", "recovery.received", person=A, relatesTo=claims[:1],
                                fund="medical-aid", toAccount="medical-aid-subaccount",
                                nature="overpayment", amountFen=700, reason="多付")),
        on("2024-05-05", record("v2", "recovery.received", institution="H1", relatesTo=claims,
                                fund="medical-aid", toAccount="medical-aid-subaccount",
                                nature="overpayment", amountFen=90_000, reason="多付"))])
    return ledger


def test_what_is_of_many_persons_is_not_one_persons(network, tmp_path):
    ledger = batches(network.copy_to(tmp_path))

    def amounts(*about):
        return {row["kind"]: (row["standing"], row["amountFen"])
                for row in rows(root(ledger, *about), "summary-entries")}
    hers = amounts("--subject", f"person:{pseudonym(ledger, A)}")
    assert hers["clearing.requested"] == hers["clearing.paid"] == ("1", None)
    assert hers["recovery.received"] == ("2", "700")
    # c1 stands, c7 was reversed.
    assert hers["claim.settled"] == ("1", "1000000")
    assert (hers["aid.paid"], hers["payment.returned"]) == (("1", "280000"), ("1", "1000"))
    its = amounts("--subject", "institution:H1")
    assert (its["clearing.requested"], its["clearing.paid"]) == (("1", "400000"), ("1", "390000"))
    assert its["recovery.received"][1] == "90000"
    both = amounts("--case", "AJ-1")
    assert both["clearing.paid"] == ("1", "390000") and both["recovery.received"] == ("2", "90700")


def test_a_dossier_is_of_no_period(new_ledger):
    """It says of an empty table what was looked for, not that there is nothing "in this period"."""
    new_ledger.take([designated("H1", "样例县医院")])
    page = dossier(new_ledger, "--subject", "institution:H1", form="html", language="zh-Hans")
    assert "<p>未发现疑点。</p>" in page and "本期" not in page
    page = dossier(new_ledger, "--subject", "institution:H1", form="html")
    assert "<p>The detectors find nothing.</p>" in page and "this period" not in page


def test_a_person_has_links_to_two_steps(network):
    report = root(network, "--subject", f"person:{pseudonym(network, A)}")
    persons = {letter: pseudonym(network, who)
               for letter, who in (("b", B), ("c", C), ("d", D), ("e", E))}
    found = {(row["step"], row["second"], row["by"]) for row in rows(report, "links")}
    assert found == {
        ("1", persons["b"], "account"), ("1", persons["b"], "household"),
        ("1", persons["c"], "account"), ("1", persons["e"], "institution-day"),
        ("2", persons["d"], "phone")}
    network_drawn = report.find(".//r:network", NS)
    assert {node.get("column") for node in network_drawn.findall("r:node", NS)
            if "sort" not in node.attrib} == {"0", "2", "4"}
    numbers = {node.get("id") for node in network_drawn.findall("r:node", NS)}
    assert {line.get(end) for line in network_drawn.findall("r:line", NS)
            for end in ("from", "to")} <= numbers
    assert rows(report, "case-records")[0]["case"] == "AJ-1"


@pytest.mark.parametrize("institution, cases", [("H1", "3"), ("H2", "1")])
def test_peers_are_compared_and_equals_share_a_place(tmp_path, institution, cases):
    """Every bill of the two hospitals is of 10,000.00, with 2,800.00 of aid."""
    ledger = Ledger.make(tmp_path / "a.db")
    ledger.take([*NETWORK, designated("H2", "样例中医院")])
    [row] = rows(root(ledger, "--subject", f"institution:{institution}"), "peers-institutions")
    assert (row["peers"], row["cases"]) == ("2", cases)
    assert (row["costFen"], row["costMedianFen"], row["costPlace"]) == ("1000000", "1000000", "1")
    assert (row["aidFen"], row["aidMedianFen"], row["aidPlace"]) == ("280000", "280000", "1")
    assert row["ownPlace"] == "1"


def test_money_is_followed_to_where_it_arrived(network):
    """c1: 2,800.00 of aid were paid, 10.00 came back; basic insurance is not followed."""
    report = root(network, "--subject", f"person:{pseudonym(network, A)}")
    aid_leg, = [row for row in rows(report, "money") if row["payer"] == "medical-aid"]
    assert names(network, report, "money").count("T-c1") == len(rows(report, "money"))
    assert (aid_leg["dueFen"], aid_leg["leastFen"], aid_leg["mostFen"], aid_leg["openFen"]) == (
        "280000", "279000", "279000", "1000")
    steps = [(row["kind"], row["happenedOn"], row["amountFen"])
             for row in rows(report, "money-steps") if row["payer"] == "medical-aid"]
    assert ("aid.paid", "2024-03-20", "280000") in steps


def test_strokes_stand_on_their_days(network):
    report = root(network, "--case", "AJ-1")
    timeline = report.find(".//r:timeline", NS)
    # The case was closed later, but its closing names nobody.
    assert (timeline.get("from"), timeline.get("to")) == ("2024-01-01", "2024-05-10")
    lanes = {lane.get("text"): lane for lane in timeline.findall("r:lane", NS)}
    assert sum(int(lane.get("rows")) for lane in lanes.values()) == len(rows(report, "timeline"))
    undone = [stroke.get("undone") for stroke in lanes["Claim settled"].findall("r:stroke", NS)]
    assert undone == ["false", "false", "true"]


def root_by(proof, size):
    """RFC 6962, 2.1.1, backwards: the root that a leaf's audit path leads to."""
    index, last = int(proof.get("seq")), size - 1
    value = bytes.fromhex(proof.get("leafHash"))
    for step in proof.findall("r:hash", NS):
        other = bytes.fromhex(step.get("value"))
        if index % 2 == 1 or index == last:
            value = node_hash(other, value)
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            value = node_hash(value, other)
        index, last = index // 2, last // 2
    assert last == 0
    return value


def test_every_entry_cited_is_proved(network):
    report = root(network, "--case", "AJ-1")
    note = report.find("r:ledger/r:note", NS).text.splitlines()
    size, expected = int(note[1]), base64.b64decode(note[2])
    proofs = report.findall(".//r:proof", NS)
    cited = {int(row["entry"]) for row in rows(report, "timeline")}
    assert cited <= {int(proof.get("seq")) for proof in proofs} and len(proofs) > 10
    for proof in proofs:
        (data,), = network.rows("SELECT bytes FROM entry WHERE seq = ?", int(proof.get("seq")))
        assert proof.get("leafHash") == leaf_hash(data).hex()
        assert root_by(proof, size) == expected


def test_what_no_checkpoint_covers_is_named(network, tmp_path):
    ledger = network.copy_to(tmp_path / "copy")
    for key in os.listdir(f"{ledger}.keys"):
        if key.startswith("signing"):
            os.remove(f"{ledger}.keys/{key}")
    ledger.take([on("2024-06-02", record("k3", "case.reopened", case="AJ-1", reason="新线索"))])
    report = root(ledger, "--case", "AJ-1")
    late, = report.findall(".//r:unproved", NS)
    assert ledger.entry(int(late.get("seq")))["kind"] == "case.reopened"


def test_names_are_masked_until_a_reason_is_on_the_ledger(network, tmp_path):
    ledger = network.copy_to(tmp_path / "copy")
    page = dossier(ledger, "--case", "AJ-1", form="html")
    assert "试*某" in page and A["name"] not in page and A["idNumber"] not in page
    file = tmp_path / "revealed.xml"
    done("report", "case-dossier", ledger, "--case", "AJ-1", "--lang", "en", "--format", "xml",
         "--reveal", "--reason", "核查身份", "-o", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    tables = tmp_path / "tables"
    done("report", "case-dossier", ledger, "--case", "AJ-1", "--format", "csv", "-o", tables)
    assert {stat.S_IMODE(one.stat().st_mode) for one in tables.iterdir()} == {0o600}
    report = ElementTree.parse(file).getroot()
    words = rows(report, "subjects", of="text")
    assert A["idNumber"] in words[0]["particulars"] and A["name"] in words[0]["particulars"]
    seen = rows(report, "custody")
    assert [row["field"] for row in seen] == ["idNumber", "name"]
    assert {row["seen"] for row in seen} == {pseudonym(ledger, A)}
    assert {row["case"] for row in seen} == {"AJ-1"}
    assert "核查身份" not in file.read_text("utf-8")
    # Whoever draws it again without looking finds the same figures.
    answer = json.loads(done("report", "check", file, ledger, "--json").out)
    assert answer["stands"] and answer["differences"] == []


def test_who_has_no_vault_can_check_it(network, tmp_path):
    """All but the names, which stand in the vault alone."""
    ledger = network.copy_to(tmp_path / "copy")
    file = tmp_path / "dossier.xml"
    file.write_text(dossier(ledger, "--case", "AJ-1"), "utf-8")
    assert "*" in file.read_text("utf-8")
    ledger.vault.unlink()
    shutil.rmtree(ledger.keys)
    said = done("report", "check", file, ledger, "--no-verify").out
    assert "figures stand" in said and "were not compared" in said
    text = file.read_text("utf-8")
    amount = re.search(r'value="1000000" text="10,000.00"', text)[0]
    file.write_text(text.replace(amount, amount.replace("10,", "90,"), 1), "utf-8")
    refused(aid("report", "check", file, ledger, "--no-verify"), NO)


def test_figures_are_traced(network, tmp_path):
    file = tmp_path / "dossier.xml"
    file.write_text(dossier(network, "--case", "AJ-1"), "utf-8")
    answer = json.loads(done("report", "trace", file, "subjects:2", network, "--json").out)
    hashes = sorted(bytes.fromhex(entry["leafHash"]) for entry in answer["entries"])
    assert answer["agrees"] and hashlib.sha256(b"".join(hashes)).hexdigest() == answer["recordSet"]
    assert {entry["id"] for entry in answer["entries"]} >= {"T-D-H1", "T-c1", "T-c5", "T-c6"}


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_other_readers_agree(network, tmp_path, language):
    file = tmp_path / "dossier.xml"
    file.write_text(dossier(network, "--case", "AJ-1", language=language), "utf-8")
    for tool in ("xmllint", "xsltproc"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
    schema = CHECKOUT / "templates/schema/case-dossier.rng"
    assert subprocess.run(["xmllint", "--noout", "--relaxng", schema, file]).returncode == 0
    theirs = subprocess.run(["xsltproc", CHECKOUT / "templates/case-dossier/html.xsl", file],
                            capture_output=True, check=True).stdout.decode()
    ours = dossier(network, "--case", "AJ-1", form="html", language=language)
    assert without_times(theirs) == without_times(ours)
    assert theirs.count("<svg") == 2 and "<script" not in theirs


def without_times(page):
    return [line for line in page.splitlines() if "<time" not in line]


@pytest.mark.parametrize("arguments, says", [
    ([], "is about a case or a subject"), (["--year", 2024], "is about a case or a subject"),
    (["--case", "AJ-9"], "no case AJ-9 was opened"),
    (["--subject", "somebody"], "--subject needs person:p:"),
    (["--subject", "person:p:1"], "no person's pseudonym"),
    (["--subject", "institution:H404"], "no entry names the institution"),
    (["--case", "AJ-1", "--subject", "operator:u1"], "about a case, or about a subject"),
    (["--case", "AJ-1", "--year", 2024], "of a year, or about a case"),
    (["--case", "AJ-1", "--reveal"], "--reason"),
    (["--case", "AJ-1", "--reveal", "--reason", " "], "--reason is blank"),
])
def test_what_a_dossier_cannot_be_about(network, arguments, says):
    before = network.size()
    result = aid("report", "case-dossier", network, *arguments, "-o", "-")
    refused(result, result.status, says)
    assert result.status in (BAD_INPUT, 64) and result.out == ""
    assert network.size() == before


def test_a_report_of_a_year_is_about_no_case(network):
    refused(aid("report", "fund-use", network, "--case", "AJ-1", "-o", "-"), BAD_INPUT,
            "fund-use is of a year")


def test_a_subject_is_not_charged_with_what_others_did(network, tmp_path):
    """Its case may have been opened for findings on somebody else as well."""
    ledger = network.copy_to(tmp_path)
    found = [line for line in done("findings", ledger, "--json").json_lines() if "id" in line]
    who = pseudonym(ledger, A)
    own = {one["id"] for one in found if who in json.dumps(one["subjects"])}
    other = next(one["id"] for one in found if one["id"] not in own
                 and not set(one["entries"]) & set(entries_of(ledger, who)))
    ledger.take([on("2024-07-01", record(
        "k9", "case.opened", case="AJ-9", subjects=[{"person": A}], findings=[other],
        summary="核查"))])

    def hits(*about):
        return {row["id"] for row in rows(root(ledger, *about), "hits")}
    assert other in hits("--case", "AJ-9")
    assert other not in hits("--subject", f"person:{who}")
    assert own and own <= hits("--subject", f"person:{who}")


def entries_of(ledger, who):
    told = done("trace", ledger, "person", who, "--steps", 0, "--json").json_lines()[0]
    return [one["seq"] for one in told["entries"]]


def test_nothing_is_revealed_for_a_file_that_cannot_be_written(network, tmp_path):
    ledger = network.copy_to(tmp_path)
    size = ledger.size()
    refused(aid("report", "case-dossier", ledger, "--case", "AJ-1", "--reveal", "--reason", "核查",
                "-o", tmp_path / "nowhere/a.html"), COULD_NOT, "there is no such folder")
    assert ledger.size() == size
