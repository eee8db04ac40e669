"""Reports: valid, the same again, and their figures what the records say."""

import hashlib
import html.parser
import re
import shutil
import subprocess
import urllib.parse
import xml.etree.ElementTree as ElementTree
from collections import defaultdict

import pytest

from harness import (BAD_INPUT, CHECKOUT, COULD_NOT, FINE, NO, PERSON, Ledger, aid, done, record,
                     records_of, refused, tamper)

REPORTS = ["early-warning", "fund-use", "joint-inspection", "performance"]
LANGUAGES = ["zh-Hans", "en"]
YEAR = 2023
NS = {"r": "urn:aidledger:report:1"}
AREAS = ["000000", "440000", "440700", "440703", "150502", "440100"]


def drawn(name, ledger, form="xml", area="000000", language="en", **options):
    extra = [text for option, value in options.items() for text in (f"--{option}", value)]
    return done("report", name, ledger, "--year", YEAR, "--area", area, "--lang", language,
                "--format", form, "-o", "-", *extra).out


def tool(*command, **options):
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run([*map(str, command)], capture_output=True, **options)


def without_time(text):
    return re.sub(r"<drawn [^>]*/>", "", text)


@pytest.fixture(scope="session")
def reports(sample_ledger):
    """Each report drawn once."""
    return {(name, language): drawn(name, sample_ledger, language=language)
            for name in REPORTS for language in LANGUAGES}


class Tables:
    """The figures of a report's XML."""

    def __init__(self, text):
        self.root = ElementTree.fromstring(text)

    def table(self, identifier):
        return self.root.find(f".//r:table[@id='{identifier}']", NS)

    def row(self, table, key):
        return self.table(table).find(f"r:row[@id='{table}:{key}']", NS)

    def total(self, table):
        return self.table(table).find("r:total", NS)

    @staticmethod
    def value(row, column):
        """A figure; nothing counts as 0."""
        if row is None:
            return 0
        cell = row.find(f"r:cell[@column='{column}']", NS)
        return int(cell.get("value", 0))


# MARK: documents

@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_xml_is_valid(reports, tmp_path, name, language):
    file = tmp_path / "report.xml"
    file.write_text(reports[name, language])
    result = tool("xmllint", "--noout", "--relaxng",
                  CHECKOUT / f"templates/schema/{name}.rng", file)
    assert result.returncode == 0, result.stderr.decode()


