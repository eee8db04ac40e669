"""Folders laid over the templates: the how-tos of templates/README.md as they stand there, what a
layer changes and what it cannot, and layers that mean harm."""

import contextlib
import csv
import hashlib
import os
import re
import signal
import subprocess
import time
import xml.etree.ElementTree as ElementTree
import zipfile

import pytest

from harness import (BAD_INPUT, CHECKOUT, ENVIRONMENT, FINE, PROGRAM, aid, done, records_of,
                     refused, start)
from test_reports import NS, YEAR, References, Tables, tool, without_time

GUIDE = (CHECKOUT / "templates/README.md").read_text("utf-8")


class HowTo:
    """A section of the guide: its files, lines to be added to a file, and commands."""

    def __init__(self, heading):
        text = GUIDE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
        self.files, self.commands, additions = {}, [], []
        for found in re.finditer(r"^```(\w+)\n(.*?)^```", text, re.S | re.M):
            language, block = found.groups()
            if language == "console":
                self.commands += re.findall(r"^\$ (.*)$", block, re.M)
            elif block.lstrip().startswith("<message id"):
                additions.append(block)
            else:
                line = text[:found.start()].rstrip().splitlines()[-1]
                self.files[re.search(r"`(city/[^`]*)`:$", line)[1]] = block
        self.additions = dict(zip(["city/l10n/zh-Hans.xml", "city/l10n/en.xml"], additions))

    def write(self, folder):
        for name, text in self.files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        for name, text in self.additions.items():
            lines = (folder / name).read_text("utf-8").splitlines(keepends=True)
            (folder / name).write_text("".join([*lines[:-1], text, lines[-1]]), "utf-8")

    def run(self, folder):
        """Runs its commands as they stand there."""
        bin = folder / "bin"
        bin.mkdir(exist_ok=True)
        (bin / "aidledger").symlink_to(PROGRAM)
        for command in self.commands:
            run = subprocess.run(
                ["bash", "-c", command], cwd=folder, capture_output=True, text=True,
                env={**ENVIRONMENT, "PATH": f"{bin}:{ENVIRONMENT['PATH']}"})
            assert run.returncode == 0, (command, run.stdout, run.stderr)


REPORT, LETTERHEAD = HowTo("A new report"), HowTo("A city's own letterhead and section")


@pytest.fixture(scope="module")
def town(sample_ledger, tmp_path_factory):
    """A folder in which both how-tos were followed, command by command."""
    folder = tmp_path_factory.mktemp("town")
    sample_ledger.copy_to(folder / "ledger")
    for file in list((folder / "ledger").iterdir()):
        file.rename(folder / file.name.replace("a.db", "town.aidledger", 1))
    REPORT.write(folder)
    REPORT.run(folder)
    (folder / "bin/aidledger").unlink()
    LETTERHEAD.write(folder)
    LETTERHEAD.run(folder)
    return folder


def draw(ledger, report="fund-use", *layers, form="xml", area="000000", language="en", **options):
    folders = [text for layer in layers for text in ("--templates", layer)]
    return aid("report", report, ledger, "--year", YEAR, "--area", area, "--lang", language,
               "--format", form, "--no-verify", *folders, "-o", options.pop("output", "-"),
               **options)


def drawn(*arguments, **options):
    result = draw(*arguments, **options)
    assert result.status == FINE, result
    return result.out


# MARK: the how-tos

def received_by_channel(records, prefix):
    """What the first how-to's table is to say."""
    live = {(one["source"], one["id"]): one for one in records}
    for one in records:
        if one["kind"] == "entry.reversed":
            live.pop((one["body"]["reverses"]["source"], one["body"]["reverses"]["id"]), None)
    def decisions(kind):
        return {(one["body"]["application"]["source"], one["body"]["application"]["id"]): one
                for one in live.values() if one["kind"] == kind and "application" in one["body"]}
    approved, refusals = decisions("aid.approved"), decisions("aid.refused")
    found = {}
    for key, one in live.items():
        if (one["kind"] != "aid.applied" or not one["area"].startswith(prefix)
                or not one["body"]["receivedOn"].startswith(str(YEAR))):
            continue
        row = found.setdefault(one["body"]["channel"], [0, 0, 0, 0])
        row[0] += 1
        row[1] += key in approved
        row[2] += key in refusals
        row[3] += approved[key]["body"]["amountFen"] if key in approved else 0
    return found


