"""All reports of a year at once: which areas they are of, that each is the one that is drawn alone,
and what becomes of those that cannot be drawn."""

import hashlib
import json
import os
import re
import subprocess
import urllib.parse
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser

import pytest

from harness import (BAD_INPUT, CHECKOUT, COULD_NOT, FINE, NO, ORIGIN, Ledger, aid, application, done,
                     reader, refused, tamper)

NS = {"r": "urn:aidledger:report:1"}
YEAR = 2023
CITY = "440700"
OF_YEAR = ["early-warning", "fund-use", "joint-inspection", "performance"]


def make(path, area, sample_file):
    """A ledger with sample records of two cities, and applications in further counties."""
    done("init", path, "--origin", ORIGIN, "--operator", "tests", "--area", area)
    made = Ledger(path)
    done("import", made, sample_file)
    result = made.take({**application(number), "area": county}
                       for number, county in enumerate(["440103", "440781", "449998"]))
    assert result.status == FINE, result
    return made


@pytest.fixture(scope="module")
def ledger(tmp_path_factory, sample_file):
    """A province's."""
    return make(tmp_path_factory.mktemp("province") / "a.db", "440000", sample_file)


# Of the province; records are of its counties and of one of its cities. No list has 449998.
PROVINCE = ["440000", "440100", "440103", "440700", "440703", "440781", "449998"]


@pytest.fixture(scope="module")
def folder(ledger, tmp_path_factory):
    folder = tmp_path_factory.mktemp("all") / "2023"
    done("report-all", ledger, "--year", YEAR, "--lang", "en", "-o", folder)
    return folder


@pytest.fixture(scope="module")
def as_xml(ledger, tmp_path_factory):
    folder = tmp_path_factory.mktemp("xml") / "2023"
    done("report-all", ledger, "--year", YEAR, "--lang", "en", "--format", "xml", "-o", folder)
    return folder


class Links(HTMLParser):
    """What a page links to, and by which words."""

    def __init__(self, page):
        super().__init__()
        self.targets, self.labels = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            values = dict(attributes)
            self.targets.append(values["href"])
            self.labels.append(values.get("aria-label"))


def areas_of(folder):
    return sorted(one.name for one in folder.iterdir() if one.is_dir())


def without_time(text):
    return re.sub(r"<drawn .*?/>", "", text)


# MARK: what is drawn

def test_the_ledgers_area_and_all_below_it_that_have_records(ledger, folder):
    assert areas_of(folder) == PROVINCE
    with reader(ledger) as database:
        recorded = {area for area, in database.execute(
            "SELECT area FROM claim_settled UNION SELECT area FROM aid_applied "
            "UNION SELECT area FROM parameter_set UNION SELECT area FROM ledger_created")}
    assert {area for area in recorded if area.startswith("44")} == set(PROVINCE) - {"440100"}
    for area in areas_of(folder):
        assert sorted(one.stem for one in (folder / area).glob("*.html")) == OF_YEAR


def test_each_is_the_report_that_is_drawn_alone(ledger, as_xml, tmp_path):
    for area in ["440000", "440703"]:
        for name in OF_YEAR:
            alone = tmp_path / f"{name}.xml"
            done("report", name, ledger, "--year", YEAR, "--area", area, "--lang", "en",
                 "--format", "xml", "-o", alone)
            assert (without_time(alone.read_text())
                    == without_time((as_xml / area / f"{name}.xml").read_text())), (area, name)


def test_all_were_drawn_from_one_state_at_one_time(ledger, as_xml):
    heads = {(one.get("at"), ledger_.get("size"), ledger_.get("rootHash"))
             for file in as_xml.glob("*/*.xml")
             for root in [ElementTree.parse(file).getroot()]
             for one, ledger_ in [(root.find("r:drawn", NS), root.find("r:ledger", NS))]}
    assert len(heads) == 1
    assert int(next(iter(heads))[1]) == ledger.size()


def test_reports_check(ledger, as_xml):
    checked = done("report", "check", as_xml / "440703" / "joint-inspection.xml", ledger,
                   "--no-verify")
    assert "stand" in checked.out, checked


