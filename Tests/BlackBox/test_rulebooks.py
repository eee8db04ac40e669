"""The rulebooks say what their documents say, and nothing that the schema would not admit."""

import copy
import csv
import json
import re

import jsonschema
import pytest
import yaml
from rulebooks import (DOCUMENTS, POLICIES, ROOT, StrictLoader, bare, clauses, rulebooks,
                       used_here, words_of)

SCHEMA = json.loads((ROOT / "ledger/schema/rulebook.schema.json").read_text("utf-8"))
CODES = yaml.load((ROOT / "ledger/kinds/codes.yaml").read_text("utf-8"), StrictLoader)
PAGES = [(POLICIES / name).read_text("utf-8") for name in ("README.md", "README.zh-Hans.md")]
BOOKS = rulebooks()
RULES = {"G": 32, "J": 14, "L": 23, "P": 22, "T": 46}

each_page = pytest.mark.parametrize("page", PAGES, ids=["en", "zh-Hans"])
each_book = pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS.keys())
needs_documents = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="no policy documents here")


def faults(book):
    validator = jsonschema.Draft202012Validator(
        SCHEMA, format_checker=jsonschema.FormatChecker(formats=["date"]))
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:300]}"
            for fault in validator.iter_errors(book)]


# The schema

def test_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("codes", [
    "category", "scheme", "visit-type", "fund", "fund-source", "account", "department",
    "fund-purpose", "parameter-name", "entitlement"])
def test_schema_has_the_codes(codes):
    assert SCHEMA["$defs"][codes]["enum"] == list(CODES[codes])


def test_schema_has_the_types_of_referral():
    types = SCHEMA["$defs"]["wholeSettlement"]["properties"]["referral"]["properties"]["type"]
    assert types["enum"] == list(CODES["referral-type"])


def test_schema_has_the_choices_of_a_parameter():
    def choices(value):
        if isinstance(value, list):
            return [code for item in value for code in choices(item)]
        if not isinstance(value, dict):
            return []
        here = value.get("enum", []) if isinstance(value.get("enum"), list) else []
        return here + [code for member in value.values() for code in choices(member)]

    places = ["attribution", "deductiblePeriod", "mode", "offset", "secondAid", "tilt", "referral"]
    named = {code for place in places for code in choices(SCHEMA["$defs"][place])}
    known = set(CODES["parameter-value"]) | set(CODES["parameter-name"])
    assert named <= known


def test_schema_has_the_natures_of_the_page():
    for page in PAGES:
        line = re.search(r"^ *# nature: (.*)$", page, re.M)
        assert SCHEMA["$defs"]["nature"]["enum"] == line[1].split()


@each_page
def test_schema_has_the_topics_of_the_page(page):
    rows = re.findall(r"^\| (`[a-z-]+`(?:(?:, |、)`[a-z-]+`)*) \|", page[page.index("### "):], re.M)
    named = set(re.findall(r"`([a-z-]+)`", " ".join(rows)))
    verdicts = {"exact", "within", "under", "below-floor", "over", "in-breach", "excused",
                "cannot-be-judged"}
    assert sorted(named - verdicts) == SCHEMA["$defs"]["topic"]["enum"]


def test_example_of_the_page_is_a_rulebook():
    examples = [yaml.load(re.search(r"```yaml\n(.*?)```", page, re.S)[1], StrictLoader)
                for page in PAGES]
    assert faults(examples[0]) == []
    assert examples[0] == examples[1]


def test_no_definition_is_idle():
    text = json.dumps(SCHEMA)
    assert [name for name in SCHEMA["$defs"] if f'"#/$defs/{name}"' not in text] == []


# The rulebooks

@each_book
def test_rulebook_is_valid(book):
    assert faults(book) == []


def test_each_is_called_as_its_file():
    assert [book["rulebook"] for book in BOOKS.values()] == list(BOOKS)


def test_every_rule_stands_once():
    rules = [rule for book in BOOKS.values() for rule in book["rules"]]
    expected = [f"{letter}{n:02}" for letter, count in RULES.items() for n in range(1, count + 1)]
    assert sorted(rules) == expected and len(expected) == 137


@each_book
def test_every_rule_is_used(book):
    assert [rule for rule in book["rules"] if rule not in used_here(book)] == []


@each_book
def test_every_rule_that_is_used_is_declared(book):
    assert [rule for rule in used_here(book) if rule not in book["rules"]] == []


@each_book
def test_displaced_rules_are_rules_of_earlier_documents(book):
    for rule in (rule for item in book.get("displaces", []) for rule in item["rules"]):
        owners = [other for other in BOOKS.values() if rule in other["rules"]]
        assert owners and owners[0]["issuedOn"] < book["issuedOn"], rule


