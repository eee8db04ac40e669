"""Readers at work while others write."""

import json
import threading
from functools import partial

import writers
from chain import Tree
from harness import aid, reader
from kill import left_open
from recovery import check_sound
from rounds import Round, promise
from tasks import finish, finish_all


def rounds(stock):
    return [Round("readers/many", partial(many, stock)),
            Round("readers/one-that-stays", partial(one_that_stays, stock))]


def many(stock, folder):
    """Readers begin all along an import, and each sees one state."""
    task = stock.two_batches
    ledger = task.template.copy_to(folder)
    writer = task.start(ledger)
    has_ended = threading.Event()
    findings, looks = [], []

    def repeat(look):
        try:
            while not has_ended.is_set():
                look(ledger)
                looks.append(look)
        except Exception as finding:
            findings.append(finding)

    threads = [threading.Thread(target=repeat, args=[look])
               for look in (verify, show, report, reckon)]
    for thread in threads:
        thread.start()
    try:
        result = finish(writer)
    finally:
        has_ended.set()
        for thread in threads:
            thread.join()
    if findings:
        raise findings[0]
    promise(result.status == 0, "the import does not succeed beside readers", result)
    promise(len(set(looks)) == len(threads), "a reader never got through", looks)
    task.check_done(ledger, result.out)
    check_sound(ledger)
    return "many readers during an import: each sees one state"


def verify(ledger):
    check_sound(ledger)


def show(ledger):
    result = aid("show", ledger, 7, "--json")
    promise(result.status == 0 and json.loads(result.out), "show", result)


def report(ledger):
    path = ledger.path.parent / "report.html"
    result = aid("report", "fund-use", ledger, "--year", 2023, "-o", path)
    promise(result.status == 0 and path.stat().st_size > 0, "report", result)


def reckon(ledger):
    """Within one reading, the head's root hash is that of the leaves."""
    with reader(ledger) as database:
        database.execute("BEGIN")
        leaves = database.execute("SELECT leafHash FROM entry ORDER BY seq").fetchall()
        head = database.execute("SELECT size, rootHash FROM head").fetchall()
    tree = Tree()
    for leaf, in leaves:
        tree.append(leaf)
    fits = head == [(tree.size, tree.root())]
    promise(fits, "the head does not fit the entries", head, tree.size)


def one_that_stays(stock, folder):
    """Somebody leaves a query open. Writers neither fail for it nor hold each other up."""
    ledger = stock.begun.copy_to(folder)
    tasks = writers.imports(stock, folder)
    with left_open(ledger):
        finish_all([task.start(ledger) for task in tasks])
    writers.check_both(ledger, tasks)
    return "a reader that stays: both writers complete"