def test_areas_and_reports_are_chosen(ledger, tmp_path):
    done("report-all", ledger, "--year", YEAR, "--report", "fund-use", "--report", "performance",
         "--area", "440703", "--area", CITY, "--no-verify", "-o", tmp_path / "two")
    assert areas_of(tmp_path / "two") == [CITY, "440703"]
    assert [one.name for one in sorted((tmp_path / "two" / CITY).iterdir())] == [
        "fund-use.html", "performance.html"]
    done("report-all", ledger, "--year", YEAR, "--report", "fund-use", "--down-to", "city",
         "--no-verify", "-o", tmp_path / "city")
    assert areas_of(tmp_path / "city") == ["440000", "440100", "440700"]


def test_a_country_has_provinces_and_cities_above_its_counties(sample_file, tmp_path):
    country = make(tmp_path / "a.db", "000000", sample_file)
    done("report-all", country, "--year", YEAR, "--report", "fund-use", "--down-to", "city",
         "--no-verify", "-o", tmp_path / "all")
    assert areas_of(tmp_path / "all") == [
        "000000", "150000", "150500", "440000", "440100", "440700"]


@pytest.mark.parametrize("form, file", [
    ("csv", "fund-use/overview-overview-money.csv"), ("xlsx", "fund-use.xlsx"), ("pdf", "fund-use.pdf")])
def test_other_formats(ledger, tmp_path, form, file):
    folder = tmp_path / form
    done("report-all", ledger, "--year", YEAR, "--report", "fund-use", "--area", CITY, "--format",
         form, "--no-verify", "-o", folder)
    assert (folder / CITY / file).stat().st_size > 100
    linked = [one for one in Links((folder / "index.html").read_text()).targets if CITY in one]
    assert linked == [f"{CITY}/fund-use" + ("/" if form == "csv" else f".{form}")]


def test_an_earlier_size(ledger, tmp_path):
    size = ledger.size() // 2
    folder = tmp_path / "earlier"
    done("report-all", ledger, "--year", YEAR, "--report", "fund-use", "--report", "performance",
         "--area", "440000", "--size", size, "--format", "xml", "--lang", "en", "--no-verify",
         "-o", folder)
    alone = done("report", "fund-use", ledger, "--year", YEAR, "--size", size, "--format", "xml",
                 "--lang", "en", "--no-verify", "-o", "-").out
    assert without_time((folder / "440000/fund-use.xml").read_text()) == without_time(alone)
    assert f'size="{size}"' in (folder / "index.xml").read_text()


# MARK: the index

def test_index_leads_to_every_report(folder):
    page = (folder / "index.html").read_text()
    links = Links(page)
    reports = [one for one in links.targets if one.count("/") == 1]
    assert sorted(reports) == sorted(
        f"{area}/{name}.html" for area in areas_of(folder) for name in OF_YEAR)
    assert all((folder / urllib.parse.unquote(one)).is_file() for one in reports)
    labels = [label for label in links.labels if label]
    assert len(set(labels)) == len(labels) == len(reports), "each link says where it leads"
    assert "Guangdong Province" in page and "Jiangmen City (440700)" in page
    assert re.search(r"[一-鿿]", re.sub("<style>.*?</style>", "", page, flags=re.S)) is None


def test_index_is_in_the_language_asked_for(ledger, tmp_path):
    done("report-all", ledger, "--year", YEAR, "--report", "fund-use", "--area", CITY, "--no-verify",
         "-o", tmp_path / "zh")
    page = (tmp_path / "zh/index.html").read_text()
    assert '<html lang="zh-Hans">' in page and "广东省2023年度医疗救助报告目录" in page


def test_index_is_valid_and_xsltproc_makes_the_same_page(as_xml, folder, tmp_path):
    subprocess.run(["xmllint", "--noout", "--relaxng", CHECKOUT / "templates/schema/index.rng",
                    as_xml / "index.xml"], check=True)
    made = subprocess.run(["xsltproc", CHECKOUT / "templates/index/html.xsl", as_xml / "index.xml"],
                          check=True, capture_output=True).stdout.decode()
    ours = (folder / "index.html").read_text()
    moment = r"<time.*?</time>"
    assert (re.sub(moment, "", made).replace(".xml", ".html")
            == re.sub(moment, "", ours)), "but for the formats they lead to"