def test_new_report_says_what_the_records_say(town, sample_file):
    tables = Tables((town / "applications.xml").read_text("utf-8"))
    expected = received_by_channel(records_of(sample_file), "1505")
    assert sum(row[1] for row in expected.values()) and sum(row[2] for row in expected.values())
    columns = ["applications", "approved", "refused", "approvedFen"]
    assert expected == {
        row.get("id").split(":")[1]: [tables.value(row, column) for column in columns]
        for row in tables.table("by-channel").findall("r:row", NS)}
    total = tables.total("by-channel")
    assert [tables.value(total, column) for column in columns] == [
        sum(row[place] for row in expected.values()) for place in range(4)]


def test_new_report_is_there_in_every_format(town, tmp_path):
    page = (town / "applications.html").read_text("utf-8")
    total = Tables((town / "applications.xml").read_text("utf-8")).total("by-channel")
    assert "<h1>通辽市2023年救助申请办理情况</h1>" in page
    # What comes later in the how-to is not there yet; its sentence below the table is.
    assert "letterhead" not in page
    assert f"截至目前已批准{Tables.value(total, 'approved')}件。" in page
    assert References(page).found == []
    with zipfile.ZipFile(town / "applications.xlsx") as book:
        assert "申请受理" in book.read("xl/workbook.xml").decode()
    with open(town / "applications-csv/received-by-channel.csv", encoding="utf-8-sig") as file:
        head, *rows = csv.reader(file)
    assert head[:4] == ["渠道", "申请", "批准", "不予批准"] and rows[-1][0] == "合计"
    assert int(rows[-1][1]) == Tables.value(total, "applications")
    valid = tool("xmllint", "--noout", "--relaxng", CHECKOUT / "templates/schema/report.rng",
                 town / "applications.xml")
    assert valid.returncode == 0, valid.stderr


def test_letterhead_stands_on_every_report(town):
    for name, title in [("fund-use", "Binhai City: use of the medical-aid fund in 2023"),
                        ("applications", "Applications for aid: All areas, 2023")]:
        page = drawn(town / "town.aidledger", name, town / "city", form="html")
        head, rest = page.split('<header class="masthead">')
        assert "Binhai City, Bureau of Medical Insurance" in head and 'viewBox="0 0 24 24"' in head
        assert f"<h1>{title}</h1>" in rest and "Enquiries: 0000-12345" in rest
        assert ".letterhead { border-bottom" in head
        assert References(page).found == []


def test_section_is_added_and_our_figures_stay_ours(town, sample_file):
    ledger = town / "town.aidledger"
    ours, both = (Tables(drawn(ledger, "fund-use", *layers)) for layers in ([], [town / "city"]))
    ids = [section.get("id") for section in ours.root.findall("r:section", NS)]
    place = ids.index("by-area") + 1
    assert [section.get("id") for section in both.root.findall("r:section", NS)] == (
        ids[:place] + ["approvals"] + ids[place:])
    def tables(report):
        return {table.get("id"): ElementTree.tostring(table).strip()
                for table in report.root.iter(f"{{{NS['r']}}}table")}
    added = tables(both)
    assert added.pop("approvals-by-month") and added == tables(ours)

    months = {}
    reversals = {(one["body"]["reverses"]["source"], one["body"]["reverses"]["id"])
                 for one in records_of(sample_file) if one["kind"] == "entry.reversed"}
    for one in records_of(sample_file):
        if (one["kind"] == "aid.approved" and (one["source"], one["id"]) not in reversals
                and one["body"]["approvedOn"].startswith(str(YEAR))):
            month = one["body"]["approvedOn"][:7]
            months[month] = months.get(month, 0) + one["body"]["amountFen"]
    assert months == {row.get("id").split(":")[1]: both.value(row, "amountFen")
                      for row in both.table("approvals-by-month").findall("r:row", NS)}


