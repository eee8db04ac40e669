#!/usr/bin/env python3
"""Makes amounts.csv by chance, and expected.json with what numpy and scipy say of
it. Run it here, by hand; the files are committed, with the versions that made them."""
import csv
import json
import pathlib
import platform

import numpy
import scipy
from scipy import stats

FOLDER = pathlib.Path(__file__).parent
PAIRS = numpy.arange(10, 100)
EXPECTED = numpy.log10(1 + 1 / PAIRS)


def amounts():
    """Amounts over some decades, and a heap of them just below 5,000 yuan."""
    chance = numpy.random.default_rng(20180314)
    grown = numpy.floor(10 ** chance.uniform(2, 7, 2900)).astype(int)
    heaped = chance.integers(490_000, 500_000, 100)
    return numpy.concatenate([grown, heaped])


def benford(fen):
    counts = numpy.array([sum(str(value)[:2] == str(pair) for value in fen) for pair in PAIRS])
    total = counts.sum()
    shares = counts / total
    chi_square, probability = stats.chisquare(counts, EXPECTED * total)
    difference = numpy.abs(shares - EXPECTED)
    correction = numpy.where(1 / (2 * total) < difference, 1 / (2 * total), 0)
    z = numpy.sign(shares - EXPECTED) * (difference - correction) / numpy.sqrt(
        EXPECTED * (1 - EXPECTED) / total)
    # The expected |count − mean| of a binomial count, exactly: the sum over all its values.
    by_chance = numpy.mean([stats.binom(total, share).expect(lambda k, s=share: abs(k / total - s))
                            for share in EXPECTED])
    return {"counts": counts.tolist(), "meanAbsoluteDeviation": float(difference.mean()),
            "meanAbsoluteDeviationByChance": float(by_chance), "chiSquare": float(chi_square),
            "probability": float(probability), "z": z.tolist(),
            "noticeable": PAIRS[numpy.abs(z) > 1.96].tolist()}


def tails():
    chi_square = [(1, 3.84), (2, 0.1), (4, 9.5), (89, 40.0), (89, 89.0), (89, 90.0), (89, 122.9),
                  (89, 250.0), (89, 900.0), (1_000, 1_100.0)]
    return {"chiSquare": [[*case, float(stats.chi2.sf(case[1], case[0]))] for case in chi_square],
            "noticeableAmongAll": float(stats.norm.isf(0.05 / 180))}


def write(name, column, numbers):
    with open(FOLDER / name, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([[column], *([n] for n in numbers)])


def main():
    fen = amounts()
    write("amounts.csv", "amountFen", fen)
    versions = {"python": platform.python_version(), "numpy": numpy.__version__,
                "scipy": scipy.__version__}
    expected = {"madeWith": versions, "benford": benford(fen), "tails": tails()}
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