def test_sums_are_of_every_file(folder):
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    told = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    files = {str(one.relative_to(folder)): hashlib.sha256(one.read_bytes()).hexdigest()
             for one in folder.rglob("*") if one.is_file() and one.name != "SHA256SUMS"}
    assert told == files
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=True)


def test_json(ledger, tmp_path):
    out = done("report-all", ledger, "--year", YEAR, "--report", "fund-use", "--area", CITY,
               "--json", "-o", tmp_path / "j").out
    said = json.loads(out)
    assert said["reports"] == [
        {"area": CITY, "report": "fund-use", "file": f"{CITY}/fund-use.html",
         "isBlank": False}]
    assert said["isSound"] is True and said["size"] == ledger.size() and said["year"] == YEAR


# MARK: what goes wrong

def layer(folder, name, query):
    """A city's folder with a section whose query is this."""
    (folder / name / "queries").mkdir(parents=True)
    (folder / name / "queries/broken.sql").write_text(query)
    (folder / name / "report.yaml").write_text(f"""report: {name}
extends: true
sections:
  - id: own
    tables:
      - id: own-table
        query: broken.sql
        group: [line]
        columns:
          - {{id: line, type: text}}
""")
    return folder


def test_a_report_that_fails_is_named_and_the_others_are_drawn(ledger, tmp_path):
    city = layer(tmp_path / "city", "fund-use", "SELECT 1 AS seq, nowhere AS line\n")
    result = aid("report-all", ledger, "--year", YEAR, "--report", "fund-use", "--report",
                 "performance", "--area", CITY, "--lang", "en", "--no-verify", "--templates", city,
                 "-o", tmp_path / "drawn")
    refused(result, COULD_NOT, f"fund-use of {CITY}:", "broken.sql", "nowhere")
    assert "drew 1 of 2 reports" in result.out
    page = (tmp_path / "drawn/index.html").read_text()
    assert "could not be drawn" in page and "no such column: nowhere" in page
    assert [one.name for one in (tmp_path / f"drawn/{CITY}").iterdir()] == ["performance.html"]


def test_a_page_that_fails_leaves_an_index(ledger, tmp_path):
    """The index is drawn by the same stylesheets."""
    (tmp_path / "city/common").mkdir(parents=True)
    (tmp_path / "city/common/html.xsl").write_text(
        """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
           <xsl:template name="letterhead"><script>1</script></xsl:template></xsl:stylesheet>""")
    result = aid("report-all", ledger, "--year", YEAR, "--report", "fund-use", "--area", CITY,
                 "--no-verify", "--templates", tmp_path / "city", "-o", tmp_path / "drawn")
    refused(result, COULD_NOT, f"fund-use of {CITY}", "fetch and run nothing", "without --templates")
    assert "未能生成" in (tmp_path / "drawn/index.html").read_text()


def test_a_program_that_is_missing_is_told_once_and_first(ledger, tmp_path):
    result = aid("report-all", ledger, "--year", YEAR, "--format", "pdf", "-o", tmp_path / "x",
                 env={**os.environ, "PATH": str(tmp_path)})
    refused(result, COULD_NOT, "PDF needs weasyprint or chromium")
    assert not (tmp_path / "x").exists()


def test_areas_given_twice_are_drawn_once(ledger, tmp_path):
    out = done("report-all", ledger, "--year", YEAR, "--report", "fund-use", "--area", CITY,
               "--area", CITY, "--no-verify", "-o", tmp_path / "x").out
    assert out.startswith("drew 1 of 1 report;")