@pytest.mark.parametrize("name", ["fund-use", "applications"])
def test_xsltproc_makes_the_same_of_the_layered_stylesheet(town, tmp_path, name):
    sheet, file = tmp_path / "layered.xsl", tmp_path / "report.xml"
    sheet.write_text(done("report", "stylesheet", name, "--templates", town / "city").out)
    file.write_text(drawn(town / "town.aidledger", name, town / "city"))
    made = tool("xsltproc", "--nonet", sheet, file)
    assert made.returncode == 0 and made.stderr == b"", made.stderr
    def timeless(text):
        return re.sub(r"<time .*?</time>", "", text)
    page = drawn(town / "town.aidledger", name, town / "city", form="html")
    assert timeless(made.stdout.decode()) == timeless(page)


def test_files_of_a_layer_are_named_and_no_path_of_this_machine(town):
    text = drawn(town / "town.aidledger", "fund-use", town / "city")
    sources = {source.get("path"): source.get("sha256")
               for source in Tables(text).root.findall("r:sources/r:source", NS)}
    mine = {path: digest for path, digest in sources.items() if path.startswith("layer")}
    assert mine == {
        f"layer1/{name}": hashlib.sha256((town / "city" / name).read_bytes()).hexdigest()
        for name in ["common/html.xsl", "common/logo.svg", "fund-use/queries/approvals.sql",
                     "fund-use/report.yaml", "l10n/en.xml"]}
    assert "fund-use/report.yaml" in sources
    page = drawn(town / "town.aidledger", "fund-use", town / "city", form="html")
    told = "are not the program's"
    assert told in page and told not in drawn(town / "town.aidledger", form="html")
    for document in (text, page):
        assert str(town) not in document and str(CHECKOUT) not in document


def test_reports_of_a_layer_are_listed(town):
    names = [one["report"] for one in
             done("report", "--list", "--json", "--templates", town / "city").json_lines()]
    assert "applications" in names and "fund-use" in names
    assert "applications" not in done("report", "--list").out
    explained = done("report", "--explain", "fund-use", "--templates", town / "city")
    assert "approvals-by-month" in explained.out


def test_check_says_when_a_layer_is_missing_or_another(town, tmp_path):
    ledger, file, city = town / "town.aidledger", tmp_path / "r.xml", tmp_path / "city"
    subprocess.run(["cp", "-r", town / "city", city], check=True)
    file.write_text(drawn(ledger, "fund-use", city))
    same = done("report", "check", file, ledger, "--no-verify", "--templates", city)
    assert "another" not in same.out
    without = aid("report", "check", file, ledger, "--no-verify")
    assert without.status == 1 and "--templates" in without.err, without
    assert "approvals-by-month" in without.out
    (city / "common/html.xsl").write_text((city / "common/html.xsl").read_text() + "<!-- -->")
    other = done("report", "check", file, ledger, "--no-verify", "--templates", city)
    assert "drawn with another layer1/common/html.xsl" in other.out
    unknown = aid("report", "check", town / "applications.xml", ledger)
    refused(unknown, BAD_INPUT, "--templates", "no report applications")


# MARK: layers over layers

def layer(folder, **files):
    """A layer of these files; `__` in a name is a slash."""
    for name, text in files.items():
        stem, _, ending = name.replace("__", "/").rpartition("_")
        file = folder / f"{stem.replace('_', '-')}.{ending}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def sheet(body, version="1.0"):
    return (f'<xsl:stylesheet version="{version}" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
            ' xmlns:exsl="http://exslt.org/common" extension-element-prefixes="exsl">'
            f"{body}</xsl:stylesheet>")


def letterhead(body):
    return sheet(f'<xsl:template name="letterhead">{body}</xsl:template>')


def messages(**words):
    return ('<messages xmlns="urn:aidledger:messages:1">' + "".join(
        f'<message id="{name.replace("__", ".").replace("_", "-")}">{text}</message>'
        for name, text in words.items()) + "</messages>")


