"""The tables of BENCHMARKS.md: drawing, reading and comparing them."""

import re
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from growth import PEAK_MIB_MAX, Peak
from measurements import Result

# A ratio that has fallen by more than this has fallen.
FALL_MAX = 0.2

HEADINGS = ["Item", "Measured", "Against", "Rows", "Rows/s", "µs/row", "Bytes/row", "Peak MiB",
            "Rows/s against", "Bytes/row against", "Ratio", "Spread", "Target"]


# MARK: drawing

def table(results: Iterable[Result]) -> str:
    return markdown(HEADINGS, [cells(result) for result in results])


def peak_table(peaks: Iterable[Peak]) -> str:
    return markdown(["Command", "Peak MiB", "Target"],
                    [[peak.command, f"{peak.mib:.0f}",
                      verdict(f"< {PEAK_MIB_MAX}", peak.mib < PEAK_MIB_MAX)] for peak in peaks])


def cells(result: Result) -> list[str]:
    ours = [pair.ours for pair in result.pairs]
    against = [pair.against for pair in result.pairs]
    micros = statistics.median(timing.micros for timing in ours)
    lowest, highest = result.spread
    return [result.item, result.what, result.against, f"{result.rows:,}",
            f"{1e6 / micros:,.0f}", f"{micros:.2f}", f"{ours[0].bytes_per_row:,.0f}",
            f"{max(timing.peak_kib for timing in ours) / 1024:.0f}",
            f"{1e6 / statistics.median(timing.micros for timing in against):,.0f}",
            f"{against[0].bytes_per_row:,.0f}",
            f"{result.ratio:.3f}", f"{lowest:.3f}–{highest:.3f}",
            "–" if result.target is None
            else verdict(f"≥ {result.target:.2f}", result.ratio >= result.target)]


def verdict(target: str, is_met: bool) -> str:
    return target if is_met else f"{target} missed"


def markdown(headings: list[str], rows: list[list[str]]) -> str:
    """Columns are filled up, so that the text reads well too."""
    widths = [max(map(len, column)) for column in zip(headings, *rows)]
    lines = [headings, ["-" * width for width in widths], *rows]
    filled = [[cell.ljust(width) for cell, width in zip(line, widths)] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in filled)


# MARK: recording

class NoSuchBlock(Exception):
    """BENCHMARKS.md lacks the comments between which a table stands."""


def replaced(book: str, block: str, content: str) -> str:
    """The text with other content between the two comments that mark the block."""
    pattern = re.compile(rf"(<!-- {block} -->\n).*?(<!-- end of {block} -->)", re.DOTALL)
    result, count = pattern.subn(lambda found: f"{found[1]}{content}\n{found[2]}", book)
    if count != 1:
        raise NoSuchBlock(f"there is not one block <!-- {block} --> … <!-- end of {block} -->")
    return result


# MARK: comparing

@dataclass(frozen=True)
class Recorded:
    rows: int
    ratio: float


def recorded(book: str) -> dict[str, Recorded]:
    """The ratios that stand in the tables, by item."""
    found = {}
    for row in table_rows(book):
        if "Item" in row and "Ratio" in row:
            found[row["Item"]] = Recorded(int(row["Rows"].replace(",", "")), float(row["Ratio"]))
    return found


def table_rows(book: str) -> Iterable[dict[str, str]]:
    """Every row of every table, its cells by their headings."""
    headings: list[str] | None = None
    for line in book.splitlines():
        if not line.startswith("|"):
            headings = None
            continue
        cells = [cell.strip() for cell in line.strip("| \n").split("|")]
        if headings is None:
            headings = cells
        elif any(cell.strip("-:") for cell in cells):
            yield dict(zip(headings, cells))


@dataclass(frozen=True)
class Comparison:
    """What became of the ratios: each list holds lines for people."""

    kept: list[str]
    fallen: list[str]
    not_compared: list[str]


def compared(book: str, results: Iterable[Result]) -> Comparison:
    before = recorded(book)
    comparison = Comparison([], [], [])
    for result in results:
        name = f"{result.item} {result.what}"
        old = before.get(result.item)
        if old is None:
            comparison.not_compared.append(f"{name}: no ratio is recorded")
        elif not alike(old.rows, result.rows):
            comparison.not_compared.append(
                f"{name}: recorded with {old.rows:,} rows, measured with {result.rows:,}")
        else:
            has_fallen = result.ratio < old.ratio * (1 - FALL_MAX)
            (comparison.fallen if has_fallen else comparison.kept).append(
                f"{name}: {result.ratio:.3f}, recorded {old.ratio:.3f}")
    return comparison


def alike(a: int, b: int) -> bool:
    """Imports add entries of their own, a few more or less: sizes within a tenth are one size."""
    return abs(a - b) <= max(a, b) / 10
