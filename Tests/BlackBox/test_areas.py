"""Names of areas: `ledger/areas.tsv`, by GB/T 2260."""

import re

from harness import CHECKOUT, done

ROWS = [line.split("\t") for line in
        (CHECKOUT / "ledger/areas.tsv").read_text("utf-8").splitlines()[1:]]
NAMES = {row[0]: row[1] for row in ROWS}
ENGLISH = {row[0]: row[2] for row in ROWS if len(row) > 2}

# 21 cities of Guangdong, as its government lists them.
GUANGDONG = """广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳
云浮""".split()


def test_rows_are_sorted_and_well_formed():
    codes = [row[0] for row in ROWS]
    assert codes == sorted(set(codes))
    for row in ROWS:
        assert len(row) in (2, 3) and re.fullmatch(r"\d{6}", row[0]), row
        assert re.fullmatch(r"[\u4e00-\u9fff]+", row[1]), row
        assert len(row) == 2 or re.fullmatch(r"[A-Z][A-Za-zü', ]+", row[2]), row


def test_every_area_lies_in_one_that_has_a_name():
    # Municipalities and counties right below a province have no city above them.
    for code in NAMES:
        assert code == "000000" or f"{code[:2]}0000" in NAMES, code
        if not code.endswith("00") and code[:2] not in {"11", "12", "31", "50"} and code[2] != "9":
            assert f"{code[:4]}00" in NAMES, code


def test_provinces_and_the_cities_of_one():
    provinces = [name for code, name in NAMES.items() if code.endswith("0000")]
    # 23 provinces, 5 autonomous regions, 4 municipalities, 2 special administrative regions.
    assert len(provinces) - 1 == 34
    assert sum(name.endswith("省") for name in provinces) == 23
    cities = [name for code, name in NAMES.items()
              if re.fullmatch(r"44\d\d00", code) and code != "440000"]
    assert cities == [f"{name}市" for name in GUANGDONG]


def test_english_names_are_those_on_maps():
    known = {
        "610000": "Shaanxi Province", "140000": "Shanxi Province", "150600": "Ordos City",
        "341500": "Lu'an City", "350200": "Xiamen City", "411100": "Luohe City",
        "422800": "Enshi Tujia and Miao Autonomous Prefecture", "540100": "Lhasa City",
        "140428": "Zhangzi County", "341621": "Guoyang County", "371722": "Shanxian County",
        "211300": "Chaoyang City", "130224": "Luannan County", "513423": "Yanyuan County",
        "440304": "Futian District", "500101": "Wanzhou District", "610423": "Jingyang County",
    }
    assert {code: ENGLISH[code] for code in known} == known
    assert all(code in ENGLISH for code in NAMES if code.endswith("00"))


def test_reports_name_areas_and_where_there_is_no_english_say_the_chinese(small_ledger):
    def place(area, language):
        page = done("report", "fund-use", small_ledger, "--year", 2023, "--area", area, "--lang",
                    language, "--format", "xml", "--no-verify", "-o", "-").out
        return re.search(r'areaName="([^"]*)"', page)[1]

    assert "650102" in NAMES and "650102" not in ENGLISH
    assert [place("440300", one) for one in ("zh-Hans", "en")] == ["深圳市", "Shenzhen City"]
    assert [place("650102", one) for one in ("zh-Hans", "en")] == ["天山区", "天山区"]
