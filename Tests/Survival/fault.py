"""Each call on a file goes wrong once, in each way in which such a call can."""

import random
import re
import signal
from functools import partial

from harness import CHECKOUT, FINE
from recovery import check_repetition, check_survival
from rounds import Round, promise
from shim import failing, read_trace, undisturbed
from ways import ways


def rounds(stock):
    """All there are: what is counted comes from a trace of an undisturbed run."""
    return [round for task, scopes in tasks(stock) for scope in scopes
            for round in rounds_of(stock, task, scope)]


def sample(rounds, count, seed):
    """Some rounds, as many of each way."""
    chance, by_way = random.Random(seed), {}
    for round in rounds:
        by_way.setdefault(round.name.rsplit("/", 1)[1], []).append(round)
    ways = sorted(by_way)
    return [chance.choice(by_way[ways[number % len(ways)]]) for number in range(count)]


def tasks(stock):
    """The commands, and of each whose files are meant."""
    return [(stock.few, ["ledger", "input", "kinds"]), (stock.refused, ["rejects"]),
            (stock.checkpoint, ["ledger"]), (stock.checkpoint_file, ["ledger"]),
            (stock.rebuild, ["ledger", "kinds"]), (stock.rotation, ["ledger"])]


def prefix(scope, task, folder):
    """How the paths of these files begin."""
    match scope:
        case "ledger": return f"{folder}/"
        case "rejects": return f"{folder}/refused.jsonl"
        case "kinds": return f"{CHECKOUT}/ledger/"
        case "input": return str(task.files[0])


def rounds_of(stock, task, scope):
    folder = stock.folder / f"traced-{task.name}-{scope}"
    ledger = task.template.copy_to(folder)
    trace = stock.folder / f"trace-{task.name}-{scope}"

    def run(environment):
        result = task.run(ledger, environment=environment)
        assert result.status == task.status_when_done, result

    for number, name, _ in undisturbed(prefix(scope, task, folder), trace, run):
        for way, error in ways(name):
            yield Round(f"{task.name}/{scope}/{number}/{name}/{way}-{error}",
                        partial(fail_once, task, scope, number, way, error))


def fail_once(task, scope, number, way, error, folder):
    ledger = task.template.copy_to(folder / "ledger")
    trace = folder / "trace"
    environment = failing(prefix(scope, task, folder / "ledger"), trace, number, way, error)
    result = task.run(ledger, environment=environment)
    met = len(read_trace(trace)) >= number
    end = "not met" if not met else ending(way, result, task.status_when_done)
    check_survival(task, ledger, result.status, result.out)
    check_repetition(task, ledger)
    return f"{task.name}, {scope}, {way}: {end}"


def ending(way, result, status_when_done=FINE):
    """How the command ended: it is done all the same, or says in a line why it is not."""
    if result.status == -signal.SIGKILL and way in ("die", "torn"):
        return "killed"
    if result.status == status_when_done:
        return "went through"
    promise(result.status in (2, 3), f"exit status {result.status}", result)
    messages = [line for line in result.err.splitlines() if line.startswith("aidledger: ")]
    promise(len(messages) == 1, "what is wrong is not said in one line", result)
    message = re.sub(r"/\S+/", "…/", messages[0].removeprefix("aidledger: "))
    return f"exit status {result.status}: {message}"
