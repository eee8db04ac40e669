"""`benford` on CSV files: its statistics against numpy's and scipy's, and what it says of files
that are too small, spoilt, or no such files."""
import json
import math
import random
from decimal import Decimal

import pytest

from harness import BAD_INPUT, COULD_NOT, FINE, aid, done, refused

PAIRS = range(10, 100)
EXPECTED = [math.log10(1 + 1 / pair) for pair in PAIRS]


def amounts(count, seed=1, heap=0):
    """Fen over five decades, and a heap of them just below 5,000 yuan."""
    chance = random.Random(seed)
    fen = [int(10 ** chance.uniform(2, 7)) for _ in range(count - heap)]
    return fen + [chance.randrange(490_000, 500_000) for _ in range(heap)]


def yuan(fen):
    return f"{Decimal(fen) / 100:.2f}"


def write(path, rows, header="总费用", encoding="utf-8"):
    path.write_bytes("\n".join([header, *rows, ""]).encode(encoding))
    return path


def benford(file, *options, column="总费用"):
    return json.loads(done("benford", file, "--column", column, "--json", *options).out)


def near(share=1e-9):
    return lambda value: pytest.approx(value, rel=share)


# MARK: statistics

@pytest.fixture(scope="module")
def heaped():
    return amounts(12_000, heap=300)


@pytest.fixture(scope="module")
def heaped_file(heaped, tmp_path_factory):
    return write(tmp_path_factory.mktemp("benford") / "bills.csv", map(yuan, heaped))


def test_statistics_are_those_of_scipy(heaped, heaped_file):
    numpy = pytest.importorskip("numpy")
    stats = pytest.importorskip("scipy.stats")
    counts = numpy.array([sum(str(fen)[:2] == str(pair) for fen in heaped) for pair in PAIRS])
    shares, expected = counts / len(heaped), numpy.array(EXPECTED)
    chi_square, probability = stats.chisquare(counts, expected * len(heaped))

    answer = benford(heaped_file, "--all")
    assert (answer["rows"], answer["amounts"], answer["leftOut"]) == (12_000, 12_000, [])
    group, = answer["groups"]
    assert [digit["digits"] for digit in group["digits"]] == list(PAIRS)
    assert [digit["count"] for digit in group["digits"]] == counts.tolist()
    assert group["meanAbsoluteDeviation"] == near()(numpy.abs(shares - expected).mean())
    assert group["chiSquare"] == near()(chi_square)
    assert group["probability"] == near(1e-7)(probability)
    assert group["degreesOfFreedom"] == 89
    difference = numpy.abs(shares - expected) - 1 / (2 * len(heaped))
    z = difference / numpy.sqrt(expected * (1 - expected) / len(heaped))
    for digit, value, share in zip(group["digits"], z, shares):
        if value > 0:
            assert abs(digit["z"]) == near()(value)
        assert digit["share"] == near()(share)
        assert digit["isNoticeable"] == (abs(digit["z"]) > 1.96)


def test_the_heap_sticks_out_most(heaped_file):
    group, = benford(heaped_file)["groups"]
    assert group["isConclusive"]
    assert group["digits"][0]["digits"] == 49
    assert all(abs(digit["z"]) > 1.96 for digit in group["digits"])
    assert group["probability"] < 1e-20


@pytest.mark.parametrize(("language", "words"), [
    ("en", ["12,000 amounts examined", "Mean absolute deviation 0.00", "degrees of freedom 89",
            "p < 0.0001", "proves nothing", " 49  ", "The mean hides single digits"]),
    ("zh-Hans", ["检验 12,000 个金额", "平均绝对偏差 0.00", "自由度 89", "不证明任何事",
                 "平均值会掩盖个别数字"]),
])
def test_text_says_it_in_both_languages(heaped_file, language, words):
    text = done("benford", heaped_file, "--column", "总费用", "--lang", language).out
    assert [word for word in words if word not in text] == []


def test_amounts_that_follow_the_law_do_so_whatever_their_number(tmp_path):
    """Of 1,000 the deviation is about 0.0025 by chance alone: the class must not be taken for a
    finding, and the text says so."""
    file = write(tmp_path / "few.csv", map(yuan, amounts(1_000, seed=5)))
    group, = benford(file)["groups"]
    assert group["conformity"] == "nonconforming" and group["probability"] > 0.01
    assert 0.0022 < group["meanAbsoluteDeviationByChance"] < 0.0027
    text = done("benford", file, "--column", "总费用", "--lang", "en").out
    assert "the class says little here: go by the p value of chi-square" in text
    many = write(tmp_path / "many.csv", map(yuan, amounts(60_000, seed=5)))
    group, = benford(many)["groups"]
    assert group["conformity"] == "close" and group["probability"] > 0.01


