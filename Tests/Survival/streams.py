"""Standard input, output and error that are closed, full, or end too early."""

import itertools
import json
import signal
from functools import partial

from content import keys
from harness import Result, aid, done
from recovery import check_repetition, check_sound, check_survival
from rounds import Round, promise
from tasks import finish

CLOSED = {0: "<&-", 1: ">&-", 2: "2>&-"}


def rounds(stock):
    tasks = [stock.several_files, stock.refused, stock.checkpoint, stock.rebuild]
    closed = [numbers for count in (1, 2, 3) for numbers in itertools.combinations(CLOSED, count)]
    return [Round("streams/output-to-head", partial(output_to_head, stock)),
            Round("streams/output-full", partial(output_full, stock)),
            *(Round(f"streams/closed-{task.name}-{''.join(map(str, numbers))}",
                    partial(closed_from_start, task, numbers))
              for task in tasks for numbers in closed),
            *(Round(f"streams/input-ends-{share}", partial(input_ends, stock, share))
              for share in (0, 1, 20, 50, 77, 99))]


def output_to_head(stock, folder):
    """`import --json | head -1`"""
    task = stock.several_files
    ledger = task.template.copy_to(folder)
    process = task.start(ledger)
    first = process.stdout.readline().decode()
    process.stdout.close()
    result = finish(process)
    promise(result.status in (-signal.SIGPIPE, 3), f"exit status {result.status}", result)
    check_survival(task, ledger, result.status, first)
    check_repetition(task, ledger)
    return "output to head -1: ends early"


def output_full(stock, folder):
    """Whoever cannot say that it is done is not done."""
    task = stock.several_files
    ledger = task.template.copy_to(folder)
    with open("/dev/full", "w") as full:
        result = task.run(ledger, stdout=full)
    is_told = result.status == 3 and "standard output" in result.err
    promise(is_told, f"exit status {result.status}", result)
    check_survival(task, ledger, result.status, "")
    check_repetition(task, ledger)
    return "output on a full device: exit status 3"


def closed_from_start(task, numbers, folder):
    """Files that are opened get the numbers of the closed ones, and nothing may be written into
    them that was meant for the terminal."""
    ledger = task.template.copy_to(folder)
    shell = ["sh", "-c", f'exec "$@" {" ".join(CLOSED[number] for number in numbers)}', "sh"]
    result = task.run(ledger, wrapper=shell)
    promise(result.status in (task.status_when_done, 3), f"exit status {result.status}", result)
    is_told = 1 not in numbers
    check_survival(task, ledger, result.status if is_told else None, result.out)
    if result.status == task.status_when_done and task.status_when_done == 2:
        lines = (folder / "refused.jsonl").read_text("utf-8").splitlines()
        are_rejects = all("rejected" in json.loads(line) for line in lines)
        promise(are_rejects, "the rejects file holds something else", *lines)
    promise((folder / "a.db.lock").stat().st_size == 0, "something was written to the lock file")
    check_repetition(task, ledger)
    end = f"exit status {result.status}" if result.status == 3 else "went through"
    return f"closed {' and '.join(CLOSED[number] for number in numbers)}: {end}"


def input_ends(stock, share, folder):
    """Whoever feeds standard input dies, maybe in the midst of a line."""
    task = stock.several_files
    ledger = task.template.copy_to(folder)
    data = task.files[0].read_bytes()
    fed = data[:len(data) * share // 100]
    lines = fed.count(b"\n")
    result: Result = aid("import", "--json", ledger, "-", stdin=fed, cwd=folder)
    # A line that is cut off is refused; no line at all is bad input.
    expected = 0 if fed.endswith(b"\n") else 2
    promise(result.status == expected, f"exit status {result.status} instead of {expected}", result)
    there = set(keys(ledger))
    promise(there >= set(task.rows[0][:lines]), "complete lines are missing")
    promise(not there & set(task.rows[0][lines:]), "more is there than was fed")
    check_sound(ledger)
    done("import", ledger, task.files[0])
    promise(set(keys(ledger)) == {*keys(task.template), *task.rows[0]}, "records are missing")
    check_sound(ledger)
    return f"input that ends early: exit status {result.status}"
