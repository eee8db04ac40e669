"""Every sentence has one place, `templates/l10n/`: what stylesheets ask for is there, nothing else
is, and neither stylesheets nor queries speak themselves."""

import collections
import re
import xml.etree.ElementTree as ElementTree

import pytest
import yaml

from harness import CHECKOUT

TEMPLATES = CHECKOUT / "templates"
XSL = "{http://www.w3.org/1999/XSL/Transform}"
M = "{urn:aidledger:messages:1}"
LANGUAGES = sorted(file.stem for file in (TEMPLATES / "l10n").glob("*.xml"))
REPORTS = sorted(file.parent.name for file in TEMPLATES.glob("*/report.yaml"))
# The page that leads to reports is drawn like one, and has no questions of its own.
INDEX = {"sections": [{"id": "reports"}, {"id": "ledger"}]}
DOCUMENTS = [*REPORTS, "index"]
STYLESHEETS = sorted(TEMPLATES.glob("*/*.xsl"))
HAN = r"\u3400-\u9fff\uf900-\ufaff"
SENTENCE = re.compile(rf"[{HAN}]|[A-Za-z]{{2,}}[,;:]? [A-Za-z]{{2,}}")
WORD = re.compile(rf"[A-Za-z{HAN}]")


def messages(language):
    return list(ElementTree.parse(TEMPLATES / f"l10n/{language}.xml").getroot())


def identifiers(language):
    return {one.get("id") for one in messages(language)}


def placeholders(message):
    return sorted(one.get("of") for one in message.iter(f"{M}value"))


# MARK: what is asked for

# Templates that look a message up by the parameter `id`, `or`, and those that pass theirs on.
ASKING = {"message", "message-cell", "masthead-line", "named-particular", "indicator-note"}
# What the stylesheets put into ids that are made of parts. `None` is not looked up by id.
PARTS = {
    "annex.*": ["previous", "next"],
    "check.*": ["bytes", "chain", "tree", "checkpoints", "read-model", "verdicts", "guards",
                "vault", "resolutions"],
    "checkpoint.*": ["none", "older", "present"],
    "ledger.checkpoint.*": ["none", "older", "present"],
    "drawing.*": ["network", "timeline"],
    "matter.*": ["account", "case", "institution", "operator", "person"],
    "problem.*": ["entries", "chain", "tree", "checkpoints", "read-model", "verdicts", "guards",
                  "vault", "resolutions", "format"],
    "outcome.*": ["broken", "not-checked", "sound"],
    "verification.*": ["broken", "not-verified", "sound"],
    "unit.*": ["wan"],
}
# Ids that hang on what a report consists of: `of_report` says which they are.
OF_REPORT = {
    "section.*", "section.*.text", "table.*", "table.*.note", "table.*.empty", "table.*.form",
    "table.*.mark", "table.*.blanks", "chart.*", "table.*.column.*", "column.*", "table.*.line.*", "line.*",
}
OF_INDICATORS = {
    "grade.*", "indicators.*", "indicators.*.text", "indicators.*.note", "indicators.column.*",
    "indicators.rule.*", "indicators.state.*",
}


def imported(path):
    """A stylesheet and those that it imports."""
    found = {path}
    for one in ElementTree.parse(path).getroot().iter(f"{XSL}import", ):
        found |= imported((path.parent / one.get("href")).resolve())
    return found


def pattern(expression):
    """An id with a star for each part that only drawing knows."""
    inner = re.fullmatch(r"concat\((.*)\)", expression)
    parts = re.findall(r"'[^']*'|[^',]+(?:\([^)]*\))?", inner[1] if inner else expression)
    return "".join(part[1:-1] if part.startswith("'") else "*" for part in map(str.strip, parts)
                   if part)


def asked(path):
    """The ids that a stylesheet asks for, as patterns."""
    root = ElementTree.parse(path).getroot()
    for call in root.iter(f"{XSL}call-template"):
        for parameter in call.findall(f"{XSL}with-param"):
            if parameter.get("name") in ("id", "or") and call.get("name") in ASKING:
                yield pattern(parameter.get("select"))
    for one in root.iter():
        for expression in re.findall(r"m:message\[@id = (concat\([^\]]*\)|'[^']*')\]",
                                     " ".join(one.attrib.values())):
            if "$report/@name" not in expression and expression != "$id":
                yield pattern(re.sub(r"current\(\)/\.\./@id", "@id", expression))


def values_of(path, name):
    """The literals that a stylesheet gives for a parameter."""
    for one in ElementTree.parse(path).getroot().iter(f"{XSL}with-param"):
        literal = re.fullmatch(r"'([^']*)'", one.get("select", ""))
        if one.get("name") == name and literal:
            yield literal[1]


def of_report(definition):
    """For each message that a report's parts need: the ids that it may have, and whether it must be
    there."""
    for section in definition["sections"]:
        yield [f"section.{section['id']}"], True
        yield [f"section.{section['id']}.text"], False
        for table in section.get("tables", []):
            name = f"table.{table['id']}"
            yield [name], True
            yield [f"{name}.note"], False
            yield [f"{name}.empty", "table.empty"], True
            if table.get("forms"):
                yield [f"{name}.form"], True
                yield [f"{name}.blanks"], False
            if "chart" in table:
                yield [f"chart.{table['id']}"], False
            if "mark" in table.get("chart", {}):
                yield [f"{name}.mark"], True
            for column in table["columns"]:
                yield [f"{name}.column.{column['id']}", f"column.{column['id']}"], True
                for line in column.get("lines", []):
                    yield [f"{name}.line.{line}", f"line.{line}"], True