def test_upper_layers_take_precedence(sample_ledger, tmp_path):
    one = layer(tmp_path / "one", common__html_xsl=letterhead("<p>of one</p>"),
                l10n__en_xml=messages(contents="Contents of one", note="Note of one"))
    two = layer(tmp_path / "two", common__html_xsl=letterhead("<p>of two</p>"),
                l10n__en_xml=messages(contents="Contents of two"))
    own = layer(tmp_path / "城市 it's & <b> 100%", common__html_xsl=letterhead("<p>of all</p>"),
                fund_use__html_xsl=letterhead("<p>of the fund</p>"))
    page = drawn(sample_ledger, "fund-use", one, two, form="html")
    assert "<p>of two</p>" in page and "<p>of one</p>" not in page
    assert "Contents of two" in page and "Note of one" in page
    page = drawn(sample_ledger, "fund-use", two, one, form="html")
    assert "<p>of one</p>" in page and "Contents of one" in page
    assert "<p>of the fund</p>" in drawn(sample_ledger, "fund-use", own, form="html")
    assert "<p>of all</p>" in drawn(sample_ledger, "early-warning", own, form="html")
    # A language in which it says nothing is as ours.
    assert "目录" in drawn(sample_ledger, "fund-use", one, form="html", language="zh-Hans")


def test_layer_without_any_say_changes_nothing(sample_ledger, tmp_path):
    empty = layer(tmp_path / "empty", common__README_md="nothing")
    for form in ("html", "xml"):
        ours, both = (re.sub(r"<time .*?</time>|<tr><th scope=\"row\">layer1/.*?</tr>|"
                             r"<p>Files that begin with layer1/.*?</p>|"
                             r" *<source path=\"layer1/.*?\n", "",
                             without_time(drawn(sample_ledger, "fund-use", *layers, form=form)))
                      for layers in ([], [empty]))
        assert ours == both


def test_tables_and_workbooks_can_be_laid_over(sample_ledger, tmp_path):
    over = layer(
        tmp_path / "over",
        common__csv_xsl=sheet('<xsl:template name="particular"/>'),
        common__workbook_xsl=sheet(
            '<xsl:template name="first-sheet"><sheet xmlns="urn:aidledger:workbook:1" name="Ours" footer="">'
            '<column width="10"/><row role="body"><cell type="text" text="=1+1"/></row></sheet>'
            "</xsl:template>"))
    result = draw(sample_ledger, "fund-use", over, form="csv", output=tmp_path / "csv")
    assert result.status == FINE, result
    with open(tmp_path / "csv/report.csv", encoding="utf-8-sig") as file:
        assert len(list(csv.reader(file))) == 1
    result = draw(sample_ledger, "fund-use", over, form="xlsx", output=tmp_path / "r.xlsx")
    assert result.status == FINE, result
    with zipfile.ZipFile(tmp_path / "r.xlsx") as book:
        assert 'name="Ours"' in book.read("xl/workbook.xml").decode()
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


def test_workbook_of_a_layer_is_held_to_its_schema(sample_ledger, tmp_path):
    folder = layer(tmp_path / "city", common__workbook_xsl=sheet(
        '<xsl:template name="first-sheet"><macro/></xsl:template>'))
    result = draw(sample_ledger, "fund-use", folder, form="xlsx", output=tmp_path / "r.xlsx")
    refused(result, BAD_INPUT, "macro")
    assert not (tmp_path / "r.xlsx").exists()


# MARK: layers that cannot be used

QUERY = "SELECT seq, amountFen FROM live_aid_approved WHERE ledger = :ledger"


def section(query="own.sql", **changes):
    """A report.yaml that adds one section to fund-use."""
    parts = {"report": "fund-use", "extends": "true", "id": "own", "place": "", "table": "own",
             "with": "[]", **changes}
    return (f"report: {parts['report']}\nextends: {parts['extends']}\nsections:\n"
            f"  - id: {parts['id']}\n{parts['place']}    tables:\n      - id: {parts['table']}\n"
            f"        query: {query}\n        with: {parts['with']}\n        columns:\n"
            "          - {id: seq, type: count}\n")


WORDS = messages(title="Own", section__own="Own", table__own="Own", column__seq="Entry")


def own(query="own.sql", shared=""):
    """A report.yaml of a report with one table."""
    return ("report: own\ntitle: {zh: 一, en: one}\nabout: {zh: 一, en: one}\nfor: {zh: 一, en: one}\n"
            f"sections:\n  - id: own\n    tables:\n      - id: own\n        query: {query}\n"
            f"        with: [{shared}]\n        columns:\n          - {{id: seq, type: count}}\n")


