"""A sample pays what the documents say, reckoned by somebody else (reckoning.py)."""
import csv

import pytest

from harness import BAD_INPUT, FINE, aid, done, refused
from reckoning import differences


@pytest.mark.parametrize("entries, seed", [(120, 1), (249, 2), (400, 3), (1000, 4), (2500, 5),
                                           (8000, 6), (20000, 7), (60000, 8)])
def test_a_sample_pays_what_is_due(entries, seed):
    lines = done("sample", "-", "--entries", entries, "--seed", seed).out.splitlines()
    assert len(lines) == entries
    count, wrong = differences(lines)
    assert wrong == []
    assert count >= entries // 4


def planted(tmp_path, entries, seed, mistakes):
    done("sample", tmp_path / "a.jsonl", "--entries", entries, "--seed", seed, "--mistakes",
         mistakes, "--truth", tmp_path / "truth.tsv")
    with open(tmp_path / "truth.tsv", encoding="utf-8") as file:
        truth = list(csv.DictReader(file, delimiter="\t"))
    return (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines(), truth


@pytest.mark.parametrize("entries, seed", [(1000, 1), (8000, 2), (60000, 3)])
def test_only_what_was_planted_is_wrong(tmp_path, entries, seed):
    lines, truth = planted(tmp_path, entries, seed, 3)
    assert len(lines) == entries
    _, wrong = differences(lines)
    found = {number: [] for _, number, _, _, _ in wrong}
    for _, number, _, due, paid in wrong:
        found[number].append((due, paid))
    expected = {row["id"]: row for row in truth}
    assert len(expected) == len(truth)
    assert set(found) - set(expected) == set()
    # That a higher category is held besides is for the judge to see.
    missed = [row for row in truth if row["id"] not in found]
    assert {row["mistake"] for row in missed} <= {"lower-category"}
    for row in truth:
        amounts = (int(row["expectedFen"]), int(row["actualFen"]))
        if row["expectedVerdict"] in ("under", "over", "below-floor") and row not in missed:
            assert amounts in found[row["id"]], row


def test_every_kind_of_mistake_is_planted_in_a_large_sample(tmp_path):
    _, truth = planted(tmp_path, 60000, 4, 2)
    count = {}
    for row in truth:
        count[row["mistake"]] = count.get(row["mistake"], 0) + 1
    assert len(count) == 28
    # Of some there is occasion for one only.
    assert set(count.values()) <= {1, 2}


def test_mistakes_change_nothing_before_the_first(tmp_path):
    sound = done("sample", "-", "--entries", 2000).out.splitlines()
    lines, truth = planted(tmp_path, 2000, 1, 1)
    differing = next(i for i, (one, other) in enumerate(zip(sound, lines)) if one != other)
    names = {row["id"] for row in truth}
    first = next(i for i, line in enumerate(lines) if any(f'"{name}"' in line for name in names))
    assert differing <= first <= differing + 1
    none, nothing = planted(tmp_path, 2000, 1, 0)
    assert (none, nothing) == (sound, [])


@pytest.mark.parametrize("arguments", [
    ["--mistakes", "1"], ["--mistakes", "-1", "--truth", "t"],
    ["--mistakes", "1", "--truth", "t", "--mapping", "settlement-5203"]])
def test_wrong_arguments_of_mistakes(tmp_path, arguments):
    refused(aid("sample", tmp_path / "x", "--entries", 100, *arguments), BAD_INPUT)
    assert not (tmp_path / "x").exists()


def test_truth_does_not_overwrite_the_records(tmp_path):
    refused(aid("sample", tmp_path / "x", "--entries", 100, "--truth", tmp_path / "x"),
            BAD_INPUT, "--truth")


def test_sample_is_the_same_again_with_mistakes(tmp_path):
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    assert planted(tmp_path / "1", 1000, 9, 2) == planted(tmp_path / "2", 1000, 9, 2)
    assert aid("sample", "-", "--entries", 10).status == FINE