def test_only_what_is_inconsistent_is_displaced():
    displaced = {rule for item in BOOKS["guangdong-2022"]["displaces"] for rule in item["rules"]}
    assert displaced == {"G03", "G08", "G27", "G29"}
    assert [name for name, book in BOOKS.items() if "displaces" in book] == ["guangdong-2022"]


# What they say is in the documents

@needs_documents
@each_book
def test_every_quote_stands_in_the_document(book):
    document = bare((DOCUMENTS / f"{book['rulebook']}.txt").read_text("utf-8"))
    quotes = [rule["quote"] for rule in book["rules"].values()]
    quotes += [clause["quote"] for clause in clauses(book) if "quote" in clause]
    assert [quote for quote in quotes if bare(quote) not in document] == []


@needs_documents
@each_book
def test_rules_stand_in_the_order_of_the_document(book):
    document = bare((DOCUMENTS / f"{book['rulebook']}.txt").read_text("utf-8"))
    places = [document.find(bare(rule["quote"])) for rule in book["rules"].values()]
    assert places == sorted(places)


@needs_documents
def test_rules_are_those_that_were_read():
    with open(DOCUMENTS / "rules.tsv", encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(read) == 137
    for row in read:
        rule = BOOKS[row["document"]]["rules"][row["id"]]
        assert rule["nature"] == row["nature"].replace(" ", "-"), row["id"]
        assert bare(row["quote"]) in bare(rule["quote"]), row["id"]


@each_book
def test_whoever_declares_a_number_or_day_quotes_it(book):
    """Every figure of a provision stands in the words that the provision rests on."""
    missing = []
    for clause in clauses(book):
        for member, value in figures(clause):
            words = words_of(book, clause)
            if not any(re.search(rf"(?<![0-9.]){re.escape(spelling)}", words)
                       for spelling in spellings(member, value, book)):
                missing.append((clause["rule"], member, value))
    assert missing == []


def figures(value):
    """The figures of a clause, without those of clauses inside it."""
    for name, member in value.items():
        if isinstance(member, dict) and "rule" not in member:
            yield from figures(member)
        elif name == "levels":
            yield from (("level", level) for level in member)
        elif name in FIGURES or name in ("from", "to", "by", "amount"):
            yield name, member


FIGURES = {"basisPoints", "atLeast", "atMost", "fen", "aboveFen", "premiumShare", "ratio", "add",
           "deductibleTimes", "fundShare", "dayOfMonth", "workingDays", "days", "months"}


def spellings(member, value, book):
    """How a document may write a figure."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        year, month, day = (int(part) for part in value.split("-"))
        yield f"{year}年{month}月{day}日"
        if (month, day) == (12, 31):
            yield f"{year}年底前"
        if (month, day) == (1, 1):
            yield f"自{year}年起"
        if member == "by":
            yield f"{year}年{month}月底前"
        if value == book.get("issuedOn"):
            yield "自印发之日起"
    elif value == "full":
        yield "全额"
    elif not isinstance(value, int):
        yield ""
    elif member in ("fen", "aboveFen"):
        yield from (f"{value / 100:g}元", f"{value / 1_000_000:g}万元")
    elif member in ("dayOfMonth", "workingDays", "days"):
        yield {"dayOfMonth": "每月{}日前", "workingDays": "{}个工作日", "days": "{}日"}[member] \
            .format(value)
    elif member == "level":
        yield f"{'〇一二三'[value:value + 1]}级"
    elif member == "months":
        yield from {1: ("1个月", "每月", "按月"), 12: ("每年",)}.get(value, (f"{value}个月",))
    elif member == "add":
        yield from (f"提高{value // 100}个百分点", f"提高{value // 100}%")
    elif value == 10_000:
        yield from ("100%", "全额", *(["超过", "低于"] if member == "basisPoints" else []))
    elif value > 10_000:
        yield f"{value / 10_000:g}倍"
    else:
        yield from (f"{value / 100:g}%", f"{value / 1000:g}折")
        if value in (2000, 8000):
            yield "2:8"


WORDS = {
    "tekun": "特困", "orphan": "孤儿", "dibao": "低保对象|最低生活保障", "dibao-edge": "低保边缘",
    "poverty-prone": "易返贫致贫", "poverty-returned": "(?<!易)返贫致贫", "illness-poverty": "因病致贫",
    "expenditure-poverty": "支出型困难", "registered-poor": "建档立卡", "low-income-elderly": "老年人",
    "low-income-minor": "未成年人", "low-income-disabled": "残疾人", "low-income-ill": "重病患者",
    "low-income-mental": "精神障碍患者", "laid-off-1960s": "精减退职", "mental-dangerous": "肇事肇祸",
    "other-hardship": "其他特殊困难人员", "targeted-poverty": "精准扶贫", "low-income": "低收入救助对象",
    "mental-hardship": "家庭经济困难的精神障碍患者",
}


@each_book
def test_whom_a_figure_is_for_is_named_with_it(book):
    """A provision that lays something down quotes the persons whom it names."""
    parts = [book.get(name, {}) for name in ("subsidies", "aid", "layers")]
    for clause in clauses(parts, top=False):
        lays_down = clause.get("none") or clause.get("amount") == "full" or any(figures(clause))
        if not lays_down or clause.get("amount") == {"parameter": "subsidy-standard"}:
            continue
        for category in clause.get("categories", []):
            assert re.search(WORDS[category], words_of(book, clause)), (clause["rule"], category)


def test_the_adoption_gives_the_day_where_the_document_does_not():
    silent = {name for name, book in BOOKS.items() if "from" not in book["inForce"][0]}
    assert silent == {"guangdong-2017", "guangdong-2022"}


CATEGORIES = {
    "guangdong-2017": set(CODES["category"]),
    "guangdong-2022": set(CODES["category"]),
    "jiangmen-2019": {"targeted-poverty"},
    "liupanshui-2017": {
        "tekun", "laid-off-1960s", "mental-hardship", "mental-dangerous", "dibao",
        "low-income-elderly", "low-income-minor", "low-income-disabled", "low-income-ill",
        "low-income-mental", "registered-poor", "other-hardship"},
    "tongliao-2022": {
        "tekun", "orphan", "dibao", "dibao-edge", "poverty-prone", "poverty-returned",
        "illness-poverty", "other-hardship"},
}
ON_APPLICATION = {
    "guangdong-2017": {"illness-poverty"},
    "guangdong-2022": {"illness-poverty"},
    # The sentence lets two groups be aided directly; whoever else is aided applies.
    "tongliao-2022": {
        "dibao-edge", "poverty-prone", "illness-poverty", "orphan", "poverty-returned",
        "other-hardship"},
}


@each_book
def test_categories_are_those_that_the_document_names(book):
    """Both Guangdong documents end their list with 等, so there every category may stand."""
    name, rows = book["rulebook"], book["categories"]
    assert {row["category"] for row in rows} == CATEGORIES[name]
    assert len(rows) == len(CATEGORIES[name])
    on_application = {row["category"] for row in rows if row.get("onApplication")}
    assert on_application == ON_APPLICATION.get(name, set())
    for row in rows:
        words = words_of(book, row)
        assert words in ("等困难群众", "已认定为特困人员、低保对象的，直接获得医疗救助") or re.search(WORDS[row["category"]], words), row["category"]


def test_only_liupanshui_says_who_certifies():
    said = {name: {row["category"]: row["certifiedBy"] for row in book["categories"]
                   if "certifiedBy" in row} for name, book in BOOKS.items()}
    certifiers = said.pop("liupanshui-2017")
    assert not any(said.values())
    assert certifiers.pop("registered-poor") == ["poverty-relief"]
    other = certifiers.pop("other-hardship")
    assert "county-government" in other and "township" not in other
    assert set(map(tuple, certifiers.values())) == {("civil-affairs",)} and len(certifiers) == 10


CARE = {
    "inpatient": "住院", "outpatient": "门诊", "chronic-outpatient": "门诊|慢性病",
    "special-outpatient": "特定病种门诊|特殊病种|门诊", "pharmacy": "药店",
}


@each_book
def test_visits_are_those_of_the_words(book):
    parts = [book["provisions"], book.get("aid", {}).get("scope", []), book.get("layers", {})]
    missing = [(clause["rule"], visit)
               for clause in clauses(parts, top=False) for visit in clause.get("visits", [])
               if not re.search(CARE[visit], words_of(book, clause))]
    assert missing == []


@each_book
def test_what_is_left_to_the_locality_is_a_parameter(book):
    """Nobody is held to a figure under a clause that lays down none."""
    laid_down = [(clause["rule"], *figure) for clause in clauses(book)
                 if book["rules"][clause["rule"]]["nature"] == "left-to-the-locality"
                 for figure in figures(clause) if not isinstance(figure[1], dict)]
    assert laid_down == []


NAMES = {
    "civil-affairs": "民政", "finance": "财政", "human-resources": "人力资源社会保障",
    "medical-security": "医疗保障部门", "health": "卫生", "insurance-regulator": "保险监管",
    "poverty-relief": "扶贫|乡村振兴", "disabled-federation": "残联",
    "social-insurance-agency": "社会保险经办机构",
    "medical-aid": "医疗救助(基金|资金)", "social-undertakings": "社会事业资金",
    "county-budget": "县财政资金|政府", "targeted-poverty": "精准扶贫资金",
    "medical-aid-treasury-account": "医疗救助基金财政专户",
    "social-security-special-account": "社保(基金|资金)专户",
    "medical-aid-subaccount": "城乡医疗救助基金专帐",
    "resident-insurance-subaccount": "城乡居民基本医疗保险专帐",
    "agency-income-account": "经办机构基金收入户", "targeted-poverty-account": "单独建账",
    "hospital": "医疗机构", "person": "救助对象",
    "city": "市", "county": "旗|市、区", "province": "省",
}


@each_book
def test_departments_funds_and_accounts_are_named_in_the_words(book):
    missing = []
    for clause in clauses([book.get("subsidies", []), book["provisions"]], top=False):
        words = words_of(book, clause)
        if "fundRule" in clause:
            words += bare(book["rules"][clause["fundRule"]]["quote"])
        for member in ("departments", "funds", "sources", "fromAccounts", "toAccounts"):
            missing += [(clause["rule"], name) for name in clause.get(member, [])
                        if not re.search(NAMES[name], words)]
    assert missing == []


# What the schema refuses

def edited(edit, name="tongliao-2022"):
    book = copy.deepcopy(BOOKS[name])
    edit(book)
    return book


FAULTY = {
    "an unknown member": lambda b: b.update(rulez={}),
    "no area": lambda b: b.pop("area"),
    "an area that is a number": lambda b: b.update(area=150500),
    "no title in English": lambda b: b["title"].pop("en"),
    "a day that does not exist": lambda b: b["inForce"][0].update({"from": "2023-02-30"}),
    "a period with an end only": lambda b: b.update(inForce=[{"to": "2023-12-31", "rule": "T01"}]),
    "an unknown nature": lambda b: b["rules"]["T18"].update(nature="strict"),
    "a rule without words": lambda b: b["rules"]["T18"].pop("quote"),
    "a rule's id in lower case": lambda b: b["rules"].update(t99=b["rules"]["T18"]),
    "an unknown category": lambda b: b["categories"][0].update(category="poor"),
    "no rule for a category": lambda b: b["categories"][0].pop("rule"),
    "an unknown department": lambda b: b["categories"][0].update(certifiedBy=["police"]),
    "an unknown fund": lambda b: b["subsidies"][0].update(funds=["petty-cash"]),
    "an amount in yuan": lambda b: b["aid"]["cap"][1].update(fen=130000.5),
    "a ratio above the whole": lambda b: b["aid"]["ratio"][0].update(basisPoints=10001),
    "a ratio as text": lambda b: b["aid"]["ratio"][0].update(basisPoints="100%"),
    "a ratio both fixed and left open": lambda b: b["aid"]["ratio"][0].update(parameter="aid-ratio"),
    "another matter's parameter": lambda b: b["aid"]["ratio"][1].update(parameter="annual-cap"),
    "a floor without a parameter": lambda b: b["aid"]["ratio"][0].update(atLeast=7000),
    "a deductible that is none and some": lambda b: b["aid"]["deductible"][0].update(fen=100),
    "a deductible without a period": lambda b: b["aid"]["deductible"][1].pop("period"),
    "aid without a cap": lambda b: b["aid"].pop("cap"),
    "a misspelt selector": lambda b: b["aid"]["ratio"][0].update(category="tekun"),
    "an unknown type of visit": lambda b: b["aid"]["scope"][0].update(visits=["dental"]),
    "an empty selector": lambda b: b["aid"]["scope"][0].update(visits=[]),
    "a level of institution that is not": lambda b: b["provisions"][0].update(levels=[4]),
    "an unknown topic": lambda b: b["provisions"][0].update(topic="income"),
    "an unknown account": lambda b: b["provisions"][0].update(toAccounts=["safe"]),
    "a day of the month that is not": lambda b: b["provisions"][0].update(dayOfMonth=32),
    "tilt aid without a clause": lambda b: b["tilt"].pop("rule"),
    "two ways to change a deductible": lambda b: b["layers"]["majorIllness"][0].update(
        deductible="none"),
    "displacing without a reason": lambda b: b.update(displaces=[{"rules": ["G03"], "by": "T01"}]),
}


@pytest.mark.parametrize("edit", FAULTY.values(), ids=FAULTY.keys())
def test_schema_refuses(edit):
    assert len(faults(edited(edit))) >= 1


@pytest.mark.parametrize("member", ["fundShare", "rounding", "rule"])
def test_schema_refuses_a_split_without(member):
    assert faults(edited(lambda b: b["wholeSettlement"]["ownExpense"].pop(member), "jiangmen-2019"))
