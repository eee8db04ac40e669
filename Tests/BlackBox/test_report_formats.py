"""Reports as tables, workbooks and on paper: what stands in them is what stands in the XML."""

import csv
import html
import io
import os
import re
import shutil
import signal
import subprocess
import time
import xml.etree.ElementTree as ElementTree
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from harness import (BAD_INPUT, CHECKOUT, COULD_NOT, ENVIRONMENT, FINE, PROGRAM, aid, done, record,
                     refused)
from test_reports import LANGUAGES, NS, REPORTS, YEAR, drawn, reports

MESSAGES = {"m": "urn:aidledger:messages:1"}
NUMBERS = {"fen", "count", "percent"}


class Words:
    """The catalogue of a language, read without a stylesheet."""

    def __init__(self, language, report):
        root = ElementTree.parse(CHECKOUT / f"templates/l10n/{language}.xml").getroot()
        self.found = {one.get("id"): one for one in root.findall("m:message", MESSAGES)}
        self.report = report

    def say(self, *identifiers, text=""):
        for identifier in identifiers:
            for name in (f"{self.report}.{identifier}", identifier):
                if name in self.found:
                    one = self.found[name]
                    return ((one.text or "") + "".join(
                        (text if value.get("of") == "text" else "?") + (value.tail or "")
                        for value in one)).replace("\xad", "")
        raise KeyError(identifiers)


class Cells:
    """What a table's cells are to say."""

    def __init__(self, table, language, report):
        self.table, self.words, self.name = table, Words(language, report), table.get("id")
        self.columns = [(one.get("id"), one.get("type")) for one in table.findall("r:column", NS)]
        self.rows = table.findall("r:row", NS) + table.findall("r:total", NS)

    def head(self):
        return [self.words.say(f"table.{self.name}.column.{column}", f"column.{column}")
                for column, _ in self.columns]

    def cell(self, row, position):
        """The cell's element; None where nothing is there."""
        column, _ = self.columns[position]
        cell = row.find(f"r:cell[@column='{column}']", NS)
        return cell if cell is not None and cell.get("value") is not None else None

    def text(self, row, position):
        if position == 0 and row.tag.endswith("total"):
            return self.words.say("total")
        cell, kind = self.cell(row, position), self.columns[position][1]
        if cell is None:
            return ""
        if kind == "line":
            value = cell.get("value")
            return self.words.say(f"table.{self.name}.line.{value}", f"line.{value}")
        if kind == "person":
            return self.words.say("person", text=cell.get("value"))
        # Data files have what a document rounds to the fen.
        return cell.get("exact") or cell.get("text")


def tables(text):
    for section in ElementTree.fromstring(text).findall("r:section", NS):
        for table in section.findall("r:table", NS):
            yield section.get("id"), table


def output_of(*command):
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run([*map(str, command)], capture_output=True, check=True).stdout.decode()


# MARK: comma-separated values

def rows_of(file):
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    assert b"\n" not in data.replace(b"\r\n", b"")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_csv_says_what_the_xml_says(sample_ledger, reports, tmp_path, name, language):
    folder = tmp_path / "tables"
    told = done("report", name, sample_ledger, "--year", YEAR, "--area", "000000", "--lang",
                language, "--format", "csv", "-o", folder)
    assert told.out == "" and str(folder) in told.err
    wanted = {f"{section}-{table.get('id')}.csv": Cells(table, language, name)
              for section, table in tables(reports[name, language])}
    evaluated = {"indicators-groups.csv", "indicators-indicators.csv"} if name == "performance" else {}
    assert {file.name for file in folder.iterdir()} == {*wanted, "report.csv", *evaluated}
    filled = 0
    for file, cells in wanted.items():
        head, *rows = rows_of(folder / file)
        assert head == [*cells.head(), cells.words.say("column.row")]
        assert [row[-1] for row in rows] == [row.get("id") for row in cells.rows]
        for found, row in zip(rows, cells.rows, strict=True):
            assert found[:-1] == [cells.text(row, position)
                                  for position in range(len(cells.columns))], file
            filled += any(found[:-1])
    # Most of the evaluation is its indicators.
    assert filled > (20 if name == "performance" else 40)


