"""The rulebooks of `ledger/policies` as Python sees them, for the tests that read them."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
POLICIES = ROOT / "ledger/policies"
# The policy documents themselves, where they lie beside the checkout; they are no part of it.
DOCUMENTS = ROOT.parent / "shared/policy"


class StrictLoader(yaml.SafeLoader):
    """Dates stay text, as the schema wants them, and a name stands in a mapping only once."""


StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}


def mapping(loader, node):
    names = [loader.construct_object(name) for name, _ in node.value]
    twice = {name for name in names if names.count(name) > 1}
    assert not twice, f"{node.start_mark}: {twice} stands here twice"
    return loader.construct_mapping(node, deep=True)


StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)


def load(path):
    return yaml.load(path.read_text("utf-8"), StrictLoader)


def rulebooks():
    """All rulebooks that are shipped, by name."""
    return {path.stem: load(path) for path in sorted(POLICIES.glob("*.yaml"))}


def used_rules(value, top=True):
    """The rules that a part of a rulebook rests on, in order, some more than once."""
    if isinstance(value, list):
        return [rule for item in value for rule in used_rules(item, False)]
    if not isinstance(value, dict):
        return []
    found = []
    for name, member in value.items():
        if top and name in ("rules", "displaces"):
            continue
        if name in ("rule", "fundRule", "apart", "pays"):
            found.append(member)
        else:
            found += used_rules(member, False)
    return found


def used_here(book):
    return used_rules(book) + [item["by"] for item in book.get("displaces", [])]


def clauses(value, top=True):
    """Every part of a rulebook that names its rule."""
    if isinstance(value, list):
        for item in value:
            yield from clauses(item, False)
    elif isinstance(value, dict):
        if not top and "rule" in value:
            yield value
        for name, member in value.items():
            if not (top and name == "rules"):
                yield from clauses(member, False)


def words_of(book, clause):
    """The words that a clause rests on: its own quote, else its rule's, without white space."""
    return bare(clause.get("quote") or book["rules"][clause["rule"]]["quote"])


def bare(text):
    return re.sub(r"\s", "", text)