def of_indicators(report, tree):
    sheet = TEMPLATES / "common/indicators.xsl"
    for grade in tree["grades"]:
        yield [f"grade.{grade['id']}"], True
    for group in tree["groups"]:
        yield [f"indicators.{group['id']}.note"], False
        for indicator in (one for part in group["groups"] for one in part["indicators"]):
            if indicator["score"] != "blank":
                yield [f"indicators.rule.{indicator['score']}"], True
    for state in ("blank", "no-data", "no-target"):
        yield [f"indicators.state.{state}"], True
    for column in values_of(sheet, "column"):
        yield [f"indicators.column.{column}"], True
    for line in (one for one in values_of(sheet, "id") if "." not in one and one in (
            "measured", "score", "open")):
        yield [f"indicators.{line}"], True
        yield [f"indicators.{line}.text"], True


def needs(report):
    """What a report asks for, in all its formats."""
    folder = TEMPLATES / report
    definition = (INDEX if report == "index"
                  else yaml.safe_load((folder / "report.yaml").read_text("utf-8")))
    sheets = set()
    for form in ["html"] if report == "index" else ("html", "csv", "workbook"):
        own = folder / f"{form}.xsl"
        sheets |= imported((own if own.exists() else TEMPLATES / f"common/{form}.xsl").resolve())
    yield ["title"], True
    yield from of_report(definition)
    for section in definition["sections"]:
        if "indicators" in section:
            tree = (folder / section["indicators"]).read_text("utf-8")
            yield from of_indicators(report, yaml.safe_load(tree))
    for sheet in sheets:
        for identifier in asked(sheet):
            if identifier in PARTS:
                yield from (([identifier.replace("*", part)], True) for part in PARTS[identifier])
            elif "*" not in identifier and identifier != "table.empty":
                yield [identifier], identifier != "numerals"


def found(report, choices, catalogue):
    """Which of them is taken: `common/messages.xsl`."""
    for choice in choices:
        for identifier in (f"{report}.{choice}", choice):
            if identifier in catalogue:
                return identifier
    return None


@pytest.mark.parametrize("path", STYLESHEETS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_ids_that_stylesheets_compose_are_known_here(path):
    composed = {one for one in asked(path) if "*" in one} - {"*"}
    assert composed <= set(PARTS) | OF_REPORT | OF_INDICATORS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", DOCUMENTS)
def test_no_message_is_missing(report, language):
    catalogue = identifiers(language)
    missing = [choices for choices, must in needs(report)
               if must and not found(report, choices, catalogue)]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_unused(language):
    catalogue = identifiers(language)
    used = {found(report, choices, catalogue) for report in DOCUMENTS
            for choices, _ in needs(report)}
    assert sorted(catalogue - used) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_stand_once(language):
    counts = collections.Counter(one.get("id") for one in messages(language))
    assert [one for one, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_say_something(language):
    # English puts nothing after the number of pages.
    for one in messages(language):
        assert ("".join(one.itertext()).strip() or one.find(f"{M}value") is not None
                or one.get("id") == "page.after"), one.get("id")


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_has_the_messages_of_the_first(language):
    first = {one.get("id"): one for one in messages(LANGUAGES[0])}
    other = {one.get("id"): one for one in messages(language)}
    # A language without numerals of its own counts 1, 2, 3.
    assert set(first) ^ set(other) <= {"numerals"}
    for name in set(first) & set(other) - {"numerals"}:
        one, two = first[name], other[name]
        assert set(placeholders(one)) == set(placeholders(two)), name
        assert len(one.findall(f"{M}item")) == len(two.findall(f"{M}item")), name


def test_placeholders_are_parameters():
    known = {"text", "year", "area", "areaName", "fromDate", "fromText", "toDate", "toText"}
    for language in LANGUAGES:
        for one in messages(language):
            assert set(placeholders(one)) <= known, one.get("id")


# MARK: who must not speak

def silent(path):
    """Texts of a stylesheet that reach a reader: not what it says when it stops, nor style."""
    spoken = {"title", "alt", "aria-label", "summary", "placeholder", "text", "name"}

    def walk(element, role):
        if element.tag == f"{XSL}message" or element.get("name") == "page-margins":
            return
        if element.tag in (f"{XSL}attribute", f"{XSL}variable", f"{XSL}param", f"{XSL}with-param"):
            role = ("spoken" if element.tag == f"{XSL}attribute" and element.get("name") in spoken
                    else "value")
        for part in [element.text, *(child.tail for child in element)]:
            if part and part.strip():
                yield role, part.strip()
        for name, value in element.attrib.items():
            if element.tag.startswith(XSL):
                for literal in re.findall(r"'([^']*)'", value):
                    yield "literal", literal
            elif name in spoken - {"name"}:
                yield "spoken", re.sub(r"\{[^{}]*\}", "", value)
        for child in element:
            yield from walk(child, role)

    return walk(ElementTree.parse(path).getroot(), "spoken")


@pytest.mark.parametrize("path", STYLESHEETS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_stylesheets_say_nothing(path):
    # A hash's name is the same in every language, and so are colours, classes and faces.
    for role, text in silent(path):
        if role == "spoken" and not re.fullmatch("SHA-256|wide|#[0-9a-f]{3,6}", text):
            assert not WORD.search(text), text
        elif not re.search(r"sans-serif|^dense indicators$", text):
            assert not SENTENCE.search(text), text


# What records say is compared with these, which no reader is shown.
COMPARED = {"common/queries/acts.sql"}


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*/queries/*.sql")),
                         ids=lambda path: f"{path.parent.parent.name}/{path.name}")
def test_queries_say_nothing(path):
    text = re.sub(r"--[^\n]*", "", path.read_text("utf-8"))
    spoken = [one for one in re.findall(r"'((?:[^']|'')*)'", text) if SENTENCE.search(one)]
    assert bool(spoken) == (str(path.relative_to(TEMPLATES)) in COMPARED)