def test_csv_says_what_it_was_drawn_from(sample_ledger, tmp_path):
    folder = tmp_path / "tables"
    done("report", "fund-use", sample_ledger, "--year", YEAR, "--area", "440703", "--lang", "en",
         "--format", "csv", "-o", folder)
    lines = dict(rows_of(folder / "report.csv"))
    assert "440703" in lines["Region"]
    assert lines["Period"] == "1 January 2023 to 31 December 2023"
    assert lines["Root hash"] == sample_ledger.value("SELECT rootHash FROM head").hex()
    assert lines["Ledger"] == sample_ledger.value("SELECT note FROM checkpoint").split("\n")[0]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(1)", "＝1+1", "-2+3+cmd|' /C calc'!A0"]


@pytest.fixture(scope="module")
def formulas(empty_ledger, tmp_path_factory):
    """Statements of an account whose numbers look like formulas; the last has a comma, quotation
    marks and a line's end in its number, and its difference is below zero."""
    ledger = empty_ledger.copy_to(tmp_path_factory.mktemp("formulas"))
    texts = [*FORMULAS, "a \"b\", c"]
    answer = ledger.take([
        record(number, "fund.balance-stated", account="medical-aid-subaccount",
               asOf=f"2024-05-{number + 1:02}", bookFen=100, bankFen=50, docNo=text)
        for number, text in enumerate(texts)])
    assert answer.status == FINE, answer
    return ledger


def test_csv_holds_no_formula(formulas, tmp_path):
    folder = tmp_path / "tables"
    done("report", "fund-use", formulas, "--year", 2024, "--area", "000000", "--format", "csv",
         "-o", folder)
    head, *rows = rows_of(folder / "balance-balance-statements.csv")
    found = [row[head.index("文号（单号）")] for row in rows]
    assert found == [f"'{text}" for text in FORMULAS] + ["a \"b\", c"]
    assert [row[head.index("差额")] for row in rows] == ["-0.50"] * len(rows)


# What is shown of a text: marks that turn the direction of writing or are not seen are.
TURNED = "<script>A\u202e001\u2066\u200b\u00ad</script>"
SHOWN = "<script>A\ufffd001\ufffd\ufffd\ufffd</script>"


@pytest.mark.parametrize("form", ["html", "csv", "xml", "xlsx"])
def test_numbers_are_read_in_the_order_they_are_written_in(empty_ledger, tmp_path, form):
    ledger = empty_ledger.copy_to(tmp_path / "ledger")
    ledger.take([record(1, "fund.balance-stated", account="medical-aid-subaccount",
                        asOf="2024-05-02", bookFen=100, bankFen=50, docNo=TURNED)])
    file = drawn_to(tmp_path / f"a.{form}", "fund-use", ledger, form, year=2024)
    if form == "xlsx":
        cells = [cell.value for sheet in opened(file).worksheets
                 for row in sheet.iter_rows() for cell in row]
        assert SHOWN in cells and TURNED not in cells
        return
    if form == "csv":
        file = file / "balance-balance-statements.csv"
    text = file.read_text("utf-8")
    if form == "xml":
        [cell] = ElementTree.fromstring(text).findall(
            f".//{{*}}table[@id='balance-statements']/{{*}}row/{{*}}cell[@value='{TURNED}']")
        assert cell.get("text") == SHOWN
    else:
        assert (html.escape(SHOWN, quote=False) if form == "html" else SHOWN) in text
        assert not re.search("[\u200b-\u200f\u202a-\u202e\u2060-\u206f]", text)


def test_folder_with_other_files_is_left_alone(small_ledger, tmp_path):
    arguments = ["report", "fund-use", small_ledger, "--year", YEAR, "--format", "csv", "-o"]
    folder = tmp_path / "tables"
    folder.mkdir()
    other = folder / "income.csv"
    other.write_text("mine")
    refused(aid(*arguments, folder), BAD_INPUT, "income.csv")
    assert list(folder.iterdir()) == [other] and other.read_text() == "mine"
    other.unlink()
    done(*arguments, folder)
    first = {file.name: file.read_bytes() for file in folder.iterdir()}
    (folder / "report.csv").write_text("old")
    done(*arguments, folder)
    assert {file.name for file in folder.iterdir()} == set(first)
    assert (folder / "report.csv").read_text("utf-8") != "old"
    refused(aid(*arguments, folder / "report.csv"), BAD_INPUT, "is a file")
    assert aid(*arguments, tmp_path / "no" / "folder").status not in (FINE, BAD_INPUT)


