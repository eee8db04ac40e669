"""The judge finds a sound sample sound, and in one with mistakes exactly these."""
import csv

import pytest

from harness import Ledger, done

SOUND = {"exact", "within"}


def judged(tmp_path, entries, seed, mistakes=0):
    """The verdicts by record, and the mistakes planted."""
    done("sample", tmp_path / "a.jsonl", "--entries", entries, "--seed", seed, "--mistakes",
         mistakes, "--truth", tmp_path / "truth.tsv")
    ledger = Ledger.make(tmp_path / "a.db")
    done("import", ledger, tmp_path / "a.jsonl")
    verdicts = {(row["source"], row["id"]): row
                for row in done("verdicts", ledger, "--json").json_lines()}
    with open(tmp_path / "truth.tsv", encoding="utf-8") as file:
        truth = {(row["source"], row["id"]): row for row in csv.DictReader(file, delimiter="\t")}
    return verdicts, truth


def is_sound(row):
    """As it should be, or of a time before the first rulebook."""
    layers = {verdict for verdict in row["layers"].values() if verdict} <= SOUND
    if row["verdict"] == "cannot-be-judged":
        return row["year"] == 2017 or any("rulebook" in reason for reason in row["missing"])
    return row["verdict"] in SOUND and layers


@pytest.mark.parametrize("entries, seed", [(400, 1), (1000, 2), (3000, 3), (20000, 4)])
def test_a_sound_sample_is_sound(tmp_path, entries, seed):
    verdicts, truth = judged(tmp_path, entries, seed)
    assert truth == {}
    assert [row for row in verdicts.values() if not is_sound(row)] == []
    assert any(row["verdict"] == "exact" for row in verdicts.values())


@pytest.mark.parametrize("entries, seed", [(1000, 1), (20000, 2)])
def test_the_planted_and_only_they_are_found(tmp_path, entries, seed):
    verdicts, truth = judged(tmp_path, entries, seed, 2)
    assert truth
    for key, row in verdicts.items():
        if key not in truth:
            assert is_sound(row), row
    for key, mistake in truth.items():
        row = verdicts[key]
        if mistake["mistake"].startswith("layer."):
            layer = mistake["mistake"].removeprefix("layer.")
            assert row["layers"][layer] == mistake["expectedVerdict"], (row, mistake)
            continue
        found = (row["verdict"], str(row["expectedFen"]), str(row["actualFen"]))
        assert found == (mistake["expectedVerdict"], mistake["expectedFen"],
                         mistake["actualFen"]), (row, mistake)