def test_fewer_than_a_thousand_conclude_nothing(tmp_path):
    file = write(tmp_path / "few.csv", map(yuan, amounts(999)))
    group, = benford(file)["groups"]
    assert (group["isConclusive"], group["conformity"]) == (False, None)
    text = done("benford", file, "--column", "总费用", "--lang", "en").out
    assert "Too few to conclude anything: 999 amounts" in text and "conformity" not in text
    assert "样本太少，不能下结论" in done("benford", file, "--column", "总费用").out


def test_groups_are_examined_each_for_itself(tmp_path):
    rows = [f"{yuan(fen)},甲医院" for fen in amounts(3_000, seed=2)]
    rows += [f"{yuan(fen)},乙医院" for fen in amounts(3_000, seed=3, heap=600)]
    rows += [f"{yuan(fen)}," for fen in amounts(40, seed=4)]
    random.Random(9).shuffle(rows)
    file = write(tmp_path / "groups.csv", rows, header="总费用,医院")
    groups = benford(file, "--group", "医院")["groups"]
    assert [(group["group"], group["amounts"]) for group in groups] == [
        ("乙医院", 3_000), ("甲医院", 3_000), ("", 40)]
    alone = write(tmp_path / "alone.csv", [row[:row.index(",")] for row in rows if "甲" in row])
    single, = benford(alone)["groups"]
    assert {**groups[1], "group": None} == single
    text = done("benford", file, "--column", "总费用", "--group", "医院", "--lang", "en").out
    assert "too few to conclude anything: 1 (--all)" in text and "(empty)" not in text
    assert "(empty)" in done("benford", file, "--column", "总费用", "--group", "医院", "--all",
                             "--lang", "en").out


# MARK: what is read, and what is left out

CELLS = [
    ("", "empty"), ("0.00", "zero"), ("-0.00", "zero"), ("-12.30", "negative"),
    ("-0.001", "negative"), ("-99999999999999999999", "negative"), ("0.09", "below-ten-fen"),
    ("12.345", "fraction-of-a-fen"), ("99999999999999999999", "too-great"),
    ("90071992547409.92", "too-great"), ("合计", "not-a-number"), ("1.2E+5", "not-a-number"),
    ("12,34", "not-a-number"), ("12.", "not-a-number"), ("NaN", "not-a-number"),
]


def test_rows_left_out_are_counted_by_reason_with_the_first_line(tmp_path):
    good = [yuan(fen) for fen in amounts(20)]
    rows = good + [f'"{cell}",x' for cell, _ in CELLS + CELLS]
    rows[:20] = [f"{cell},x" for cell in good]
    answer = benford(write(tmp_path / "odd.csv", rows, header="总费用,注"))
    expected = {}
    for place, (_, reason) in enumerate(CELLS + CELLS):
        count, line = expected.get(reason, (0, 22 + place))
        expected[reason] = (count + 1, line)
    assert {left["reason"]: (left["count"], left["firstLine"])
            for left in answer["leftOut"]} == expected
    assert (answer["rows"], answer["amounts"]) == (20 + 2 * len(CELLS), 20)


@pytest.mark.parametrize(("cell", "unit", "digits"), [
    ("1234.5", "yuan", 12), ("0.10", "yuan", 10), ("0.29", "yuan", 29), ("7", "yuan", 70),
    ('"1,234.56"', "yuan", 12), ("￥98.70", "yuan", 98), ("９８.７０", "yuan", 98),
    ("12.5000", "yuan", 12), ("90071992547409.91", "yuan", 90), (" 45.00 ", "yuan", 45),
    ("29", "fen", 29), ("1250.00", "fen", 12), ("9007199254740991", "fen", 90),
])
def test_digits_are_those_of_whole_fen(tmp_path, cell, unit, digits):
    group, = benford(write(tmp_path / "one.csv", [cell]), "--unit", unit, "--all")["groups"]
    assert [digit["digits"] for digit in group["digits"] if digit["count"]] == [digits]


