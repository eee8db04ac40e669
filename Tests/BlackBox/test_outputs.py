"""Results are never written over what must not be lost."""

import pytest

from harness import BAD_INPUT, aid


def state(ledger):
    files = [ledger.path, ledger.vault, *sorted(ledger.keys.iterdir())]
    return [file.read_bytes() for file in files]


@pytest.mark.parametrize("target", [
    "", ".vault", ".keys/vault.key", ".keys/signing.key", "-wal", "-shm", ".lock", ".vault-wal"])
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