@pytest.mark.parametrize("yaml, says", [
    (section(extends="false"), ["report.yaml:1", "extends: true"]),
    (section(id="income"), ["report.yaml:4", "income already"]),
    (section(table="balance"), ["report.yaml:4", "balance already"]),
    (section(place="    after: incom\n"), ["report.yaml:5", "incom", "expenditure"]),
    (section(place="    before: income\n    after: income\n"), ["report.yaml:4", "not both"]),
    (section(report="fund"), ["report.yaml"]),
    (section(query="none.sql"), ["fund-use/queries/none.sql"]),
    ("report: [", ["report.yaml", "YAML"]),
    ("", ["report.yaml", "empty"]),
    (section() + "title: {zh: 一, en: one}\n", ["report.yaml", "title"]),
])
def test_bad_extension_is_named_with_its_line(sample_ledger, tmp_path, yaml, says):
    folder = layer(tmp_path / "city", fund_use__report_yaml=yaml, fund_use__queries__own_sql=QUERY,
                   l10n__en_xml=WORDS)
    result = draw(sample_ledger, "fund-use", folder, output=tmp_path / "out")
    refused(result, BAD_INPUT, *says)
    assert not (tmp_path / "out").exists()


def test_query_of_ours_is_not_replaced(sample_ledger, tmp_path):
    folder = layer(tmp_path / "city", fund_use__queries__balance_sql=QUERY)
    refused(draw(sample_ledger, "fund-use", folder), BAD_INPUT, "city/fund-use/queries/balance.sql",
            "has this name already")


def test_new_report_extends_nothing(sample_ledger, tmp_path):
    folder = layer(tmp_path / "city", own__report_yaml=section(report="own"))
    refused(draw(sample_ledger, "own", folder), BAD_INPUT, "report.yaml:2", "no report")


