"""Time-stamps of checkpoints: how the tests ask for them, keep them and forge them."""

import time

from chain import rechain
from harness import aid, done, tampering


def request(log, file, *arguments):
    return done("checkpoint", log, "--timestamp-request", file, *arguments)


def respond(log, file, authority, *arguments):
    return aid("checkpoint", log, "--timestamp-response", file, "--tsa-chain", authority.chain,
               *arguments)


def newest(log):
    """Size and note of the newest stored checkpoint."""
    return log.rows("SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1")[0]


def with_other_time(response):
    """A response with the time that it states set back by ten years, so that what is signed is
    another text."""
    year = time.strftime("%Y", time.gmtime()).encode()
    place = response.index(b"\x18\x0f" + year) + 2
    return response[:place] + b"%04d" % (int(year) - 10) + response[place + 4:]


def rehashed(ledger, seq, change):
    """The ledger with an entry changed, and everything hashed and signed anew."""
    def changed(entry):
        if entry["seq"] == seq:
            change(entry)

    with tampering(ledger.path) as database:
        rechain(database, seq, changed)
        database.execute("DELETE FROM checkpoint WHERE size > ?", [seq])
    done("rebuild", ledger)
    done("checkpoint", ledger)