def test_csv_needs_a_folder_and_is_not_issued(ledger, tmp_path):
    arguments = ["report", "fund-use", ledger, "--year", YEAR, "--format", "csv", "-o"]
    size = ledger.size()
    refused(aid(*arguments, "-"), BAD_INPUT, "folder")
    refused(aid(*arguments, tmp_path / "tables", "--issue"), BAD_INPUT, "one file")
    assert ledger.size() == size and not (tmp_path / "tables").exists()


def test_stylesheet_of_the_reports_own_goes_first(small_ledger, tmp_path):
    home = tmp_path / "home"
    for part in ("ledger", "templates"):
        shutil.copytree(CHECKOUT / part, home / part)
    (home / "templates/fund-use/csv.xsl").write_text(re.sub(r"\n\s*", " ", """
        <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
        <xsl:output method="text"/>
        <xsl:template match="/">&#xFDD0;one.csv&#xFDD1;1</xsl:template></xsl:stylesheet>"""))
    done("report", "fund-use", small_ledger, "--year", YEAR, "--format", "csv", "--home", home,
         "-o", tmp_path / "tables")
    assert [file.name for file in (tmp_path / "tables").iterdir()] == ["one.csv"]
    for name in ("../one.csv", "a/b.csv", "one.txt", ".csv"):
        sheet = home / "templates/fund-use/csv.xsl"
        sheet.write_text(re.sub("&#xFDD0;.*?&#xFDD1;", f"&#xFDD0;{name}&#xFDD1;", sheet.read_text()))
        refused(aid("report", "fund-use", small_ledger, "--year", YEAR, "--format", "csv", "--home",
                    home, "-o", tmp_path / "others"), BAD_INPUT, "names no file")
    assert not (tmp_path / "others").exists()


# MARK: workbooks

def drawn_to(file, name, ledger, form, language="en", year=YEAR, area="000000", **options):
    extra = [text for option, value in options.items()
             for text in (f"--{option.replace('_', '-')}", value)]
    done("report", name, ledger, "--year", year, "--area", area, "--lang", language, "--format",
         form, "-o", file, *extra, timeout=900)
    return file


def opened(file):
    return pytest.importorskip("openpyxl").load_workbook(file)


def heads(sheet, words, table):
    """Where a table's rows begin in a sheet: below its caption and its head."""
    caption = re.compile(r"\D+\d+-\d+[.\s]*" + re.escape(words.say(f"table.{table}"))
                         + r"( \(.*\)|（.*）)?")
    found = [row for row in range(1, sheet.max_row + 1)
             if caption.fullmatch(shown(sheet.cell(row, 1).value))
             and sheet.cell(row, 1).font.b and sheet.cell(row + 1, 1).font.b]
    assert len(found) == 1, (table, found)
    return found[0] + 2


def shown(text):
    """A spreadsheet's cell as the XML has texts."""
    return "" if text is None else str(text)


