"""Reports as tables, workbooks and on paper: what stands in them is what stands in the XML."""

import csv
import io
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
import zipfile
from decimal import Decimal

import pytest

from harness import (BAD_INPUT, CHECKOUT, COULD_NOT, ENVIRONMENT, FINE, aid, done, record,
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
        return cell.get("text")


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
    assert {file.name for file in folder.iterdir()} == {*wanted, "report.csv"}
    filled = 0
    for file, cells in wanted.items():
        head, *rows = rows_of(folder / file)
        assert head == [*cells.head(), cells.words.say("column.row")]
        assert [row[-1] for row in rows] == [row.get("id") for row in cells.rows]
        for found, row in zip(rows, cells.rows, strict=True):
            assert found[:-1] == [cells.text(row, position)
                                  for position in range(len(cells.columns))], file
            filled += any(found[:-1])
    assert filled > 40


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