@pytest.fixture(scope="session")
def documents(sample_ledger):
    return {(name, language): drawn(name, sample_ledger, "html", language=language)
            for name in REPORTS for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_xsltproc_gives_the_same_document(reports, documents, tmp_path, name, language):
    file = tmp_path / "report.xml"
    file.write_text(reports[name, language])
    result = tool("xsltproc", "--nonet", CHECKOUT / f"templates/{name}/html.xsl", file)
    assert result.returncode == 0 and result.stderr == b"", result.stderr.decode()
    def timeless(text):
        return re.sub(r"<time .*?</time>", "", text)
    assert timeless(result.stdout.decode()) == timeless(documents[name, language])


class References(html.parser.HTMLParser):
    """What a document would fetch or run."""

    def __init__(self, text):
        super().__init__()
        self.found, self.identifiers, self.links, self.tags = [], set(), set(), defaultdict(int)
        self.feed(text)
        self.found += re.findall(r"@import[^;]*|url\((?!['\"]?#)[^)]*\)|expression\(", text)

    def handle_starttag(self, tag, attributes):
        self.tags[tag] += 1
        if tag in ("script", "link", "iframe", "object", "embed", "base", "form", "img"):
            self.found.append(tag)
        for name, value in attributes:
            if name == "id":
                assert value not in self.identifiers, f"two elements are {value}"
                self.identifiers.add(value)
            if name.startswith("on"):
                self.found.append(name)
            if name in ("src", "href", "xlink:href", "action", "data", "poster", "srcset"):
                if value.startswith("#"):
                    self.links.add(urllib.parse.unquote(value[1:]))
                else:
                    self.found.append(f"{name}={value}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_document_fetches_and_runs_nothing(documents, name, language):
    text = documents[name, language]
    references = References(text)
    assert references.found == []
    assert references.links <= references.identifiers
    assert references.tags["svg"] >= (1 if name == "performance" else 2)
    assert references.tags["html"] == references.tags["h1"] == 1
    assert f'<html lang="{language}"' in text
    assert not re.search(r"\bNaN\b|Infinity|\d[eE]\+\d", re.sub(r"<style>.*?</style>", "", text,
                                                                 flags=re.S))


@pytest.mark.parametrize("name", REPORTS)
def test_same_ledger_gives_the_same_report(sample_ledger, reports, name):
    assert without_time(drawn(name, sample_ledger)) == without_time(reports[name, "en"])


@pytest.mark.parametrize("name", REPORTS)
def test_languages_differ_in_words_only(reports, name):
    chinese, english = (Tables(reports[name, language]).root for language in LANGUAGES)
    def figures(root):
        return [(element.tag, element.get("id"), element.get("column"), element.get("value"),
                 element.get("recordSet")) for element in root.iter() if "source" not in element.tag]
    assert figures(chinese) == figures(english)


def test_report_names_what_it_was_drawn_from(sample_ledger, reports):
    for (name, language), text in reports.items():
        root = Tables(text).root
        ledger = root.find("r:ledger", NS)
        size, root_hash = sample_ledger.rows("SELECT size, rootHash FROM head")[0]
        assert ledger.get("size") == str(size) and ledger.get("rootHash") == root_hash.hex()
        assert ledger.get("vkey") == sample_ledger.vkey.read_text().strip()
        assert ledger.find("r:note", NS).text == sample_ledger.value("SELECT note FROM checkpoint")
        sources = {source.get("path"): source.get("sha256")
                   for source in root.findall("r:sources/r:source", NS)}
        assert {f"{name}/report.yaml", f"{name}/html.xsl", f"l10n/{language}.xml"} <= set(sources)
        beside = {path for path in sources if path.startswith("ledger/")}
        assert ("ledger/detectors/C5.sql" in beside) == (name == "joint-inspection")
        for path, digest in sources.items():
            data = (CHECKOUT / ("" if path in beside else "templates") / path).read_bytes()
            assert hashlib.sha256(data).hexdigest() == digest, path


def test_report_is_written_to_a_file(sample_ledger, tmp_path):
    file = tmp_path / "report.html"
    result = done("report", "fund-use", sample_ledger, "--year", YEAR, "-o", file)
    assert result.out == "" and str(file) in result.err
    text = file.read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>") and 'lang="zh-Hans"' in text


def test_default_area_is_the_ledgers(sample_ledger):
    result = done("report", "fund-use", sample_ledger, "--year", YEAR, "--format", "xml", "-o", "-")
    assert Tables(result.out).root.find("r:parameters", NS).get("area") == "150500"


# MARK: an earlier state

@pytest.mark.parametrize("name", REPORTS)
def test_earlier_state_is_drawn_as_it_was(sample_file, tmp_path, name):
    ledger = Ledger.make(tmp_path / "a.db")
    lines = sample_file.read_bytes().splitlines(keepends=True)
    done("import", ledger, "-", stdin=b"".join(lines[:1200]))
    size = ledger.size()
    then = drawn(name, ledger)
    done("import", ledger, "-", stdin=b"".join(lines[1200:]))
    now = drawn(name, ledger, size=size)
    whole = drawn(name, ledger)

    def figures(text):
        return re.sub(r"<verification.*?</verification>", "", without_time(text), flags=re.S)
    assert figures(now) == figures(then)
    assert figures(whole) != figures(then)


# MARK: figures

MEDICAL = {"medical-aid-treasury-account", "medical-aid-subaccount",
           "social-security-special-account"}


class Reckoning:
    """Totals made from the input records alone."""

    def __init__(self, records, area):
        prefix = re.sub("(00)+$", "", area)
        self.by_key = {(one["source"], one["id"]): one for one in records}
        self.reversed = {self.reference(one["body"]["reverses"]) for one in records
                         if one["kind"] == "entry.reversed"}
        self.live = [one for one in records if (one["source"], one["id"]) not in self.reversed]
        self.here = [one for one in self.live if one["area"].startswith(prefix)]
        self.prefix = prefix

    @staticmethod
    def reference(value):
        return value["source"], value["id"]

    def of(self, kind, day=None):
        """Bodies of a kind in the year."""
        for one in self.here:
            date = one["occurredOn"] if day is None or one["kind"] != kind else one["body"][day]
            if one["kind"] == kind and date.startswith(str(YEAR)):
                yield one, one["body"]

    def named(self, value):
        key = self.reference(value)
        return self.by_key.get(key) if key not in self.reversed else None

    def income(self):
        sums = defaultdict(int)
        for one, body in self.of("fund.received"):
            if body["fund"] != "medical-aid" or body["fundSource"] == "carried-forward":
                continue
            giver = body.get("fromArea")
            passed_on = giver and giver != one["area"] and giver.startswith(self.prefix) and any(
                other["kind"] == "fund.received" and other["area"] == giver
                and all(other["body"][name] == body[name] for name in ("fund", "fundSource", "year"))
                for other in self.live)
            if not passed_on:
                sums[body["fundSource"]] += body["amountFen"]
        for _, body in self.of("recovery.received"):
            if body["fund"] == "medical-aid":
                sums["recovery"] += body["amountFen"]
        return {source: amount for source, amount in sums.items() if amount}

    def expenditure(self):
        sums = defaultdict(int)
        for _, body in self.of("fund.transferred"):
            if body["purpose"] == "enrolment" and body["fromAccount"] in MEDICAL \
                    and body["toAccount"] not in MEDICAL:
                sums["enrolment"] += body["amountFen"]
        for _, body in self.of("enrolment.refunded", "refundedOn"):
            if body["to"] == "fund" and body.get("fund") == "medical-aid":
                sums["enrolment"] -= body["amountFen"]
        for _, body in self.of("clearing.paid"):
            if self.named(body["request"])["body"]["fund"] == "medical-aid":
                sums["clearing"] += body["paidFen"] + body["prepaymentAppliedFen"]
        for _, body in self.of("aid.paid", "paidOn"):
            if body["fund"] == "medical-aid" and body["channel"] != "hospital":
                sums[self.purpose(body)] += body["amountFen"]
        for _, body in self.of("payment.returned", "returnedOn"):
            paid = self.named(body["payment"])["body"]
            if paid["fund"] == "medical-aid" and paid["channel"] != "hospital":
                sums[self.purpose(paid)] -= body["amountFen"]
        return {purpose: amount for purpose, amount in sums.items() if amount}

    def purpose(self, paid):
        if "approval" in paid:
            approval = self.named(paid["approval"])
            kind = approval["body"]["aidType"] if approval else "unexplained"
            return "inpatient" if kind == "regular" else kind
        claim = self.named(paid["claim"])
        if claim is None:
            return "unexplained"
        return "inpatient" if claim["body"]["visit"]["type"] == "inpatient" else "outpatient"

    def incurred(self):
        total = 0
        for _, body in self.of("claim.settled"):
            total += sum(body["amounts"].get(name, 0) for name in
                         ("medicalAidPaidFen", "secondAidPaidFen", "tiltAidPaidFen"))
        return total + sum(body["amountFen"] for _, body in self.of("aid.approved", "approvedOn"))

    def above_cap(self):
        return sorted(body["amountFen"] for _, body in self.of("aid.approved", "approvedOn")
                      if body["aidType"] == "above-cap")

    def subsidies(self):
        sums = defaultdict(int)
        for one in self.here:
            body = one["body"]
            if one["kind"] == "enrolment.subsidised" and body["year"] == YEAR:
                sums[body["category"]] += body["subsidyFen"]
        return dict(sums)


def by_line(tables, table, column="amountFen"):
    return {row.get("id").split(":")[1]: Tables.value(row, column)
            for row in tables.table(table).findall("r:row", NS) if Tables.value(row, column)}


@pytest.mark.parametrize("area", AREAS)
def test_figures_are_those_of_the_records(sample_ledger, sample_file, area):
    tables = Tables(drawn("fund-use", sample_ledger, area=area))
    reckoning = Reckoning(records_of(sample_file), area)
    income, expenditure = reckoning.income(), reckoning.expenditure()
    assert by_line(tables, "income-by-source") == income
    assert Tables.value(tables.total("income-by-source"), "amountFen") == sum(income.values())
    assert by_line(tables, "expenditure-by-purpose") == expenditure
    assert Tables.value(tables.total("expenditure-by-purpose"), "amountFen") == sum(
        expenditure.values())
    assert by_line(tables, "overview-money").get("incurred", 0) == reckoning.incurred()
    above = [Tables.value(row, "amountFen") for table in ("above-cap-resolved", "above-cap-unresolved")
             for row in tables.table(table).findall("r:row", NS)]
    assert sorted(above) == reckoning.above_cap()
    if area in ("000000", "440703", "150502"):
        assert income and expenditure
    # Only Guangdong's documents provide for aid above the cap.
    assert not above or area[:2] in ("00", "44")
    assert above or area not in ("000000", "440703")

    # opening + income − expenditure = closing
    line = by_line(tables, "balance")
    assert (line.get("opening", 0) + line.get("income", 0) - line.get("expenditure", 0)
            == line.get("closing", 0))
    assert (line.get("income", 0), line.get("expenditure", 0)) == (
        sum(income.values()), sum(expenditure.values()))
    months = tables.total("movements-by-month")
    assert Tables.value(months, "incomeFen") == sum(income.values())
    assert Tables.value(months, "expenditureFen") == sum(expenditure.values())


@pytest.mark.parametrize("area", ["000000", "440703"])
def test_figures_of_the_joint_inspection_are_those_of_the_records(sample_ledger, sample_file, area):
    tables = Tables(drawn("joint-inspection", sample_ledger, area=area))
    reckoning = Reckoning(records_of(sample_file), area)
    subsidies = {key: value for key, value in reckoning.subsidies().items() if value}
    assert by_line(tables, "subsidies-by-category", "subsidyFen") == subsidies
    above = [Tables.value(row, "amountFen") for row in
             tables.table("above-cap-resolved").findall("r:row", NS)]
    assert sorted(above) == reckoning.above_cap() and above


def in_words(fen):
    """An amount in words, by reading the digits off in fours: a second reckoning, for amounts whose
    form is not open (no 零 may be left out or put in)."""
    digits, parts = "零壹贰叁肆伍陆柒捌玖", []
    yuan, cents = divmod(fen, 100)
    for unit in ("", "万", "亿"):
        yuan, four = divmod(yuan, 10_000)
        text = "".join(digits[int(one)] + ("仟佰拾"[place] if place < 3 else "")
                       if one != "0" else "零" for place, one in enumerate(f"{four:04}"))
        parts.insert(0, (text.rstrip("零") + unit) if four else "零")
    text = re.sub("零+", "零", "".join(parts)).strip("零")
    jiao, rest = divmod(cents, 10)
    return ("人民币" + text + "元" + (f"{digits[jiao]}角" if jiao else "零" if rest else "")
            + (f"{digits[rest]}分" if rest else "") + ("" if cents else "整"))


def test_reckoning_of_words():
    """The People's Bank's examples without an open form."""
    for fen, words in ((140_950, "人民币壹仟肆佰零玖元伍角"), (600_714, "人民币陆仟零柒元壹角肆分"),
                       (1_640_902, "人民币壹万陆仟肆佰零玖元零贰分"), (32_504, "人民币叁佰贰拾伍元零肆分")):
        assert in_words(fen) == words


@pytest.mark.parametrize("name, table, column, words", [
    ("fund-use", "above-cap-resolved", "amountFen", "amountUpper"),
    ("joint-inspection", "above-cap-resolved", "amountFen", "amountUpper"),
    ("joint-inspection", "resolution-amounts", "approvedYearTotalFen", "approvedYearTotalUpper"),
])
def test_what_authorises_payment_is_written_in_words(reports, name, table, column, words):
    for language in LANGUAGES:
        rows = Tables(reports[name, language]).table(table).findall("r:row", NS)
        assert rows
        for row in rows:
            fen, cell = (row.find(f"r:cell[@column='{one}']", NS) for one in (column, words))
            assert cell.get("value") == fen.get("value")
            assert cell.get("text").startswith("人民币")
            if int(fen.get("value")) // 100 % 10 and int(fen.get("value")) // 1_000_000 % 10:
                assert cell.get("text") == in_words(int(fen.get("value")))


def test_tens_of_thousands_are_rounded_and_their_values_are_not(reports, sample_ledger, tmp_path):
    """Half up to two decimals in the document; to the fen in the XML and in data files."""
    for language in LANGUAGES:
        table = Tables(reports["fund-use", language]).table("burden-left")
        assert table.get("unit") == "wan"
        cells = [cell for cell in table.iter(f"{{{NS['r']}}}cell") if cell.get("exact")]
        assert len(cells) > 10
        for cell in cells:
            fen = int(cell.get("value"))
            assert cell.get("text") == f"{(fen + 5_000) // 10_000 / 100:,.2f}"
            assert cell.get("exact") == f"{fen // 100:,}.{fen % 100:02}"
    done("report", "fund-use", sample_ledger, "--year", YEAR, "--area", "000000", "--format", "csv",
         "--no-verify", "-o", tmp_path / "csv")
    text = (tmp_path / "csv/burden-burden-left.csv").read_text("utf-8-sig")
    assert all(f'"{cell.get("exact")}"' in text for cell in cells)


def test_completeness_is_what_the_sources_stated(sample_ledger, sample_file):
    """The sample is complete: what was stated is there, to the last fen."""
    tables = Tables(drawn("joint-inspection", sample_ledger))
    stated = [one for one in records_of(sample_file) if one["kind"] == "source.totalled"]
    rows = tables.table("completeness-counts").findall("r:row", NS)
    assert len(rows) == len(stated) > 5
    for table, column in (("completeness-counts", "differenceCount"),
                          ("completeness-amounts", "differenceFen")):
        for row in tables.table(table).findall("r:row", NS):
            assert Tables.value(row, column) == 0, row.get("id")


def test_missing_record_shows_in_completeness(sample_file, tmp_path):
    records = records_of(sample_file)
    gone = next(one for one in records if one["kind"] == "fund.received")
    ledger = Ledger.make(tmp_path / "a.db")
    ledger.take([one for one in records if one is not gone])
    tables = Tables(drawn("joint-inspection", ledger))
    differences = {Tables.value(row, "differenceFen") for row in
                   tables.table("completeness-amounts").findall("r:row", NS)} - {0}
    assert {abs(difference) for difference in differences} == {gone["body"]["amountFen"]}


def test_reversed_record_drops_out_of_the_figures(sample_ledger, sample_file, tmp_path):
    ledger = sample_ledger.copy_to(tmp_path / "copy")
    one = next(one for one in records_of(sample_file) if one["kind"] == "fund.received"
               and one["body"]["fundSource"] == "county")
    before = Tables(drawn("fund-use", ledger))
    reversal = record(1, "entry.reversed", reverses={"source": one["source"], "id": one["id"]},
                      reason="重复录入")
    assert ledger.take([reversal]).status == FINE
    after = Tables(drawn("fund-use", ledger))
    for table in ("income-by-source", "by-area"):
        column = "amountFen" if table == "income-by-source" else "incomeFen"
        assert (Tables.value(before.total(table), column)
                - Tables.value(after.total(table), column)) == one["body"]["amountFen"]


# MARK: what is behind a figure

def record_set(ledger, seqs):
    leaves = [ledger.value("SELECT leafHash FROM entry WHERE seq = ?", seq) for seq in set(seqs)]
    return hashlib.sha256(b"".join(sorted(leaves))).hexdigest()


def test_record_set_of_a_row_is_that_of_its_entries(sample_ledger, reports):
    tables = Tables(reports["fund-use", "en"])
    for source in ("central", "county"):
        seqs = [seq for seq, in sample_ledger.rows(
            "SELECT seq FROM fund_received WHERE fundSource = ? AND fund = 'medical-aid'", source)]
        row = tables.row("income-by-source", source)
        assert row.get("entries") == str(len(seqs))
        assert row.get("recordSet") == record_set(sample_ledger, seqs)
    seqs = [seq for seq, in sample_ledger.rows(
        "SELECT seq FROM fund_received WHERE fund = 'medical-aid' AND fundSource <> "
        "'carried-forward' UNION SELECT seq FROM recovery_received WHERE fund = 'medical-aid'")]
    total = tables.total("income-by-source")
    assert total.get("recordSet") == record_set(sample_ledger, seqs)
    empty = tables.row("income-by-source", "paid-back-by-fund")
    assert empty.get("recordSet") == hashlib.sha256(b"").hexdigest()


def test_record_set_of_an_approval_holds_its_resolution(sample_ledger, reports):
    tables = Tables(reports["joint-inspection", "en"])
    rows = tables.table("above-cap-resolved").findall("r:row", NS)
    assert rows
    for row in rows:
        seq = int(row.get("id").split(":")[1])
        body = sample_ledger.entry(seq)["body"]
        resolution = sample_ledger.value("SELECT seq FROM entry WHERE source = ? AND id = ?",
                                         body["resolution"]["source"], body["resolution"]["id"])
        assert row.get("recordSet") == record_set(sample_ledger, [seq, resolution])


# MARK: a ledger that is not sound

def outcome(text):
    verification = Tables(text).root.find(".//r:verification", NS)
    return verification.get("outcome"), {check.get("id"): check.get("outcome")
                                         for check in verification.findall("r:check", NS)}


def test_sound_ledger_is_called_sound(reports):
    for text in reports.values():
        whole, checks = outcome(text)
        assert whole == "sound"
        assert {"bytes", "chain", "tree", "checkpoints", "read-model", "guards", "vault"} <= set(checks)
        assert set(checks.values()) == {"sound"}


BREAKING = {
    "bytes": "UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"u', '\"w') AS BLOB) "
             "WHERE seq = 20",
    "read-model": "UPDATE fund_received SET amountFen = amountFen + 1",
    "tree": "UPDATE head SET rootHash = zeroblob(32)",
    "checkpoints": "UPDATE checkpoint SET note = 'x'",
}


@pytest.mark.parametrize("check", BREAKING)
def test_broken_ledger_is_called_broken(ledger, check):
    tamper(ledger, BREAKING[check])
    result = aid("report", "fund-use", ledger, "--year", YEAR, "--format", "xml", "-o", "-")
    whole, checks = outcome(result.out)
    assert (whole, checks[check]) == ("broken", "broken")


@pytest.mark.parametrize("name", REPORTS)
def test_broken_ledger_is_called_broken_in_words(ledger, documents, name):
    tamper(ledger, BREAKING["read-model"])
    document = aid("report", name, ledger, "--year", YEAR, "--lang", "en", "-o", "-")
    assert "read-model row of fund_received differs in amountFen" in document.out
    assert "read-model row of" not in documents[name, "en"]


@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_problems_are_told_to_officials(ledger, tmp_path, form):
    """What each concerns in their language, beside the verifier's English."""
    tamper(ledger, BREAKING["read-model"])
    wrong = ledger.value("SELECT count(*) FROM fund_received")
    assert wrong > 2
    file = tmp_path / f"report.{form}"
    assert aid("report", "fund-use", ledger, "--year", YEAR, "--format", form, "-o",
               file).status == NO
    if form == "html":
        text = file.read_text("utf-8")
        list_of = re.findall(
            r'<li>(第\d+号记录：)?([^<]+)<br/?><span lang="en">([^<]+)</span>', text)
        told = [(number, of) for number, of, what in list_of if "differs in amountFen" in what]
        assert len(told) == min(wrong, 100)
        assert {of for _, of in told} == {"查询表"} and all(number for number, _ in told)
    else:
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.load_workbook(file)
        text = "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row)
        assert re.search(r"第\d+号记录：查询表 – read-model row of fund_received", text)
    assert f"共发现{wrong}个问题" in text


def test_entry_that_is_gone_is_told(ledger):
    """Its row stands in the tables still: no report says what set of entries it rests on."""
    seq = ledger.value("SELECT max(seq) FROM fund_received WHERE year = ?", YEAR)
    tamper(ledger, "DELETE FROM entry WHERE seq = ?", seq)
    refused(aid("report", "fund-use", ledger, "--year", YEAR, "--no-verify", "-o", "-"), COULD_NOT,
            f"entry {seq}, which is not there")


def test_tables_of_which_no_report_can_be_drawn_are_told_to_be_altered(ledger, tmp_path):
    """A sum past what 64 bits hold, and an entry that is gone: the reason, and that it is one."""
    drawn = tmp_path / "a.xml"
    draw = ["report", "fund-use", ledger, "--year", YEAR, "-o"]
    done(*draw, drawn)
    tamper(ledger, "UPDATE fund_received SET amountFen = 9223372036854775807")
    for arguments in ([*draw, "-"], ["report", "check", drawn, ledger]):
        answer = aid(*arguments)
        assert answer.status == NO, answer
        assert "the sum is too large" in answer.err and "NOT SOUND" in answer.err
    answer = aid(*draw, "-", "--no-verify")
    assert answer.status == BAD_INPUT and "NOT SOUND" not in answer.err
    done("rebuild", ledger)
    tamper(ledger, "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM fund_received)")
    answer = aid(*draw, "-")
    assert answer.status == NO and "which is not there" in answer.err
    assert "NOT SOUND" in answer.err


def test_signature_that_does_not_hold_fails_its_check(ledger):
    sent = {**record("R1", "resolution.adopted"), "body": {
        "body": "样例县困难群众生活保障协调机制", "number": "样例协调纪要〔2023〕1号",
        "heldOn": "2023-05-06",
        "departments": [{"department": "finance", "signatory": "签字人一",
                         "signature": "no signature"}],
        "items": [{"person": PERSON, "year": 2023, "capFen": 15_000_000,
                   "approvedYearTotalFen": 18_000_050, "reason": "重病，负担过重"}]}}
    assert ledger.take([sent]).status == FINE
    result = aid("report", "fund-use", ledger, "--year", YEAR, "--format", "xml", "-o", "-")
    assert outcome(result.out)[1]["resolutions"] == "broken"
    assert 'problem of="resolutions"' in result.out


@pytest.mark.parametrize("name", REPORTS)
def test_blank_report_is_told(small_ledger, tmp_path, name):
    """Whoever mistook the year or the area is not left to find out from a page of dashes."""
    for year, area, is_blank in [(YEAR, "000000", False), (1999, "000000", True),
                                 (YEAR, "990000", True)]:
        result = aid("report", name, small_ledger, "--year", year, "--area", area, "--no-verify",
                     "-o", tmp_path / "a.html")
        assert result.status == FINE, result
        assert (f"the report is blank: no record stands behind any figure of {year} and area {area}"
                in result.err) == is_blank


# MARK: bad requests

@pytest.mark.parametrize("arguments, words", [
    (["nothing", "{}", "--year", "2023"], "known are: case-dossier, early-warning, fund-use,"),
    (["../fund-use", "{}", "--year", "2023"], "known are: case-dossier, early-warning, fund-use,"),
    (["common", "{}", "--year", "2023"], "known are: case-dossier, early-warning, fund-use,"),
    (["fund-use", "{}"], "--year"),
    (["fund-use", "{}", "--year", "23"], "from 1900 to 2999"),
    (["fund-use", "{}", "--year", "abc"], "--year"),
    (["fund-use", "{}", "--year", "2023.5"], "--year"),
    (["fund-use", "{}", "--year", "99999999999999999999"], "--year"),
    (["fund-use", "{}", "--year", "2023", "--area", "1505"], "six digits"),
    (["fund-use", "{}", "--year", "2023", "--area", "15050x"], "six digits"),
    (["fund-use", "{}", "--year", "2023", "--area", "１５０５００"], "six digits"),
    (["fund-use", "{}", "--year", "2023", "--lang", "fr"], "zh-Hans or en"),
    (["fund-use", "{}", "--year", "2023", "--format", "odt"], "html"),
    (["fund-use", "{}", "--year", "2023", "--size", "0"], "entries"),
    (["fund-use", "{}", "--year", "2023", "--size", "999999"], "entries"),
    (["fund-use", "{}", "--year", "2023", "--size", "x"], "--size"),
], ids=lambda value: " ".join(value).replace("{}", "LEDGER") if isinstance(value, list) else "")
def test_bad_request_is_told(small_ledger, tmp_path, arguments, words):
    file = tmp_path / "report"
    result = aid("report", *(a.format(small_ledger) for a in arguments), "-o", file)
    assert result.status == BAD_INPUT, result
    assert words in result.err and result.out == ""
    assert not file.exists()


def test_year_without_records_is_an_empty_report(small_ledger):
    for name in REPORTS:
        for language in LANGUAGES:
            text = done("report", name, small_ledger, "--year", 1999, "--lang", language,
                        "--area", "000000", "-o", "-").out
            assert References(text).found == []


def test_size_of_one_entry_can_be_drawn(small_ledger):
    for name in REPORTS:
        assert Tables(drawn(name, small_ledger, size=1)).root.find(
            "r:ledger", NS).get("size") == "1"
