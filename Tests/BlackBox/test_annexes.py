"""Tables too long for a report: their rows stand in pages of their own, whole and in order."""

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import urllib.parse
import xml.etree.ElementTree as ElementTree
from decimal import Decimal

import pytest

from harness import BAD_INPUT, CHECKOUT, COULD_NOT, Ledger, aid, done, refused
from tracing import A, designated, paid, reference, settled

NS = {"r": "urn:aidledger:report:1"}
COUNT = 1005
AMOUNTS = [100 + number for number in range(COUNT)]
SCHEMA = CHECKOUT / "templates/schema/joint-inspection.rng"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """A claim, and payments of 1.00, 1.01 and so on, on two days in turn."""
    made = Ledger.make(tmp_path_factory.mktemp("annexes") / "a.db")
    made.take([designated("H1", "样例县医院"), settled("c1", A, "2024-03-05")] + [
        paid(f"p{number}", {"claim": reference("c1")}, A, f"2024-04-{10 + number % 2}",
             "6217000012345678901", fen=fen) for number, fen in enumerate(AMOUNTS)])
    return made


def draw(ledger, form, output, *more):
    return done("report", "joint-inspection", ledger, "--year", 2024, "--lang", "en",
                "--format", form, "-o", output, *more)


@pytest.fixture(scope="module")
def folder(ledger, tmp_path_factory):
    """The report in every format; its name needs escaping in a link."""
    folder = tmp_path_factory.mktemp("drawn")
    for form in ("xml", "html", "xlsx"):
        draw(ledger, form, folder / f"督查 1.{form}")
    draw(ledger, "csv", folder / "csv")
    return folder


def annexes(folder, form):
    return folder / f"督查 1.{form}.annexes"


def table(file):
    return ElementTree.parse(file).getroot().find(".//r:table[@id='payments']", NS)


def rows(*files):
    return [row for file in files for row in table(file).findall("r:row", NS)]


def cell(row, column, of="value"):
    found = row.find(f"r:cell[@column='{column}']", NS)
    return found.get(of) if found is not None else None


def test_pages_hold_all_rows_in_order(folder):
    pages = sorted(annexes(folder, "xml").iterdir())
    assert [page.name for page in pages] == ["payments-0001.xml", "payments-0002.xml"]
    assert [len(rows(page)) for page in pages] == [1000, 5]
    found = [(cell(row, "happenedOn"), int(cell(row, "amountFen"))) for row in rows(*pages)]
    assert found == [("2024-04-10", fen) for fen in AMOUNTS[0::2]] + [
        ("2024-04-11", fen) for fen in AMOUNTS[1::2]]
    assert table(pages[0]).find("r:total", NS) is None
    assert cell(table(pages[1]).find("r:total", NS), "amountFen") == str(sum(AMOUNTS))


def test_the_report_states_rows_total_and_hashes(folder):
    main = table(folder / "督查 1.xml")
    assert main.findall("r:row", NS) == []
    assert cell(main.find("r:total", NS), "amountFen") == str(sum(AMOUNTS))
    annex = main.find("r:annex", NS)
    assert annex.get("rows") == str(COUNT)
    for page, name in zip(annex.findall("r:page", NS), ("payments-0001", "payments-0002")):
        file = annexes(folder, "xml") / f"{name}.xml"
        link = urllib.parse.unquote(page.get("file"))
        assert folder / link == file
        if not shutil.which("xsltproc"):
            pytest.skip("xsltproc is not installed")
        lines = subprocess.run(
            ["xsltproc", CHECKOUT / "templates/common/figures.xsl", file],
            capture_output=True, check=True).stdout.splitlines(keepends=True)
        figures = b"".join(line for line in lines if line.startswith(b"row\t"))
        assert hashlib.sha256(figures).hexdigest() == page.get("figures")