def test_folders_that_are_no_layers_are_refused(sample_ledger, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    layer(tmp_path / "misspelt", fund_us__html_xsl=letterhead(""))
    for name, says in [("empty", "neither"), ("file", "neither"), ("nothing", "no folder"),
                       ("misspelt", "fund-us/")]:
        refused(draw(sample_ledger, "fund-use", tmp_path / name), BAD_INPUT, name, says)


# MARK: queries of strangers

@pytest.mark.parametrize("sql, says", [
    ("SELECT seq\nFROM live_aid_approved\nWHERE nothing = 1", ["own.sql:3", "nothing"]),
    ("DELETE FROM entry", ["own.sql:1", "DELETE"]),
    ("SELECT 1 AS seq; DELETE FROM entry", ["own.sql:1", "one SELECT"]),
    ("\nATTACH 'other.db' AS other", ["ATTACH"]),
    ("PRAGMA table_info(entry)", ["PRAGMA"]),
    ("CREATE TEMP TABLE own AS SELECT 1 AS seq", ["own.sql", "refused"]),
    ("EXPLAIN SELECT 1 AS seq", ["own.sql", "one SELECT"]),
    ("SELECT seq FROM live_aid_approved\n WHERE load_extension('x') = 1", ["own.sql", "function"]),
    ("SELECT size AS seq FROM head", ["own.sql", "head"]),
    ("SELECT size AS seq FROM checkpoint", ["own.sql", "reading checkpoint"]),
    ("SELECT sql AS seq FROM sqlite_schema", ["own.sql", "sqlite"]),
    ("SELECT * FROM pragma_database_list", ["own.sql"]),
    ("SELECT seq FROM live_aid_approved\nWHERE seq = :nobody", ["own.sql:2", ":nobody", ":year"]),
    ("SELECT seq FROM live_aid_approved WHERE seq = ?1", ["own.sql", "?1"]),
    ("", ["own.sql", "one SELECT"]),
    ("SELECT seq, zeroblob(900000000) FROM live_aid_approved", ["own.sql", "zeroblob"]),
])
@pytest.mark.parametrize("isShared", [False, True])
def test_query_of_a_layer_only_reads(sample_ledger, tmp_path, sql, says, isShared):
    before = sample_ledger.content()
    yaml = own("own-of.sql", "own") if isShared else own()
    files = ({"common__queries__own_sql": sql, "own__queries__own_of_sql": "SELECT * FROM own"}
             if isShared else {"own__queries__own_sql": sql})
    folder = layer(tmp_path / "city", own__report_yaml=yaml, l10n__en_xml=WORDS, **files)
    result = draw(sample_ledger, "own", folder, output=tmp_path / "out", cwd=tmp_path)
    refused(result, BAD_INPUT, str(folder), *says)
    assert not (tmp_path / "out").exists() and not (tmp_path / "other.db").exists()
    assert sample_ledger.content() == before


def test_answer_of_a_shared_query_is_not_endless(sample_ledger, tmp_path):
    folder = layer(
        tmp_path / "city", own__report_yaml=own(shared="endless"), own__queries__own_sql=QUERY,
        common__queries__endless_sql="WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 "
        "FROM n) SELECT seq FROM n", l10n__en_xml=WORDS)
    refused(draw(sample_ledger, "own", folder), BAD_INPUT, "endless.sql", "2,000,000 rows")


@pytest.mark.parametrize("name", ["live_aid_approved", "ENTRY", "cash"])
def test_shared_query_takes_no_name_that_is_taken(sample_ledger, tmp_path, name):
    folder = layer(tmp_path / "city", l10n__en_xml=WORDS, own__queries__own_sql=QUERY,
                   own__report_yaml=own(shared=name))
    (folder / "common/queries").mkdir(parents=True)
    (folder / f"common/queries/{name}.sql").write_text("SELECT 1 AS seq, 5 AS amountFen")
    refused(draw(sample_ledger, "own", folder), BAD_INPUT, f"{name}.sql", "already")


def test_query_of_a_layer_may_build_on_ours(sample_ledger, tmp_path):
    folder = layer(
        tmp_path / "city", l10n__en_xml=WORDS, own__report_yaml=own(shared="cash"),
        own__queries__own_sql="-- of :year\nSELECT seq FROM cash WHERE :year = 2023")
    tables = Tables(drawn(sample_ledger, "own", folder))
    assert len(tables.table("own").findall("r:row", NS)) > 10


# MARK: stylesheets of strangers

def value(expression):
    return letterhead(f'<p><xsl:value-of select="{expression}"/></p>')


ENDLESS = ('<xsl:template name="letterhead"><xsl:call-template name="letterhead"/></xsl:template>')
BRANCHING = (
    '<xsl:template name="letterhead"><xsl:param name="n" select="60"/><xsl:if test="$n &gt; 0">'
    + 2 * ('<xsl:call-template name="letterhead"><xsl:with-param name="n" select="$n - 1"/>'
           "</xsl:call-template>") + "</xsl:if></xsl:template>")

HOSTILE = {
    "document-absolute": (value("document('/etc/passwd')"), ["html.xsl:1", "outside"]),
    "document-parent": (value("document('../../outside.xml')"), ["html.xsl:1", "outside.xml", "outside the"]),
    "document-link": (value("document('link.xml')"), ["link.xml"]),
    "document-ledger": (value("document('file:///proc/self/environ')"), ["html.xsl:1", "outside"]),
    "document-network": (value("document('http://127.0.0.1:9/')"), ["html.xsl line 1", "127.0.0.1"]),
    "import-absolute": (sheet('<xsl:import href="/etc/passwd"/>'), ["/etc/passwd", "outside"]),
    "include-parent": (sheet('<xsl:include href="../../outside.xsl"/>'), ["outside.xsl"]),
    "entities": ('<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + letterhead("&b;"),
                 ["html.xsl:1", "DOCTYPE"]),
    "write": (letterhead('<exsl:document href="/tmp/aidledger-hostile-written"/>'), []),
    "recursion": (sheet(ENDLESS), ["html.xsl"]),
    "message": (letterhead("<xsl:message>It is said</xsl:message>"), ["It is said"]),
    "not-well-formed": ("<xsl:stylesheet>\n<a>", ["html.xsl:2"]),
    "unknown-variable": (sheet('\n<xsl:template name="letterhead">\n<p>'
                               '<xsl:value-of select="$nobody"/></p></xsl:template>'),
                         ["html.xsl", "nobody"]),
    "no-message": (letterhead('<xsl:call-template name="message"><xsl:with-param name="id" '
                              "select=\"'nobody'\"/></xsl:call-template>"), ["nobody"]),
    "script": (letterhead("<script>alert(1)</script>"), ["<script>"]),
    "handler": (letterhead('<p onclick="alert(1)"/>'), ["onclick"]),
    "picture": (letterhead('<img src="file:///etc/passwd"/>'), ["src", "/etc/passwd"]),
    "svg-picture": (letterhead('<svg xmlns="http://www.w3.org/2000/svg"><image xmlns:xlink='
                               '"http://www.w3.org/1999/xlink" xlink:href="http://a.example/"/></svg>'),
                    ["a.example"]),
    "link": (letterhead('<a href="https://a.example/">a</a>'), ["href", "a.example"]),
    "link-of-host": (letterhead('<a href="&#9;//a.example/">a</a>'), ["href", "a.example"]),
    "link-to-script": (letterhead('<a href="java&#10;script:alert(1)">a</a>'), ["href"]),
    "attachment": (letterhead('<a rel="Attachment" href="report.xml">a</a>'), ["rel"]),
    "link-beside": (letterhead('<a href="annexes/a-1.html#table:a">a</a>'), None),
    "frame": (letterhead('<iframe src="#"/>'), ["iframe"]),
    "refresh": (letterhead('<meta http-equiv="refresh" content="0"/>'), ["http-equiv"]),
    "css-import": (sheet('<xsl:template name="css">@IMPORT "http://a.example/";</xsl:template>'),
                   ["style sheet"]),
    "css-url": (sheet('<xsl:template name="css">p { background: URL( "file:///etc/passwd") }'
                      "</xsl:template>"), ["style sheet"]),
    "css-escape": (sheet('<xsl:template name="css">p { background: u\\72l(file:///a) }'
                         "</xsl:template>"), ["style sheet"]),
    "css-end": (sheet('<xsl:template name="css">&lt;/style>&lt;script></xsl:template>'),
                ["style sheet"]),
    "style": (letterhead('<p style="background: url(http://a.example/)"/>'), ["style"]),
    "unescaped": (letterhead('<xsl:text disable-output-escaping="yes">&lt;script></xsl:text>'),
                  ["disable-output-escaping"]),
    "comment": (letterhead("<xsl:comment>a</xsl:comment>"), ["comments"]),
    # What our wrapper says comes last: it is a page all the same.
    "as-text": (sheet('<xsl:output method="text"/>'), None),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_stylesheet_fails(sample_ledger, tmp_path, name):
    text, says = HOSTILE[name]
    folder = layer(tmp_path / "city", common__html_xsl=text, own__report_yaml=own(),
                   own__queries__own_sql=QUERY, l10n__en_xml=WORDS)
    (tmp_path / "outside.xml").write_text("<OUTSIDE/>")
    (tmp_path / "outside.xsl").write_text(letterhead("OUTSIDE"))
    (folder / "common/link.xml").symlink_to(tmp_path / "outside.xml")
    moment = tmp_path / "moment"
    moment.mkdir()
    if "link.xml" not in text:
        (folder / "common/link.xml").unlink()
    result = draw(sample_ledger, "own", folder, form="html", output=tmp_path / "out",
                  env={**ENVIRONMENT, "TMPDIR": str(moment)})
    assert not list(moment.iterdir())
    if says is None:
        assert result.status == FINE and (tmp_path / "out").read_text().startswith("<!DOCTYPE html")
        return
    refused(result, BAD_INPUT, *says)
    assert "OUTSIDE" not in result.text and "root:x:0" not in result.text
    assert not (tmp_path / "out").exists()
    assert not os.path.exists("/tmp/aidledger-hostile-written")


def test_links_in_a_layer_lead_nowhere(sample_ledger, tmp_path):
    (tmp_path / "secret.sql").write_text("SELECT 'SECRET' AS seq FROM nothing")
    folder = layer(tmp_path / "city", own__report_yaml=own(), l10n__en_xml=WORDS)
    (folder / "own/queries").mkdir()
    (folder / "own/queries/own.sql").symlink_to(tmp_path / "secret.sql")
    result = draw(sample_ledger, "own", folder)
    refused(result, BAD_INPUT, "own.sql", "no file of this folder")
    assert "SECRET" not in result.text
    (folder / "own/queries/own.sql").unlink()
    os.mkfifo(folder / "own/queries/own.sql")
    refused(draw(sample_ledger, "own", folder, timeout=20), BAD_INPUT, "own.sql")


@pytest.mark.parametrize("isShared", [False, True])
def test_query_outside_of_the_folders_is_not_found(sample_ledger, tmp_path, isShared):
    # From our folder and from the layer: what is found in ours would not be looked at as theirs is.
    (tmp_path / "own.sql").write_text("SELECT 1 AS seq; DELETE FROM entry")
    queries = "common/queries" if isShared else "own/queries"
    for start in (CHECKOUT / "templates" / queries, tmp_path / "city" / queries):
        name = os.path.relpath(tmp_path / "own", start)
        yaml = own(shared=name) if isShared else own(f"{name}.sql")
        folder = layer(tmp_path / "city", own__report_yaml=yaml, own__queries__own_sql=QUERY,
                       l10n__en_xml=WORDS)
        refused(draw(sample_ledger, "own", folder), BAD_INPUT, "report.yaml:8", "outside")


def test_folders_of_a_layer_that_are_links_are_not_read(sample_ledger, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home/.secret.xml").write_text("<OUTSIDE/>")
    text = sheet('<xsl:template name="letterhead"><p><xsl:value-of select="name(document('
                 "'../common/.secret.xml')/*)\"/></p></xsl:template>")
    folder = layer(tmp_path / "city", own__report_yaml=own(), own__queries__own_sql=QUERY,
                   own__html_xsl=text, l10n__en_xml=WORDS)
    (folder / "common").symlink_to(tmp_path / "home")
    result = draw(sample_ledger, "own", folder, form="html", output=tmp_path / "out")
    refused(result, BAD_INPUT, ".secret.xml", "outside the template folders")
    assert "OUTSIDE" not in result.text and not (tmp_path / "out").exists()


def processes(text):
    """Processes with this in their command line."""
    found = {}
    for process in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            words = open(f"/proc/{process}/cmdline", "rb").read().decode().split("\0")
            if any(text in word for word in words):
                found[int(process)] = words
    return found


def wait_until(condition):
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def working(sample_ledger, tmp_path):
    """The program while a stylesheet that comes to no end is at work, and that stylesheet's
    process."""
    folder = layer(tmp_path / "city", common__html_xsl=sheet(BRANCHING))
    program = start("report", "fund-use", sample_ledger, "--year", YEAR, "--no-verify",
                    "--templates", folder, "-o", tmp_path / "out")
    def limited():
        return [process for process, words in processes(str(folder)).items()
                if "transform" in words and "2147483648" in limits(process)]
    wait_until(limited)
    yield program, limited()[0]
    program.kill()
    program.communicate()
    assert not (tmp_path / "out").exists()


def limits(process):
    with contextlib.suppress(OSError):
        return open(f"/proc/{process}/limits").read()
    return ""


def test_process_of_a_stylesheet_is_limited(working, sample_ledger):
    program, child = working
    for line in [r"Max cpu time +60 +60 ", r"Max file size +0 +0 ", r"Max core file size +0 +0 ",
                 r"Max open files +16 +16 ", r"Max address space +2147483648 +2147483648 ",
                 r"Max processes +0 +0 "]:
        assert re.search(line, limits(child)), line
    assert os.getpgid(child) == child
    opened = os.listdir(f"/proc/{child}/fd")
    assert set(opened) <= {"0", "1", "2"}
    assert "AIDLEDGER" not in open(f"/proc/{child}/environ").read()


def test_process_of_a_stylesheet_dies_with_the_program(working):
    program, child = working
    program.send_signal(signal.SIGKILL)
    wait_until(lambda: not limits(child))


@pytest.mark.parametrize("number, says", [
    (signal.SIGXCPU, "processor time"), (signal.SIGSEGV, "memory"), (signal.SIGKILL, "memory")])
def test_end_of_a_stylesheets_process_is_told(working, number, says):
    program, child = working
    os.kill(child, number)
    _, told = program.communicate(timeout=20)
    assert program.returncode == BAD_INPUT and says in told.decode(), told