def annexed_above(report, table):
    """More rows than these stand in a workbook of their own; None for a table without annex."""
    definition = yaml.safe_load((CHECKOUT / f"templates/{report}/report.yaml").read_text("utf-8"))
    return next(one.get("annex") for section in definition["sections"]
                for one in section.get("tables", []) if one["id"] == table)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_workbook_says_what_the_xml_says(sample_ledger, reports, tmp_path, name, language):
    book = opened(drawn_to(tmp_path / "a.xlsx", name, sample_ledger, "xlsx", language))
    root = ElementTree.fromstring(reports[name, language])
    sections = root.findall("r:section", NS)
    assert len(book.worksheets) == len(sections) + 1
    numbers = 0
    for section, sheet in zip(sections, book.worksheets[1:]):
        assert Words(language, name).say(f"section.{section.get('id')}")[:20] in sheet.title
        for table in section.findall("r:table", NS):
            cells = Cells(table, language, name)
            limit = annexed_above(name, cells.name)
            if limit is not None and len(table.findall("r:row", NS)) > limit:
                cells.rows = table.findall("r:total", NS)
            if not cells.rows:
                continue
            first = heads(sheet, cells.words, cells.name)
            assert [sheet.cell(first - 1, place + 1).value
                    for place in range(len(cells.columns))] == cells.head()
            for below, row in enumerate(cells.rows):
                places = range(1, len(cells.columns) + 1)
                found = [sheet.cell(first + below, place) for place in places]
                for place, ((_, kind), cell) in enumerate(zip(cells.columns, found)):
                    wanted = cells.cell(row, place)
                    is_label = place == 0 and row.tag.endswith("total")
                    if is_label or wanted is None or kind not in {*NUMBERS, "date"}:
                        assert shown(cell.value) == cells.text(row, place)
                        continue
                    value = wanted.get("value")
                    if kind == "date":
                        assert cell.is_date and cell.value.strftime("%Y-%m-%d") == value
                        continue
                    scale = {"fen": 2, "count": 0, "percent": 4}[kind]
                    assert cell.data_type == "n"
                    assert Decimal(repr(cell.value)).scaleb(scale) == int(value)
                    assert cell.number_format == {"fen": "#,##0.00", "count": "#,##0",
                                                  "percent": "0.00%"}[kind]
                    numbers += 1
                traced = [sheet.cell(first + below, len(found) + more).value for more in (1, 2)]
                assert traced == [int(row.get("entries")), row.get("id")]
    assert numbers > 60


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_neutral_workbook_is_valid(reports, tmp_path, name, language):
    (tmp_path / "report.xml").write_text(reports[name, language], "utf-8")
    (tmp_path / "workbook.xml").write_text(output_of(
        "xsltproc", "--nonet", CHECKOUT / "templates/common/workbook.xsl", tmp_path / "report.xml"))
    output_of("xmllint", "--noout", "--relaxng", CHECKOUT / "templates/schema/workbook.rng",
              tmp_path / "workbook.xml")


@pytest.mark.parametrize("language, yuan", [("en", "in yuan"), ("zh-Hans", "单位：元")])
def test_charts_of_a_workbook_say_what_its_cells_are_in(sample_ledger, tmp_path, language, yuan):
    """Their points are cells, to the fen, also where the document shows tens of thousands."""
    file = drawn_to(tmp_path / "a.xlsx", "fund-use", sample_ledger, "xlsx", language)
    with zipfile.ZipFile(file) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if "charts/chart" in name]
    assert len(charts) >= 5 and not [one for one in charts if "10,000" in one or "万元" in one]
    assert len([one for one in charts if yuan in one]) >= 5


@pytest.mark.parametrize("name", ["fund-use", "joint-inspection"])
def test_totals_that_are_less_than_their_rows_are_explained(sample_ledger, reports, name):
    """Persons stand in several rows; then and only then the note says so."""
    words = Words("en", name).say("total.distinct").strip()
    page = drawn(name, sample_ledger, "html", area="000000")
    bodies = {table: body for table, body in re.findall(
        r'<table id="table:([a-z-]+)"(.*?)(?=<table |</section>)', page, re.S)}
    explained = less = 0
    for table in ElementTree.fromstring(reports[name, "en"]).findall(".//r:table", NS):
        rows, total = table.findall("r:row", NS), table.find("r:total", NS)
        if total is None or not rows:
            continue
        def value(row, column):
            return int(row.find(f"r:cell[@column='{column}']", NS).get("value") or 0)
        is_less = any(
            sum(value(row, column) for row in rows) > value(total, column)
            for column in (one.get("id") for one in table.findall("r:column[@distinct]", NS)))
        less += is_less
        explained += words in bodies[table.get("id")]
        assert (words in bodies[table.get("id")]) == is_less, table.get("id")
    assert explained == less > 0


@pytest.mark.parametrize("name", REPORTS)
def test_workbook_is_ready_to_be_printed(sample_ledger, reports, tmp_path, name):
    book = opened(drawn_to(tmp_path / "a.xlsx", name, sample_ledger, "xlsx"))
    titles = [sheet.title for sheet in book.worksheets]
    assert len({title.lower() for title in titles}) == len(titles)
    assert all(len(title) <= 31 and not re.search(r"[\[\]:*?/\\]", title) for title in titles)
    first = {sheet_row[0].value: sheet_row[1].value for sheet_row in book.worksheets[0].iter_rows()}
    assert first["Root hash"] == sample_ledger.value("SELECT rootHash FROM head").hex()
    assert first["Ledger"] and first["Signed checkpoint"].startswith("signed, over all")
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9 and sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1) and not sheet.page_setup.fitToHeight
    sections = ElementTree.fromstring(reports[name, "en"]).findall("r:section", NS)
    for section, sheet in zip(sections, book.worksheets[1:]):
        frozen = int(sheet.freeze_panes[1:]) - 1
        assert sheet.print_title_rows == f"${frozen}:${frozen}"
        assert sheet.cell(frozen, 1).font.b and len(sheet._charts) == len(
            [chart for chart in section.findall("r:chart", NS) if chart.get("kind") != "funnel"])
    assert sum(len(sheet._charts) for sheet in book.worksheets) >= 1