def test_other_readers_accept_the_pages(folder):
    for tool in ("xmllint", "xsltproc"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
    for file in [folder / "督查 1.xml", *annexes(folder, "xml").iterdir()]:
        assert subprocess.run(["xmllint", "--noout", "--relaxng", SCHEMA, file]).returncode == 0
    ours = annexes(folder, "html") / "payments-0002.html"
    stylesheet = CHECKOUT / "templates/joint-inspection/html.xsl"
    theirs = subprocess.run(
        ["xsltproc", stylesheet, annexes(folder, "xml") / "payments-0002.xml"],
        capture_output=True, check=True).stdout.decode("utf-8")

    def plain(page):
        return page.replace(".html", ".xml")

    assert plain(theirs) == plain(ours.read_text("utf-8"))


def test_links_lead_to_the_pages_and_back(folder):
    main = (folder / "督查 1.html").read_text("utf-8")
    links = [urllib.parse.unquote(link) for link in re.findall(r'href="([^"#]+)"', main)]
    assert [folder / link for link in links] == [
        annexes(folder, "html") / "payments-0001.html",
        annexes(folder, "html") / "payments-0002.html"]
    for name, others in (("0001", {"0002"}), ("0002", {"0001"})):
        page = annexes(folder, "html") / f"payments-{name}.html"
        text = page.read_text("utf-8")
        found = {(page.parent / urllib.parse.unquote(link)).resolve()
                 for link in re.findall(r'href="([^"#]+)"', text)}
        assert found == {(folder / "督查 1.html").resolve()} | {
            page.parent / f"payments-{other}.html" for other in others}
        assert "Every payment of the fund" in text and "<script" not in text


def test_the_workbook_has_all_rows(folder):
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(annexes(folder, "xlsx") / "payments.xlsx").active
    values = list(sheet.iter_rows(min_row=4, values_only=True))
    amounts = [row[5] for row in values if row[0] is not None and row[5] is not None]
    assert [round(Decimal(str(one)) * 100) for one in amounts] == [
        *AMOUNTS[0::2], *AMOUNTS[1::2], sum(AMOUNTS)]
    main = openpyxl.load_workbook(folder / "督查 1.xlsx")
    links = [one.hyperlink.target for page in main for row in page.iter_rows() for one in row
             if one.hyperlink]
    # libxlsxwriter writes paths as Windows does.
    assert [folder / urllib.parse.unquote(link).replace("\\", "/") for link in links] == [
        annexes(folder, "xlsx") / "payments.xlsx"]


def test_a_pdf_names_the_workbook(ledger, tmp_path):
    """WeasyPrint would link to the folder in which it read the page."""
    for tool in ("weasyprint", "pdftotext"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
    output = tmp_path / "督查.pdf"
    draw(ledger, "pdf", output, "--no-verify", "--pdf-engine", "weasyprint")
    assert (tmp_path / "督查.pdf.annexes/payments.xlsx").read_bytes().startswith(b"PK")
    text = subprocess.run(["pdftotext", output, "-"], capture_output=True, check=True).stdout
    assert "督查.pdf.annexes/payments.xlsx" in text.decode("utf-8")
    assert b"file://" not in output.read_bytes()


def test_the_csv_table_is_whole(folder):
    text = (folder / "csv/completeness-payments.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf") and text.count(b"\xef\xbb\xbf") == 1
    lines = list(csv.reader(text.decode("utf-8-sig").splitlines()))
    assert len(lines) == 1 + COUNT + 1 and lines[0][0] == "Day" and lines[-1][0] == "Total"
    assert {len(line) for line in lines} == {7}
    assert [path for path in (folder / "csv").iterdir() if path.suffix != ".csv"] == []


def test_standard_output_has_all_in_one(ledger, folder):
    told = draw(ledger, "xml", "-").out
    inside = ElementTree.fromstring(told).find(".//r:table[@id='payments']", NS)
    pages = sorted(annexes(folder, "xml").iterdir())

    def figures(found):
        return [(row.get("id"), row.get("recordSet"), cell(row, "amountFen")) for row in found]

    assert figures(inside.findall("r:row", NS)) == figures(rows(*pages))


def test_nothing_is_put_beside_a_device(ledger):
    assert "annexes" not in draw(ledger, "xml", "/dev/null", "--no-verify").err
    assert not os.path.exists("/dev/null.annexes")


def test_reports_and_pages_are_checked(ledger, folder, tmp_path):
    main, page = folder / "督查 1.xml", annexes(folder, "xml") / "payments-0002.xml"
    for file in (main, page):
        answer = json.loads(done("report", "check", file, ledger, "--json").out)
        assert answer["stands"] and answer["differences"] == []
    row = rows(page)[0].get("id")
    answer = json.loads(done("report", "trace", page, row, ledger, "--json").out)
    assert answer["agrees"] and len(answer["entries"]) == 1
    refused(aid("report", "trace", main, row, ledger), BAD_INPUT, "annex")
    fen = cell(rows(page)[0], "amountFen")
    hashes = re.findall(r'figures="([0-9a-f]{64})"', main.read_text("utf-8"))
    for file, old, new in ((page, f'value="{fen}"', 'value="9"'), (main, *hashes)):
        altered = tmp_path / file.name
        text = file.read_text("utf-8")
        assert old in text
        altered.write_text(text.replace(old, new), "utf-8")
        assert aid("report", "check", altered, ledger).status == 1


def test_pages_beside_a_report_are_compared_with_it(ledger, folder, tmp_path):
    main = tmp_path / "r.xml"
    shutil.copy(folder / "督查 1.xml", main)
    beside = tmp_path / "r.xml.annexes"

    def check(status):
        result = aid("report", "check", main, ledger, "--no-verify")
        assert result.status == status, result
        return result.out

    assert "2 pages of annexes are not beside it, from payments-0001.xml on" in check(1)
    assert done("report", "check", main, ledger, "--no-verify", "--no-annexes").out
    shutil.copytree(annexes(folder, "xml"), beside)
    assert "2 pages of annexes are beside it, as the ledger gives them" in check(0)
    second = beside / "payments-0002.xml"
    sound = second.read_text("utf-8")
    fen, text = (cell(rows(second)[0], "amountFen", of) for of in ("value", "text"))
    row = rows(second)[0].get("id")
    for wrong, said in [
            (sound.replace(f'value="{fen}"', 'value="9"'),
             f"payments-0002.xml: {row} amountFen: value=9, now value={fen}"),
            (sound.replace(f'text="{text}"', 'text="9.99"'),
             f"payments-0002.xml: {row} amountFen: text=9.99, now text={text}"),
            ((beside / "payments-0001.xml").read_text("utf-8"), "payments-0002.xml: report"),
            ("<report/>", "payments-0002.xml: it is no page of a report"),
            ("", "payments-0002.xml: it is no page of a report")]:
        second.write_text(wrong, "utf-8")
        assert said in check(1)
    # The page by itself, likewise.
    second.write_text(sound.replace(f'text="{text}"', 'text="9.99"'), "utf-8")
    refused(aid("report", "check", second, ledger, "--no-verify"), 1)
    second.unlink()
    said = check(1)
    assert "1 page of annexes is beside it, as the ledger gives them" in said
    assert "1 page of annexes is not beside it, from payments-0002.xml on" in said
    answer = json.loads(
        aid("report", "check", main, ledger, "--no-verify", "--json").out)
    assert answer["annexes"] == {
        "pages": 2, "differences": [], "missing": ["payments-0002.xml"]}


def test_a_page_states_the_hash_of_each_page_of_annexes(folder):
    hashes = re.findall(r'figures="([0-9a-f]{64})"', (folder / "督查 1.xml").read_text("utf-8"))
    main = (folder / "督查 1.html").read_text("utf-8")
    assert re.findall(r'<a href="[^"]+" title="([0-9a-f]{64})">page', main) == hashes


def test_annexes_take_the_place_of_those_before(ledger, tmp_path):
    output = tmp_path / "r.html"
    draw(ledger, "html", output, "--no-verify")
    folder = tmp_path / "r.html.annexes"
    (folder / "payments-0009.html").write_text("old")
    draw(ledger, "html", output, "--no-verify")
    assert sorted(one.name for one in folder.iterdir()) == [
        "payments-0001.html", "payments-0002.html"]
    (folder / "notes.txt").write_text("mine")
    before = output.read_bytes()
    refused(aid("report", "joint-inspection", ledger, "--year", 2024, "--no-verify",
                "-o", output), BAD_INPUT, "notes.txt")
    assert (folder / "notes.txt").read_text() == "mine" and output.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["r.html", "r.html.annexes"]


def test_annexes_stay_where_the_report_cannot_be_written(ledger, tmp_path):
    """A report never stands beside annexes of another."""
    report = tmp_path / "a.html"
    draw(ledger, "html", report)
    beside = tmp_path / "a.html.annexes"
    before = {page.name: page.stat().st_ino for page in beside.iterdir()}
    report.unlink()
    report.mkdir()
    arguments = ["report", "joint-inspection", ledger, "--year", 2024, "-o", report]
    refused(aid(*arguments), COULD_NOT, f"{report} cannot be written: Is a directory")
    assert {page.name: page.stat().st_ino for page in beside.iterdir()} == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.html", "a.html.annexes"]


@pytest.mark.parametrize("more, says", [
    ("chart: {kind: bars, label: area, value: amountFen}", "no `annex`"),
    ("proved: true", "no `annex`")])
def test_what_cannot_stand_in_an_annex(tmp_path, more, says):
    layer = tmp_path / "layer/registers"
    (layer / "queries").mkdir(parents=True)
    (layer / "queries/all.sql").write_text(
        "SELECT seq, area, amountFen FROM live_aid_paid WHERE ledger = :ledger")
    (layer / "report.yaml").write_text(f"""report: registers
title: {{zh: 登记簿, en: Registers}}
about: {{zh: 全部, en: All}}
for: {{zh: 督查组, en: Inspectors}}
sections:
  - id: all
    tables:
      - id: all
        query: all.sql
        annex: 0
        {more}
        columns:
          - {{id: area, type: area}}
          - {{id: amountFen, type: fen, sum: amountFen}}
""", "utf-8")
    refused(aid("report", "--explain", "registers", "--templates", tmp_path / "layer"),
            BAD_INPUT, says)
