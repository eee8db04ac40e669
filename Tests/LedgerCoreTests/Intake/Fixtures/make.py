#!/usr/bin/env python3
"""Makes the CSV fixtures: what Python's csv module reads is what InputReader must read.

    python3 make.py

writes cells.csv (UTF-8), cells-gb18030.csv (the same text) and cells.jsonl (one JSON object a
row, cells trimmed, empty cells left out, rows without content left out).
"""
import csv
import io
import json
import random

COLUMNS = ["编号", "name", "说明", "amount", "note"]
PIECES = [
    "", " ", "a", "b1", "0", ",", ";", "\t", '"', '""', "\n", "\r\n", "\r", "医疗救助", "乗", "丂",
    "𠀀", "😀", "\u3000", "\u00a0", "é", "\\", "|", "'", "，", "“”", "\x01", "\x7f", "{", "}",
]
SPACE = " \t\n\v\f\r\u00a0\u3000"
# Python reads these without complaint, and many programs write them.
LENIENT = ['q,x"y,a""b,c"",d', '"a"b,"c" ,"d"" "e,f,g', ' "a" ,b "c" d,"",,"z"""', ",,,,"]


def cell(rng):
    return "".join(rng.choice(PIECES) for _ in range(rng.choice([0, 1, 1, 2, 3, 6])))


def text():
    rng = random.Random(20230305)
    out = io.StringIO(newline="")
    out.write(",".join(COLUMNS) + "\r\n")
    for index in range(400):
        cells = [str(index) if rng.random() < 0.9 else ""] + [cell(rng) for _ in range(4)]
        # The writer leaves a lone carriage return unquoted where rows end with a line feed.
        has_line_end = any(mark in text for text in cells for mark in "\r\n")
        quoting = csv.QUOTE_ALL if has_line_end else rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
        csv.writer(out, lineterminator=rng.choice(["\n", "\r\n"]), quoting=quoting).writerow(cells)
    out.write("\n  \n".join(LENIENT))
    out.write("\r\n")
    out.write('last,"two\nlines",,,end')
    return out.getvalue()


def rows(content):
    reader = csv.reader(io.StringIO(content, newline=""))
    names = next(reader)
    for row in reader:
        if not row or (len(row) == 1 and not row[0].strip(SPACE)):
            continue
        assert len(row) == len(names), row
        record = {n: c.strip(SPACE) for n, c in zip(names, row) if c.strip(SPACE)}
        if record:
            yield record


def main():
    content = text()
    with open("cells.csv", "wb") as file:
        file.write(content.encode("utf-8"))
    with open("cells-gb18030.csv", "wb") as file:
        file.write(content.encode("gb18030"))
    members = dict(zip(COLUMNS, ["id", "name", "about", "amount", "note"]))
    with open("cells.jsonl", "wb") as file:
        for record in rows(content):
            named = {members[n]: v for n, v in record.items()}
            line = json.dumps(named, ensure_ascii=False, separators=(",", ":"))
            file.write(line.encode("utf-8") + b"\n")


main()
