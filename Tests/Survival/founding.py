"""Faults and kills while a ledger is made: afterwards there is a whole one or none."""

import shutil
import signal
from functools import partial

from fault import ending
from harness import ENVIRONMENT, FINE, ORIGIN, Ledger, aid, done
from recovery import check_sound
from rounds import Round, promise
from shim import failing, read_trace, tracing
from ways import ways


class Init:
    """`init`, as far as the ending of a command is concerned."""

    name = "init"
    status_when_done = FINE


def rounds(stock):
    folder = stock.folder / "traced-init"
    folder.mkdir()
    trace = stock.folder / "trace-init"
    result = init(folder, tracing(f"{folder}/", trace))
    assert result.status == FINE, result
    return [Round(f"init/ledger/{number}/{name}/{way}-{error}",
                  partial(fail_once, number, way, error))
            for number, name, _ in read_trace(trace) for way, error in ways(name)]


def init(folder, environment):
    return aid("init", folder / "a.db", "--origin", ORIGIN, "--operator", "tests", timeout=60,
               env={**ENVIRONMENT, **environment})


def fail_once(number, way, error, folder):
    place = folder / "ledger"
    place.mkdir()
    result = init(place, failing(f"{place}/", folder / "trace", number, way, error))
    end = ending(Init, way, result, folder)
    if result.status == FINE:
        check_sound(Ledger(place / "a.db"))
        promise(len(list((place / "a.db.keys").glob("*.key"))) == 3, "a key is missing")
    elif result.status == -signal.SIGKILL:
        check_no_ruin_is_used(place)
    if result.status != FINE:
        shutil.rmtree(place)
        place.mkdir()
        done("init", place / "a.db", "--origin", ORIGIN, "--operator", "tests")
        check_sound(Ledger(place / "a.db"))
    return f"init, ledger, {way}: {end}"


def check_no_ruin_is_used(place):
    """What a killed `init` leaves is either a sound ledger or refused as none."""
    result = aid("verify", place / "a.db", timeout=60)
    promise(result.status in (0, 1, 2, 3), f"verify ends with {result.status}", result)
    if result.status != FINE:
        is_said = "aidledger: " in result.err or "NOT SOUND" in result.out
        promise(is_said, "verify says nothing", result)