def test_blank_reports_are_told(ledger, tmp_path):
    """Whoever mistakes the year sees it in the index, and not report by report."""
    result = done("report-all", ledger, "--year", 1999, "--report", "fund-use", "--area", CITY,
                  "--no-verify", "--json", "-o", tmp_path / "x")
    assert "1 of them is blank: no record stands behind any figure" in result.err
    assert json.loads(result.out)["reports"][0]["isBlank"] is True
    assert "（无记录）" in (tmp_path / "x/index.html").read_text("utf-8")
    again = done("report-all", ledger, "--year", YEAR, "--report", "fund-use", "--area", CITY,
                 "--no-verify", "-o", tmp_path / "y")
    assert "blank" not in again.err
    assert "（无记录）" not in (tmp_path / "y/index.html").read_text("utf-8")


def test_an_entry_that_is_gone_leaves_the_other_reports(ledger, tmp_path):
    """No report says what set of entries a figure rests on where one of them is not there."""
    copy = ledger.copy_to(tmp_path / "copy")
    seq = copy.value("SELECT max(seq) FROM fund_received WHERE year = ?", YEAR)
    tamper(copy, "DELETE FROM entry WHERE seq = ?", seq)
    result = aid("report-all", copy, "--year", YEAR, "--report", "fund-use", "--report",
                 "early-warning", "--area", "000000", "-o", tmp_path / "drawn")
    refused(result, NO, "NOT SOUND", "fund-use of 000000", f"entry {seq}, which is not there")
    assert (tmp_path / "drawn/000000/early-warning.html").exists()
    assert (tmp_path / "drawn/SHA256SUMS").exists()
    assert "未能生成" in (tmp_path / "drawn/index.html").read_text("utf-8")


def test_a_ledger_that_is_not_sound(ledger, tmp_path):
    copy = ledger.copy_to(tmp_path / "copy")
    tamper(copy, "UPDATE fund_received SET amountFen = amountFen + 1 "
                 "WHERE seq = (SELECT min(seq) FROM fund_received)")
    result = aid("report-all", copy, "--year", YEAR, "--report", "fund-use", "--area", CITY,
                 "--lang", "en", "-o", tmp_path / "drawn")
    refused(result, NO, "NOT SOUND")
    for page in ("index.html", f"{CITY}/fund-use.html"):
        assert 'class="warning" role="alert"' in (tmp_path / "drawn" / page).read_text()


def test_a_ledger_that_is_cut_short_is_not_sound(ledger, tmp_path):
    copy = ledger.copy_to(tmp_path / "copy")
    data = copy.path.read_bytes()
    copy.path.write_bytes(data[:len(data) // 2])
    for command in (["report-all"], ["report", "fund-use"]):
        refused(aid(*command, copy, "--year", YEAR, "-o", tmp_path / command[0]), NO, "NOT SOUND")


@pytest.mark.parametrize("option, value, text", [
    ("--report", "nope", "nope is no report of a year; those are: early-warning, fund-use"),
    ("--report", "case-dossier", "case-dossier is no report of a year"),
    ("--area", "4407", "six digits"),
    ("--size", "0", "--size cannot be 0"),
    ("--down-to", "village", "county"),
    ("--pdf-engine", "chromium", "--format pdf"),
    ("--year", "20", "1900"),
    ("-o", "-", "writes a folder"),
])
def test_what_is_asked_wrong_writes_nothing(ledger, tmp_path, option, value, text):
    given = {"--year": YEAR, option: value}
    words = [word for pair in given.items() for word in pair]
    output = [] if option == "-o" else ["-o", tmp_path / "x"]
    refused(aid("report-all", ledger, *words, *output), BAD_INPUT, text)
    assert not (tmp_path / "x").exists()


def test_a_folder_that_holds_something_is_left_alone(ledger, folder, tmp_path):
    before = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    refused(aid("report-all", ledger, "--year", YEAR, "-o", folder), BAD_INPUT, "no empty folder")
    assert before == {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    (tmp_path / "file").write_text("mine")
    refused(aid("report-all", ledger, "--year", YEAR, "-o", tmp_path / "file"), BAD_INPUT,
            "no empty folder")


def test_an_area_without_a_name_is_said(ledger, tmp_path):
    result = aid("report-all", ledger, "--year", YEAR, "--report", "fund-use", "--area", "449998",
                 "--no-verify", "-o", tmp_path / "x")
    assert result.status == FINE and "no area 449998" in result.err