def test_chart_of_a_workbook_shows_its_table(sample_ledger, reports, tmp_path):
    book = opened(drawn_to(tmp_path / "a.xlsx", "fund-use", sample_ledger, "xlsx"))
    words = Words("en", "fund-use")
    root = ElementTree.fromstring(reports["fund-use", "en"])
    sheet = next(one for one in book.worksheets if "Expenditure" in one.title)
    table = root.find(".//r:table[@id='movements-by-month']", NS)
    first = heads(sheet, words, "movements-by-month")
    last = first + len(table.findall("r:row", NS)) - 1
    chart = next(one for one in sheet._charts if len(one.series) == 2)
    assert [series.val.numRef.f for series in chart.series] == [
        f"'{sheet.title}'!${letter}${first}:${letter}${last}" for letter in "BC"]
    assert chart.series[0].cat.strRef.f == f"'{sheet.title}'!$A${first}:$A${last}"


def test_same_report_gives_the_same_workbook(small_ledger, tmp_path):
    """All but the time of drawing, which stands in the properties and on the first sheet."""
    files = [drawn_to(tmp_path / f"{which}.xlsx", "fund-use", small_ledger, "xlsx")
             for which in "ab"]
    one, other = map(zipfile.ZipFile, files)
    assert [(part.filename, part.date_time) for part in one.infolist()] == [
        (part.filename, part.date_time) for part in other.infolist()]
    assert {part.date_time for part in one.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    different = {name for name in one.namelist() if one.read(name) != other.read(name)}
    assert different <= {"docProps/core.xml", "xl/sharedStrings.xml"}
    if not different:
        assert files[0].read_bytes() == files[1].read_bytes()


def test_workbook_holds_no_formula(formulas, tmp_path):
    file = drawn_to(tmp_path / "a.xlsx", "fund-use", formulas, "xlsx", year=2024)
    cells = [cell for sheet in opened(file).worksheets for row in sheet.iter_rows() for cell in row]
    assert {*FORMULAS, "a \"b\", c"} <= {cell.value for cell in cells if cell.data_type == "s"}
    assert not [cell for cell in cells if cell.data_type == "f"]
    with zipfile.ZipFile(file) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(part) and b"<f " not in archive.read(part)


LARGE = [1, -1, 99, 123456789012345, 999999999999999, -999999999999999, 900719925474099,
         1000000000000000, 1234567890123456]


def test_amounts_are_exact_or_text(empty_ledger, tmp_path):
    ledger = empty_ledger.copy_to(tmp_path / "ledger")
    answer = ledger.take([
        record(number, "fund.balance-stated", account="medical-aid-subaccount",
               asOf=f"2024-05-{number + 1:02}", bookFen=amount, bankFen=amount,
               docNo=f"D-{number}")
        for number, amount in enumerate(LARGE)])
    assert answer.status == FINE, answer
    book = opened(drawn_to(tmp_path / "a.xlsx", "fund-use", ledger, "xlsx", year=2024))
    sheet = next(one for one in book.worksheets if "Balance" in one.title)
    first = heads(sheet, Words("en", "fund-use"), "balance-statements")
    for below, amount in enumerate(LARGE):
        cell = sheet.cell(first + below, 4)
        yuan = Decimal(amount).scaleb(-2)
        if abs(amount) < 10**15:
            assert cell.data_type == "n" and f"{cell.value:.2f}" == f"{yuan:.2f}"
        else:
            assert cell.data_type == "s" and cell.value == f"{yuan:,.2f}"


def test_libreoffice_reads_the_workbook(sample_ledger, reports, tmp_path):
    if not shutil.which("soffice"):
        pytest.skip("soffice is not installed")
    file = drawn_to(tmp_path / "a.xlsx", "fund-use", sample_ledger, "xlsx")
    subprocess.run(["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
                    "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,"
                    "false,false,-1", "--outdir", tmp_path, file], capture_output=True, timeout=300,
                   check=True)
    sheet = next(one for one in tmp_path.glob("a-*Income*.csv"))
    found = {row[0]: row[1:4] for row in csv.reader(sheet.open(encoding="utf-8-sig")) if len(row) > 4}
    root = ElementTree.fromstring(reports["fund-use", "en"])
    cells = Cells(root.find(".//r:table[@id='income-by-source']", NS), "en", "fund-use")
    def number(text):
        return Decimal(text.replace(",", "").rstrip("%")) if text else None
    for row in cells.rows:
        assert [number(text) for text in found[cells.text(row, 0)]] == [
            number(cells.text(row, place)) for place in (1, 2, 3)]


def test_workbook_is_issued(ledger, tmp_path):
    file = drawn_to(tmp_path / "a.xlsx", "fund-use", ledger, "xlsx")
    done("report", "fund-use", ledger, "--year", YEAR, "--format", "xlsx", "--issue", "-o", file)
    assert "issued in entry" in done("report", "check", file, ledger).out


# MARK: PDF

def squeezed(text):
    """Without white space: lines are broken where the paper ends."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module", params=["weasyprint", "chromium"])
def paper(request, sample_ledger, tmp_path_factory):
    """A report with Chinese in it as PDF."""
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed")
    file = tmp_path_factory.mktemp("paper") / "a.pdf"
    return request.param, drawn_to(file, "fund-use", sample_ledger, "pdf", "zh-Hans",
                                   pdf_engine=request.param)


def test_paper_says_what_the_xml_says(paper, reports):
    text = squeezed(output_of("pdftotext", "-layout", paper[1], "-"))
    root = ElementTree.fromstring(reports["fund-use", "zh-Hans"])
    assert "2023年度医疗救助基金使用情况报告" in text
    assert root.find("r:ledger", NS).get("rootHash") in text
    for name in ("income-by-source", "expenditure-by-purpose", "by-area"):
        cells = Cells(root.find(f".//r:table[@id='{name}']", NS), "zh-Hans", "fund-use")
        assert squeezed(cells.words.say(f"table.{name}")) in text
        for row in cells.rows:
            # The label may be broken into lines, between which other cells stand.
            figures = "".join(squeezed(cells.text(row, place) or "—")
                              for place in range(1, len(cells.columns)))
            assert figures in text, (name, row.get("id"))


def test_paper_is_a4_with_bookmarks_and_fonts(paper, reports):
    engine, file = paper
    about = output_of("pdfinfo", file)
    assert re.search(r"Tagged: +yes", about) and re.search(r"JavaScript: +no", about)
    assert re.search(r"Title: +.*医疗救助基金使用情况报告", about)
    pages = int(re.search(r"Pages: +(\d+)", about)[1])
    sizes = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)",
                       output_of("pdfinfo", "-f", 1, "-l", pages, file))
    assert len(sizes) == pages > 3
    assert {tuple(round(float(side) / 72 * 25.4) for side in sorted(size, key=float))
            for size in sizes} == {(210, 297)}
    fonts = [line[53:] for line in output_of("pdffonts", file).splitlines()[2:]]
    assert fonts and {font.split()[-5] for font in fonts} == {"yes"}
    if engine == "weasyprint":
        assert "CJK" in output_of("pdffonts", file)
        # In charts too Chinese is not written in the Japanese forms of its characters.
        assert "CJK-JP" not in output_of("pdffonts", file)
    words = Words("zh-Hans", "fund-use")
    outline = output_of("pdftohtml", "-xml", "-i", "-stdout", file).split("<outline>", 1)[1]
    for section in ElementTree.fromstring(reports["fund-use", "zh-Hans"]).findall("r:section", NS):
        assert words.say(f"section.{section.get('id')}") in outline


def test_paper_has_its_page_numbers(paper):
    text = output_of("pdftotext", "-f", 2, "-l", 2, paper[1], "-")
    assert re.search(r"第\s*2\s*页", text)


ENGINE = """#!/bin/sh
echo "$0 $@" >> {log}
for word; do case "$word" in --print-to-pdf=*) out=${{word#*=}};; *.pdf) out=$word;; esac; done
{then}
"""
WRITES = 'printf "%%PDF-1.7 %s" "$(basename "$0")" > "$out"'


def engines(folder, **then):
    """A `PATH` on which these programs stand, and where they say how they were called."""
    folder.mkdir()
    for name, action in then.items():
        (folder / name).write_text(ENGINE.format(log=folder / "log", then=action))
        (folder / name).chmod(0o755)
    for tool in ("sh", "basename"):
        (folder / tool).symlink_to(shutil.which(tool))
    return {**ENVIRONMENT, "PATH": str(folder)}


def paper_of(ledger, file, *arguments, **options):
    return aid("report", "fund-use", ledger, "--year", YEAR, "--format", "pdf", "-o", file,
               *arguments, **options)


def test_engine_that_is_there_is_taken(small_ledger, tmp_path):
    file = tmp_path / "a.pdf"
    for number, (there, flags, wanted) in enumerate([
            (["weasyprint", "chromium"], [], "weasyprint"), (["chromium"], [], "chromium"),
            (["weasyprint", "chromium"], ["--pdf-engine", "chromium"], "chromium")]):
        path = engines(tmp_path / str(number), **{name: WRITES for name in there})
        assert paper_of(small_ledger, file, *flags, env=path).status == FINE
        assert file.read_bytes() == f"%PDF-1.7 {wanted}".encode()
    call = (tmp_path / "2" / "log").read_text()
    assert "MAP * ~NOTFOUND" in call
    assert ("--no-sandbox" in call) == (os.geteuid() == 0)


def test_long_report_goes_to_chromium(small_ledger, tmp_path):
    home = tmp_path / "home"
    for part in ("ledger", "templates"):
        shutil.copytree(CHECKOUT / part, home / part)
    catalogue = home / "templates/l10n/zh-Hans.xml"
    catalogue.write_text(catalogue.read_text("utf-8").replace(
        '<message id="contents">', f'<message id="contents">{"long " * 450_000}'), "utf-8")
    file = tmp_path / "a.pdf"
    path = engines(tmp_path / "bin", weasyprint=WRITES, chromium=WRITES)
    answer = paper_of(small_ledger, file, "--home", home, env=path)
    assert answer.status == FINE, answer
    assert file.read_bytes() == b"%PDF-1.7 chromium"


def ended(by, command, environment, until=None):
    """Runs a program, ends it by a signal once its temporary folder is there, and says by which
    signal it ended."""
    folder = Path(environment["TMPDIR"])
    folder.mkdir()
    # What is ignored where the tests are run (in the background, under nohup) would stay ignored.
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL,
                          preexec_fn=lambda: signal.signal(by, signal.SIG_DFL)) as program:
        deadline = time.monotonic() + 60
        while not any(folder.glob("aidledger-*")) or (until and not until.exists()):
            assert program.poll() is None and time.monotonic() < deadline
            time.sleep(0.01)
        if by == signal.SIGPIPE:
            program.stdout.close()
        else:
            program.send_signal(by)
        return -program.wait(60)


@pytest.mark.parametrize("by", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_nothing_is_left_where_a_signal_ends_it(small_ledger, tmp_path, by):
    """Neither a folder nor the program that was to make the PDF."""
    at_work = tmp_path / "at-work"
    gone = tmp_path / "gone"
    environment = {
        **engines(tmp_path / "bin", weasyprint=f"trap 'echo > {gone}; exit' TERM\n"
                  f"echo > {at_work}\n"
                  "for step in 1 2 3 4 5 6 7 8 9; do sleep 1; done"),
        "TMPDIR": str(tmp_path / "folder")}
    (tmp_path / "bin/sleep").symlink_to(shutil.which("sleep"))
    command = [PROGRAM, "report", "fund-use", str(small_ledger), "--year", str(YEAR), "--format",
               "pdf", "-o", str(tmp_path / "a.pdf")]
    assert ended(getattr(signal, by), command, environment, until=at_work) == getattr(signal, by)
    assert not list((tmp_path / "folder").iterdir())
    assert not (tmp_path / "a.pdf").exists()
    deadline = time.monotonic() + 8
    while not gone.exists():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_what_is_ignored_does_not_end_it(small_ledger, tmp_path):
    """As under `nohup`."""
    log = tmp_path / "bin/log"
    environment = engines(tmp_path / "bin", weasyprint="sleep 1\n" + WRITES)
    (tmp_path / "bin/sleep").symlink_to(shutil.which("sleep"))
    command = [PROGRAM, "report", "fund-use", str(small_ledger), "--year", str(YEAR), "--format",
               "pdf", "-o", str(tmp_path / "a.pdf")]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL,
                          preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) as program:
        while not log.exists():
            assert program.poll() is None
            time.sleep(0.01)
        program.send_signal(signal.SIGHUP)
        assert program.wait(60) == FINE
    assert (tmp_path / "a.pdf").read_bytes() == b"%PDF-1.7 weasyprint"


def test_nothing_is_left_where_the_reader_goes_away(small_ledger, tmp_path):
    environment = {**ENVIRONMENT, "TMPDIR": str(tmp_path / "folder")}
    command = [PROGRAM, "report", "fund-use", str(small_ledger), "--year", str(YEAR), "-o", "-"]
    assert ended(signal.SIGPIPE, command, environment) == signal.SIGPIPE
    assert not list((tmp_path / "folder").iterdir())


def test_missing_or_failing_engine_is_told(small_ledger, tmp_path):
    file = tmp_path / "a.pdf"
    refused(paper_of(small_ledger, file, env=engines(tmp_path / "none")), COULD_NOT,
            "weasyprint or chromium", "apt-get install", "fonts-noto-cjk")
    refused(paper_of(small_ledger, file, "--pdf-engine", "chromium",
                     env=engines(tmp_path / "one", weasyprint=WRITES)), COULD_NOT, "chromium")
    refused(paper_of(small_ledger, file,
                     env=engines(tmp_path / "two", weasyprint="echo no fonts >&2; exit 1")),
            COULD_NOT, "weasyprint made no PDF", "no fonts")
    refused(paper_of(small_ledger, file, env=engines(tmp_path / "three", weasyprint="exit 0")),
            COULD_NOT, "weasyprint made no PDF")
    assert not file.exists()
    refused(aid("report", "fund-use", small_ledger, "--year", YEAR, "--pdf-engine", "chromium",
                "-o", tmp_path / "a"), BAD_INPUT, "--format pdf")


@pytest.mark.parametrize("name, begins", [
    ("a.html", b"<!DOCTYPE html>"), ("a.HTM", b"<!DOCTYPE html>"), ("a.xml", b"<?xml"),
    ("a.xlsx", b"PK"), ("a.report", b"<!DOCTYPE html>")])
def test_name_says_the_format(small_ledger, tmp_path, name, begins):
    file = tmp_path / name
    done("report", "fund-use", small_ledger, "--year", YEAR, "--no-verify", "-o", file)
    assert file.read_bytes().startswith(begins)


def test_name_and_format_do_not_contradict(small_ledger, tmp_path):
    refused(aid("report", "fund-use", small_ledger, "--year", YEAR, "--no-verify", "--format", "pdf",
                "-o", tmp_path / "a.html"), BAD_INPUT, "-o ends in .html, and --format is pdf")
    assert not list(tmp_path.iterdir())


def test_completion_knows_the_formats():
    script = done("--generate-completion-script", "bash").out
    for word in ("csv", "xlsx", "pdf", "weasyprint"):
        assert re.search(rf"\b{word}\b", script), word


@pytest.mark.skipif(not shutil.which("weasyprint"), reason="weasyprint is not installed")
@pytest.mark.parametrize("points", [0, 8, 16, 24])
def test_rows_are_not_split_over_sheets(tmp_path, points):
    """Some cells have two lines where others have one."""
    words = "some words that take two lines in a table that is dense, where others take one of them"
    style = ElementTree.parse(CHECKOUT / "templates/common/report.css.xml").getroot().text
    rows = "".join(
        f"<tr><th scope='row'>row{number}</th><td>{words}</td><td class='trace'><a>1 rec. "
        f"<code>hash{number}</code></a></td></tr>" for number in range(120))
    (tmp_path / "page.html").write_text(
        f"<!DOCTYPE html><html lang='en'><style>{style}</style><p style='height: {points}pt'></p>"
        f"<div class='table'><table class='dense'><tbody>{rows}</tbody></table></div>", "utf-8")
    subprocess.run(["weasyprint", "-q", tmp_path / "page.html", tmp_path / "page.pdf"], check=True,
                   capture_output=True)
    sheets = output_of("pdftotext", "-layout", tmp_path / "page.pdf", "-").split("\f")[:-1]
    assert len(sheets) > 2
    for sheet in sheets:
        assert (set(re.findall(r"row(\d+)", sheet)) == set(re.findall(r"hash(\d+)", sheet))
                != set())
