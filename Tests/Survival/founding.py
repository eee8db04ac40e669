"""Faults and kills while a ledger is made: afterwards there is a whole one or none."""

import json
import signal
from functools import partial

from fault import ending
from harness import (BAD_INPUT, COULD_NOT, ENVIRONMENT, FINE, NO, ORIGIN, Ledger, aid,
                     application)
from recovery import check_sound
from rounds import Round, promise
from shim import failing, undisturbed
from ways import ways


def rounds(stock):
    folder = stock.folder / "traced-init"
    folder.mkdir()

    def run(environment):
        result = init(folder, environment)
        assert result.status == FINE, result

    return [Round(f"init/ledger/{number}/{name}/{way}-{error}",
                  partial(fail_once, number, way, error))
            for number, name, _ in undisturbed(f"{folder}/", stock.folder / "trace-init", run)
            for way, error in ways(name)]


def init(folder, environment={}):
    return aid("init", folder / "a.db", "--origin", ORIGIN, "--operator", "tests", timeout=60,
               env={**ENVIRONMENT, **environment})


def fail_once(number, way, error, folder):
    place = folder / "ledger"
    place.mkdir()
    result = init(place, failing(f"{place}/", folder / "trace", number, way, error))
    end = ending(way, result)
    if result.status == FINE:
        promise((place / "a.db.vkey").exists(), "the verifier key is missing")
        check_whole(place)
    elif result.status == -signal.SIGKILL or way == "gone":
        check_no_ruin_is_used(place)
    else:
        check_nothing_is_left(place)
    return f"init, ledger, {way}: {end}"


def check_whole(place):
    ledger = Ledger(place / "a.db")
    check_sound(ledger)
    promise(len(list(ledger.keys.glob("*.key"))) == 3, "a key is missing")
    result = take(ledger)
    promise(result.status == FINE, "the ledger takes no records", result)
    check_sound(ledger)


def check_nothing_is_left(place):
    """What `init` began and could not finish is gone, so that it succeeds in the same folder."""
    left = {file.name for file in place.iterdir()}
    promise(left <= {"a.db.lock"}, "something is left", *sorted(left))
    again = init(place)
    promise(again.status == FINE, "init does not succeed afterwards", again)
    check_whole(place)


def check_no_ruin_is_used(place):
    """What is left where `init` could not tidy up is a whole ledger, or refused as none in words,
    by who reads and by who writes."""
    ledger = Ledger(place / "a.db")
    result = aid("verify", ledger, timeout=60)
    if result.status == FINE:
        return check_whole(place)
    if result.status == NO:
        is_said = "its making was interrupted" in result.out
        promise(is_said, "verify blames something else than the founding", result)
    else:
        check_refused(result)
    check_refused(take(ledger))


def check_refused(result):
    promise(result.status in (BAD_INPUT, COULD_NOT), f"exit status {result.status}", result)
    promise("aidledger: " in result.err, "it is not said that it is a ruin", result)


def take(ledger):
    """Imports a record that names a person."""
    return aid("import", ledger, "-", stdin=json.dumps(application(1)).encode(), timeout=60,
               cwd=ledger.path.parent)
