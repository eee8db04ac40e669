"""Results are never written over what must not be lost."""

import pytest

from harness import BAD_INPUT, aid


def state(ledger):
    files = [ledger.path, ledger.vault, *sorted(ledger.keys.iterdir())]
    return [file.read_bytes() for file in files]


@pytest.mark.parametrize("target", ["", ".vault", ".keys/vault.key", ".keys/signing.key"])
@pytest.mark.parametrize("command", ["report", "checkpoint", "sample", "rejects"])
def test_ledger_vault_and_keys_are_not_overwritten(ledger, tmp_path, command, target):
    before = state(ledger)
    path = f"{ledger.path}{target}"
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{}\n")
    result = {
        "report": lambda: aid("report", "fund-use", ledger, "--year", "2023", "-o", path),
        "checkpoint": lambda: aid("checkpoint", ledger, "-o", path),
        "sample": lambda: aid("sample", path, "--entries", "10"),
        "rejects": lambda: aid("import", ledger, bad, "--rejects", path),
    }[command]()
    assert result.status == BAD_INPUT, result
    assert state(ledger) == before


def test_link_to_a_ledger_is_not_followed_to_overwrite_it(ledger, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(ledger.path)
    before = state(ledger)
    assert aid("report", "fund-use", ledger, "--year", "2023", "-o", link).status == BAD_INPUT
    assert state(ledger) == before


def test_input_is_not_overwritten_by_its_rejects(ledger, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{}\n")
    assert aid("import", ledger, bad, "--rejects", bad).status == BAD_INPUT
    assert bad.read_text() == "{}\n"


def test_spoilt_identity_numbers_are_told(new_ledger, tmp_path):
    """As a spreadsheet leaves them; what was sent is recorded all the same."""
    line = ('{"kind":"person.died","source":"s","id":"%s","area":"150500","occurredOn":"2023-03-05",'
            '"operator":"u","body":{"person":{"idType":"resident-id","idNumber":"%s","name":"样甲"},'
            '"diedOn":"2023-03-01","noticeFrom":"health"}}\n')
    file = tmp_path / "in.jsonl"
    file.write_text(line % (1, "4.40703E+17") + line % (2, "11010519491231002X"))
    result = aid("import", new_ledger, file)
    assert result.status == 0, result
    assert "identity numbers that cannot be right" in result.err and "lines 1;" in result.err