def test_fen_do_not_have_parts(tmp_path):
    file = write(tmp_path / "fen.csv", ["12.5", "1250"])
    assert benford(file, "--unit", "fen")["leftOut"] == [
        {"reason": "fraction-of-a-fen", "count": 1, "firstLine": 2}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_are_told_apart(tmp_path, heaped, encoding):
    rows = [f"{yuan(fen)},奈曼旗人民医院" for fen in heaped[:1_500]]
    file = write(tmp_path / "bills.csv", rows, "总费用,医院", encoding)
    assert benford(file, "--group", "医院")["groups"][0]["group"] == "奈曼旗人民医院"


def test_standard_input_is_read(heaped_file):
    result = aid("benford", "-", "--column", "总费用", "--json", stdin=heaped_file.read_bytes())
    assert result.status == FINE and json.loads(result.out)["file"] == "stdin"


def test_rows_that_cannot_be_read_are_told_and_the_rest_is_examined(tmp_path):
    lines = ["总费用,注", "12.00,a", "13.00", '14.00,"open', "15.00,b", "16.00,c,d", "17.00,e"]
    file = tmp_path / "spoilt.csv"
    file.write_bytes("\n".join(lines).encode() + b"\n18.00,\xff\xfe\n")
    result = aid("benford", file, "--column", "总费用", "--json")
    assert result.status == BAD_INPUT
    answer = json.loads(result.out)
    assert (answer["rows"], answer["rowsUnreadable"]) == (3, 4)
    for words in ("line 3: the row has 1 cells, and the header row 2",
                  "line 4: a quote opens in this row and is never closed",
                  "line 6: the row has 3 cells", "line 8: byte 7 of the line is not valid UTF-8"):
        assert words in result.err


def test_the_status_is_as_the_help_says(tmp_path):
    words = " ".join(done("benford", "--help").out.split())
    assert "are left out and counted by reason, which is no failure" in words
    assert "Exit status 2 where a row is no row" in words and "where no row has an amount" in words
    left_out = write(tmp_path / "totals.csv", ["12.00", "", "0", "合计"])
    assert aid("benford", left_out, "--column", "总费用").status == FINE
    no_row = write(tmp_path / "broken.csv", ["12.00,a", "13.00"], "总费用,注")
    assert aid("benford", no_row, "--column", "总费用").status == BAD_INPUT
    no_amount = write(tmp_path / "none.csv", ["合计"])
    assert aid("benford", no_amount, "--column", "总费用").status == BAD_INPUT


# MARK: what is refused

NO_FILES = {
    "empty": (b"", "the file holds nothing"),
    "blank": (b"\xef\xbb\xbf\n \n", "the file holds nothing"),
    "header alone": ("总费用\n".encode(), "no row has an amount to examine in column `总费用`"),
    "nothing to examine": ("总费用\n0\n-1\n合计\n".encode(),
                           "1 zero (first in line 2), 1 negative (first in line 3), "
                           "1 not a number (first in line 4)"),
    "no such column": ("费用,医院\n1,2\n".encode(),
                       "there is no column `总费用`; the header row names `费用`, `医院`"),
    "twice": ("总费用,总费用\n1,2\n".encode(), "names `总费用` 2 times: columns 1, 2"),
    "carriage returns": ("总费用\r12\r13\r".encode(), "carriage returns alone"),
    "workbook": (b"PK\x03\x04" + bytes(100), "Excel workbook"),
    "utf-16": ("总费用\n12\n".encode("utf-16"), "UTF-16"),
    "open header": ('总费用,"注\n12,a\n'.encode(), "the header row (line 1): a quote opens"),
}


@pytest.mark.parametrize("name", NO_FILES)
def test_what_cannot_be_examined_is_refused(tmp_path, name):
    data, words = NO_FILES[name]
    file = tmp_path / "in.csv"
    file.write_bytes(data)
    refused(aid("benford", file, "--column", "总费用"), BAD_INPUT, "in.csv", words)


def test_the_wrong_encoding_is_told(tmp_path):
    file = write(tmp_path / "gb.csv", ["12.00"] * 10, encoding="gb18030")
    refused(aid("benford", file, "--column", "总费用", "--encoding", "utf8"), BAD_INPUT,
            "line 1", "not valid UTF-8", "GB18030")


def test_a_file_that_is_not_there(tmp_path):
    result = aid("benford", tmp_path / "none.csv", "--column", "a")
    assert result.status in (BAD_INPUT, COULD_NOT) and "none.csv" in result.err


def test_a_folder_instead_of_a_file(tmp_path):
    refused(aid("benford", tmp_path, "--column", "a"), BAD_INPUT, "not a file")


@pytest.mark.parametrize("options", [
    [], ["--column", "a", "--unit", "jiao"], ["--column", "a", "--lang", "fr"]])
def test_bad_usage(heaped_file, options):
    assert aid("benford", heaped_file, *options).status == BAD_INPUT


def test_no_groups_without_end(tmp_path):
    file = write(tmp_path / "ids.csv", (f"{n}.00,p{n}" for n in range(1, 100_002)), "总费用,人")
    refused(aid("benford", file, "--column", "总费用", "--group", "人"), BAD_INPUT,
            "more than 100,000 groups")


def test_names_give_no_orders_to_the_terminal(tmp_path):
    file = write(tmp_path / "in.csv", ["12.00,\x1b[31mred"] * 1_000, "总费用,\x1b]0;owned\x07")
    text = aid("benford", file, "--column", "none").text
    text += aid("benford", file, "--column", "总费用", "--group", "\x1b]0;owned\x07").text
    assert "\x1b" not in text
