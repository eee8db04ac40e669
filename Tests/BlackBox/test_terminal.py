"""What a person sees on a terminal: progress, and help with typing."""

import os
import pty
import subprocess

from harness import ENVIRONMENT, PROGRAM, records_of


def on_terminal(*arguments):
    """Runs the program with a terminal as its standard error, and gives what appeared there."""
    master, slave = pty.openpty()
    process = subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE,
                               stderr=slave, env=ENVIRONMENT)
    os.close(slave)
    shown = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    process.stdout.read()
    assert process.wait() == 0
    os.close(master)
    return shown.decode("utf-8", "replace")


def test_import_shows_progress_with_rate_and_share(new_ledger, sample_file):
    shown = on_terminal("import", new_ledger, sample_file)
    assert "100%" in shown and " records, " in shown and "/s" in shown
    assert shown.endswith("\r\x1b[K")  # the line is cleared at the end


def test_verify_shows_progress(ledger):
    assert " entries, " in on_terminal("verify", ledger)


def test_backup_and_restore_show_progress_in_bytes(ledger, tmp_path):
    assert " MiB, " in on_terminal("backup", ledger, tmp_path / "backup")
    assert " MiB, " in on_terminal("restore", tmp_path / "backup", tmp_path / "restored.db")


def test_piped_program_shows_no_progress(new_ledger, sample_file):
    """What it says is only which rulebooks are kept from now on, once."""
    adopted = {record["body"]["rulebook"] for record in records_of(sample_file)
               if record["kind"] == "policy.adopted"}
    assert adopted
    kept = sorted(f"aidledger: the ledger keeps the rulebook {name} from now on"
                  for name in adopted)
    for expected in (kept, []):
        result = subprocess.run([PROGRAM, "import", str(new_ledger), str(sample_file)],
                                capture_output=True, env=ENVIRONMENT)
        assert result.returncode == 0
        said = result.stderr.decode()
        assert sorted(said.splitlines()) == expected and "\r" not in said


def test_shells_can_complete_commands():
    for shell in ("bash", "zsh", "fish"):
        result = subprocess.run([PROGRAM, "--generate-completion-script", shell],
                                capture_output=True, env=ENVIRONMENT, check=True)
        assert b"checkpoint" in result.stdout
