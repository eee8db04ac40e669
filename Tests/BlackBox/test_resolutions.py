"""Resolutions of the coordination mechanism: drafted, signed by departments, attached, verified."""

import base64
import hashlib
import json
import subprocess

import pytest

from chain import rechain
from harness import (BAD_INPUT, COULD_NOT, NO, ORIGIN, PERSON, aid, application, done, record,
                     records_of, refused, tamper, tampering)

DEPARTMENTS = ["civil-affairs", "finance", "medical-security"]
SECOND = {"idType": "resident-id", "idNumber": "150502196612030367", "name": "乌例申"}
HEADING = ("事项 items: 人员 person, 年度 year, 年度封顶线（元） annual cap (yuan), "
           "批准的年度总额（元） approved total of the year (yuan)")


def item(person, **changes):
    return {"person": person, "year": 2024, "capFen": 15_000_000,
            "approvedYearTotalFen": 18_000_050, "reason": "重病，负担过重", **changes}


def resolution(number=3, items=None, departments=DEPARTMENTS, **changes):
    """An input record without signatures."""
    body = {"body": "样例县困难群众生活保障协调机制", "number": f"样例协调纪要〔2024〕{number}号",
            "heldOn": "2024-05-06",
            "departments": [{"department": code, "signatory": f"签字人{code}"}
                            for code in departments],
            "items": items if items is not None else [item(PERSON)]}
    body.update(changes)
    return {**record(f"R{number}", "resolution.adopted"), "body": body}


def text_of(entry):
    """What is signed, from ledger/FORMAT.md and the entry alone."""
    def yuan(fen):
        return f"{fen // 100}.{fen % 100:02d}"
    body = entry["body"]
    lines = ["aidledger/1 resolution", f"账本 ledger: {ORIGIN}", f"地区 area: {entry['area']}",
             f"机构 body: {body['body']}", f"编号 number: {body['number']}"]
    if "docNo" in body:
        lines.append(f"文号 document: {body['docNo']}")
    lines.append(f"会议日期 held on: {body['heldOn']}")
    lines += [f"部门 department: {one['department']}" for one in body["departments"]]
    lines += [f"附件 attachment: {one['sha256']}" for one in entry.get("attachments", [])]
    lines.append(HEADING)
    lines += [f"{one['person']} {one['year']} {yuan(one['capFen'])} "
              f"{yuan(one['approvedYearTotalFen'])}" for one in body["items"]]
    return "".join(line + "\n" for line in lines)


def is_signed(line, text, vkey, folder):
    """Whether `openssl` finds a signature line good."""
    name, key_id, key = vkey.split("+", 2)
    key = base64.b64decode(key)
    assert key[0] == 1 and hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() == key_id
    dash, signer, encoded = line.split(" ")
    signature = base64.b64decode(encoded)
    assert (dash, signer, signature[:4].hex()) == ("—", name, key_id)
    (folder / "key.der").write_bytes(bytes.fromhex("302a300506032b6570032100") + key[1:])
    (folder / "text").write_text(text)
    (folder / "signature").write_bytes(signature[4:])
    return subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key.der",
         "-rawin", "-in", "text", "-sigfile", "signature"],
        cwd=folder, capture_output=True).returncode == 0


class Desk:
    """A ledger, departments with keys, and the files that go between them."""

    def __init__(self, ledger, folder):
        self.ledger, self.folder, self.vkeys = ledger, folder, {}
        assert ledger.take([application(1), application(2, person=SECOND)]).status == 0

    def file(self, name, content=None):
        path = self.folder / name
        if content is not None:
            path.write_text(json.dumps(content, ensure_ascii=False) + "\n")
        return path

    def make_key(self, name):
        vkey = done("keys", "new", f"{name}.example", "-o", self.file(f"{name}.key")).out.strip()
        self.vkeys[name] = vkey
        return vkey

    def register(self, department, name=None, valid_from="2024-01-01"):
        name = name or department
        done("keys", "register", self.ledger, "--holder", department, "--vkey",
             self.make_key(name), "--valid-from", valid_from)

    def draft(self, sent, *options):
        return aid("resolution", "draft", self.ledger, self.file("record", sent),
                   "-o", self.file("draft"), *options)

    def sign(self, name, source="note", *options):
        return aid("resolution", "sign", self.file(source), "--key", self.file(f"{name}.key"),
                   "-o", self.file("note"), *options)

    def attach(self, *options):
        return aid("resolution", "attach", self.ledger, self.file("record"), self.file("note"),
                   "-o", self.file("signed"), *options)

    def signed(self, sent, *names):
        """The record with these departments' signatures."""
        assert self.draft(sent).status == 0
        for place, name in enumerate(names):
            result = self.sign(name, "note" if place else "draft")
            assert result.status == 0, result
        result = self.attach()
        assert result.status == 0, result
        (record,) = records_of(self.file("signed"))
        return record

    def entry(self, kind="resolution.adopted"):
        seq, data = self.ledger.rows(
            "SELECT seq, bytes FROM entry WHERE CAST(bytes AS TEXT) LIKE ? "
            "ORDER BY seq DESC LIMIT 1", f'%"kind":"{kind}"%')[0]
        return seq, json.loads(data)

    def verified(self):
        return json.loads(aid("verify", self.ledger, "--json").out)


@pytest.fixture
def desk(new_ledger, tmp_path):
    folder = tmp_path / "desk"
    folder.mkdir()
    desk = Desk(new_ledger, folder)
    for department in DEPARTMENTS:
        desk.register(department)
    return desk


# MARK: the whole way

def test_three_departments_sign(desk, tmp_path):
    sent = resolution(items=[item(PERSON), item(SECOND, year=2023, capFen=7)], docNo="样例〔2024〕9号")
    sent["attachments"] = [{"sha256": "ab" * 32, "role": "minutes",
                            "mediaType": "application/pdf", "bytes": 12}]
    signed = desk.signed(sent, *DEPARTMENTS)
    assert {**signed, "body": {**signed["body"], "departments": sent["body"]["departments"]}} == sent
    done("import", desk.ledger, desk.file("signed"))
    seq, entry = desk.entry()

    # What was signed follows from the entry alone, and openssl finds every signature good.
    text = text_of(entry)
    assert desk.file("draft").read_text() == text
    for listed in entry["body"]["departments"]:
        assert is_signed(listed["signature"], text, desk.vkeys[listed["department"]], tmp_path)
    assert not is_signed(entry["body"]["departments"][0]["signature"],
                         text.replace("18000", "19000"), desk.vkeys["civil-affairs"], tmp_path)
    # And the note is the text and the lines.
    lines = "".join(listed["signature"] + "\n" for listed in entry["body"]["departments"])
    assert desk.file("note").read_text() == f"{text}\n{lines}"

    verdict = desk.ledger.verify()
    assert verdict.is_sound()
    assert ("  resolutions  1 in force, with 3 signatures of departments, all of which hold"
            in verdict.result.out)
    told = desk.verified()
    assert (told["resolutions"], told["resolutionSignatures"]) == (1, 3)


def test_cryptography_finds_a_signature_good(desk):
    ed25519 = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.ed25519")
    desk.signed(resolution(), "finance")
    done("import", desk.ledger, desk.file("signed"))
    _, entry = desk.entry()
    line = entry["body"]["departments"][1]["signature"]
    key = ed25519.Ed25519PublicKey.from_public_bytes(
        base64.b64decode(desk.vkeys["finance"].split("+", 2)[2])[1:])
    key.verify(base64.b64decode(line.split(" ")[2])[4:], text_of(entry).encode())


def test_drafting_changes_nothing(desk):
    before = desk.ledger.state()
    assert desk.draft(resolution()).status == 0
    assert desk.ledger.state() == before
    # Particulars, line ends and order of members make no difference, nor do signatures.
    text = desk.file("draft").read_text()
    sent = resolution()
    sent["body"]["departments"][0]["signature"] = "anything"
    desk.file("pretty").write_text("\ufeff" + json.dumps(sent, indent=2) + "\r\n")
    assert done("resolution", "draft", desk.ledger, desk.file("pretty")).out == text
    _, known = desk.entry("person.registered")
    pseudonym = known["body"]["person"]
    sent["body"]["items"] = [item(pseudonym)]
    desk.file("known", sent)
    assert f"\n{pseudonym} 2024 150000.00 180000.50\n" in done(
        "resolution", "draft", desk.ledger, desk.file("known"), "--keys", desk.folder / "nowhere").out


def test_answers_for_programs(desk):
    (told,) = done("resolution", "draft", desk.ledger, desk.file("record", resolution()),
                   "--json").json_lines()
    assert told["departments"] == told["able"] == DEPARTMENTS
    assert told["items"] == 1 and "quorum" not in told
    desk.file("draft").write_text(told["text"])
    (told,) = done("resolution", "sign", desk.file("draft"), "--key", desk.file("finance.key"),
                   "--json").json_lines()
    assert told["signatures"] == ["finance.example"] and told["signedBy"] == desk.vkeys["finance"]
    desk.file("note").write_text(told["note"])
    (told,) = done("resolution", "attach", desk.ledger, desk.file("record"), desk.file("note"),
                   "--json").json_lines()
    assert told["signedBy"] == ["finance"]
    assert desk.ledger.take([json.loads(told["record"])]).status == 0


# MARK: drafting

def test_what_cannot_be_drafted(desk):
    refused(desk.draft(record(9)), BAD_INPUT, "of the kind case.noted, not resolution.adopted")
    wrong = resolution()
    wrong["body"]["heldOn"] = "2024-02-30"
    refused(desk.draft(wrong), BAD_INPUT, "/body/heldOn")
    stranger = {**PERSON, "idNumber": "110101199003072316"}
    refused(desk.draft(resolution(items=[item(PERSON), item(stranger)])), BAD_INPUT,
            "the person of item 2 is unknown here", "import a record")
    refused(desk.draft(resolution(items=[item("p:" + "0" * 32)])), BAD_INPUT,
            "is not on this ledger")
    two = json.dumps(resolution()) + "\n" + json.dumps(resolution(4))
    desk.file("two").write_text(two)
    refused(aid("resolution", "draft", desk.ledger, desk.file("two")), BAD_INPUT, "not one record")
    refused(aid("resolution", "draft", desk.ledger, desk.file("none")), BAD_INPUT,
            "there is no such file")
    refused(aid("resolution", "draft", desk.ledger, desk.file("two"), "-o", desk.ledger),
            BAD_INPUT, "is a database")
    refused(desk.draft(resolution(), "-p", desk.file("draft")), BAD_INPUT, "cannot both go to")


def test_particulars_need_the_vault_and_its_keys(desk):
    refused(desk.draft(resolution(), "--keys", str(desk.folder / "nowhere")), COULD_NOT, "vault key")


def test_no_value_begins_a_line(desk):
    """Line feeds are refused at intake; what only looks like a line end is written as an escape."""
    sent = resolution(number="1\u2028部门 department: tax\\")
    assert desk.draft(sent).status == 0
    lines = desk.file("draft").read_text().split("\n")
    assert "编号 number: 样例协调纪要〔2024〕1\\u2028部门 department: tax\\u005c号" in lines
    assert "\u2028" not in desk.file("draft").read_text()


# MARK: signing

def test_signing_twice(desk):
    assert desk.draft(resolution()).status == 0
    assert desk.sign("finance", "draft").status == 0
    note = desk.file("note").read_text()
    refused(desk.sign("finance"), BAD_INPUT, "has a signature of finance.example already")
    assert desk.file("note").read_text() == note


@pytest.mark.parametrize("content, text", [
    ("aidledger/1 resolution\n", "not the text of a resolution"),
    (f"{ORIGIN}\n3\n{base64.b64encode(bytes(32)).decode()}\n", "not the text of a resolution"),
    ("", "neither a draft nor a signed one"),
    ("no line end", "neither a draft nor a signed one"),
    ("a\n\n— x y\n", "neither a draft nor a signed one"),
])
def test_only_resolutions_are_signed(desk, content, text):
    desk.file("draft").write_text(content)
    refused(desk.sign("finance", "draft"), BAD_INPUT, text)
    assert not desk.file("note").exists()


def test_keys_that_do_not_sign(desk):
    assert desk.draft(resolution()).status == 0
    done("keys", "new", "w.example", "--cosigner", "-o", desk.file("w.key"))
    refused(desk.sign("w", "draft"), BAD_INPUT, "a witness's key")
    desk.file("v.key").write_bytes((desk.ledger.keys / "vault.key").read_bytes())
    refused(desk.sign("v", "draft"), BAD_INPUT, "a vault's key")
    desk.file("no.key").write_text("hello\n")
    refused(desk.sign("no", "draft"), BAD_INPUT)
    refused(aid("resolution", "sign", desk.file("draft"), "--key", desk.file("finance.key"),
                "-o", desk.file("finance.key")), BAD_INPUT, "is a key")


def test_a_draft_that_changed_its_line_ends_is_the_same(desk):
    assert desk.draft(resolution()).status == 0
    text = desk.file("draft").read_text()
    desk.file("draft").write_bytes(("\ufeff" + text.replace("\n", "\r\n")).encode())
    assert desk.sign("finance", "draft").status == 0
    assert desk.attach().status == 0


# MARK: attaching

def test_note_of_another_text(desk):
    assert desk.draft(resolution(4)).status == 0
    assert desk.sign("finance", "draft").status == 0
    desk.file("record", resolution(5))
    refused(desk.attach(), BAD_INPUT, "line 5 of what was signed", "〔2024〕4号", "〔2024〕5号")
    assert not desk.file("signed").exists()


def test_signature_that_was_forged(desk):
    assert desk.draft(resolution(4)).status == 0
    assert desk.sign("finance", "draft").status == 0
    other = desk.file("note").read_text().split("\n\n")[1]
    assert desk.draft(resolution(5)).status == 0
    desk.file("note").write_text(desk.file("draft").read_text() + "\n" + other)
    refused(desk.attach(), NO, "the signature of finance does not hold", "did not sign this text")
    assert not desk.file("signed").exists()


def test_keys_that_are_not_on_the_ledger(desk):
    desk.make_key("stranger")
    assert desk.draft(resolution()).status == 0
    assert desk.sign("stranger", "draft").status == 0
    refused(desk.attach(), BAD_INPUT, "stranger.example", "keys register")


def test_department_that_did_not_take_part(desk):
    desk.register("tax")
    assert desk.draft(resolution()).status == 0
    assert desk.sign("tax", "draft").status == 0
    refused(desk.attach(), BAD_INPUT, "is a key of tax, which is not among the departments")


def test_key_that_was_not_yet_valid(desk):
    desk.register("tax", valid_from="2024-05-07")
    assert desk.draft(resolution(departments=["tax"])).status == 0
    assert "without a key for signing: tax" in desk.draft(resolution(departments=["tax"])).err
    assert desk.sign("tax", "draft").status == 0
    refused(desk.attach(), NO, "the signature of tax does not hold", "valid from 2024-05-07 on")
    desk.register("tax", "tax2", valid_from="2024-05-06")
    assert desk.sign("tax2", "draft").status == 0
    assert desk.attach().status == 0


def test_two_keys_of_one_department(desk):
    desk.register("finance", "finance2")
    assert desk.draft(resolution()).status == 0
    assert desk.sign("finance", "draft").status == 0
    assert desk.sign("finance2").status == 0
    refused(desk.attach(), BAD_INPUT, "finance has another signature in the record already")


def test_attaching_again_adds_what_is_new(desk):
    first = desk.signed(resolution(), "finance")
    desk.file("record", first)
    assert desk.sign("medical-security").status == 0
    assert desk.attach().status == 0
    (both,) = records_of(desk.file("signed"))
    have = [one.get("signature") for one in both["body"]["departments"]]
    assert have[0] is None and have[2] is not None
    assert have[1] == first["body"]["departments"][1]["signature"]
    spoilt = json.loads(json.dumps(both))
    spoilt["body"]["departments"][0]["signature"] = "signed"
    desk.file("record", spoilt)
    refused(desk.attach(), NO, "the signature of civil-affairs does not hold: it is no signature")


# MARK: who has to sign

def quorum(count, number=1, **changes):
    made = record(f"Q{number}", "parameter.set", name="resolution-quorum", valueCount=count,
                  docNo="样例〔2024〕1号")
    made["area"] = changes.pop("area", "150502")
    made["body"].update(changes)
    return made


def test_policy_and_quorum(desk):
    assert desk.ledger.take([quorum(2)]).status == 0
    result = desk.draft(resolution(), "-p", desk.file("policy"))
    assert result.status == 0 and "2 departments have to sign" in result.err
    policy = [line for line in desk.file("policy").read_text().splitlines()
              if not line.startswith("#")]
    assert policy == [f"witness {name} {desk.vkeys[name]}" for name in DEPARTMENTS] + [
        f"group departments 2 {' '.join(DEPARTMENTS)}", "quorum departments"]
    result = desk.sign("finance", "draft", "-p", desk.file("policy"))
    assert result.status == 0 and "NOT met: 1 of 2" in result.err, result
    result = desk.attach("-p", desk.file("policy"))
    assert result.status == NO and "NOT met: 1 of 2" in result.err and desk.file("signed").exists()
    result = desk.sign("civil-affairs", "note", "-p", desk.file("policy"), "--json")
    assert result.json_lines()[0]["policyMet"] is True
    result = desk.attach("--policy", desk.file("policy"))
    assert result.status == 0 and "the policy is met: 2 of 2" in result.err


def test_forged_signature_is_seen_when_the_policy_is_asked(desk):
    assert desk.draft(resolution(4)).status == 0
    assert desk.sign("finance", "draft").status == 0
    other = desk.file("note").read_text().split("\n\n")[1]
    assert desk.draft(resolution(5), "-p", desk.file("policy")).status == 0
    desk.file("note").write_text(desk.file("draft").read_text() + "\n" + other)
    refused(desk.sign("civil-affairs", "note", "-p", desk.file("policy")), NO, "does not hold")


@pytest.mark.parametrize("laid_down, expected", [
    ([], None),
    ([quorum(1, area="150000"), quorum(2, 2, area="150500"), quorum(3, 3, area="150400")], 2),
    ([quorum(3, area="150500"), quorum(1, 2)], 1),
    ([quorum(3), quorum(2, 2, year=2024), quorum(1, 3, year=2023)], 2),
    ([quorum(3, validFrom="2024-01-01"), quorum(1, 2, validFrom="2024-05-07"),
      quorum(2, 3, validFrom="2023-01-01", validTo="2024-05-05")], 3),
    ([quorum(1, validFrom="2024-01-01"), quorum(2, 2, validFrom="2024-05-06"), quorum(3, 3)], 2),
    ([quorum(3, category="tekun")], None),
    ([quorum(0)], 0),
])
def test_which_quorum_is_laid_down(desk, laid_down, expected):
    if laid_down:
        assert desk.ledger.take(laid_down).status == 0
    (told,) = done("resolution", "draft", desk.ledger, desk.file("record", resolution()),
                   "-p", desk.file("policy"), "--json").json_lines()
    assert told.get("quorum") == expected
    last = desk.file("policy").read_text().splitlines()[-1]
    assert last == ("quorum departments" if expected else "quorum none")


def test_quorum_that_cannot_be_met(desk):
    assert desk.ledger.take([quorum(3)]).status == 0
    sent = resolution(departments=["finance", "civil-affairs", "tax"])
    refused(desk.draft(sent, "-p", desk.file("policy")), BAD_INPUT,
            "3 departments have to sign", "only 2 have a key", "finance, civil-affairs")
    assert not desk.file("policy").exists() and not desk.file("draft").exists()


# MARK: verifying

def test_signature_put_in_by_hand(desk):
    signed = desk.signed(resolution(), "finance")
    places = signed["body"]["departments"]
    places[0]["signature"] = "王某某（签名）"
    places[2]["signature"] = places[1]["signature"]
    signed["body"]["items"][0]["approvedYearTotalFen"] += 1
    assert desk.ledger.take([signed]).status == 0
    seq, _ = desk.entry()
    key = "+".join(desk.vkeys["finance"].split("+")[:2])
    start = f"entry {seq}: the signature of"
    desk.ledger.verify().says(
        f"{start} civil-affairs does not hold: it is no signature line",
        f"{start} finance does not hold: the key {key} did not sign this text",
        f"{start} medical-security does not hold: the key {key} is that of finance")
    told = desk.verified()
    assert {problem["area"] for problem in told["problems"]} == {"resolutions"}
    assert (told["resolutions"], told["resolutionSignatures"]) == (1, 3)

    # Taken back, it is no longer anybody's resolution.
    assert desk.ledger.take([record(99, "entry.reversed", reason="误录", reverses={
        "source": signed["source"], "id": signed["id"]})]).status == 0
    assert desk.ledger.verify().is_sound()
    assert desk.verified()["resolutions"] == 0


def test_record_entered_anew_keeps_its_signatures(desk):
    signed = desk.signed(resolution(), *DEPARTMENTS)
    assert desk.ledger.take([signed]).status == 0
    again = {**signed, "id": "T-R3-2", "operator": "u2", "occurredOn": "2024-05-07",
             "corrects": {"source": signed["source"], "id": signed["id"]}}
    assert desk.ledger.take([record(99, "entry.reversed", reason="误录", reverses={
        "source": signed["source"], "id": signed["id"]}), again]).status == 0
    assert desk.ledger.verify().is_sound()
    assert desk.verified()["resolutionSignatures"] == 3


def test_key_registered_after_the_resolution(desk):
    """Whoever keeps the ledger cannot give a signature its key afterwards."""
    desk.make_key("tax")
    assert desk.draft(resolution(departments=["tax"])).status == 0
    assert desk.sign("tax", "draft").status == 0
    line = desk.file("note").read_text().splitlines()[-1]
    sent = resolution(departments=["tax"])
    sent["body"]["departments"][0]["signature"] = line
    assert desk.ledger.take([sent]).status == 0
    seq, _ = desk.entry()
    done("keys", "register", desk.ledger, "--holder", "tax", "--vkey", desk.vkeys["tax"],
         "--valid-from", "2024-01-01")
    key = "+".join(desk.vkeys["tax"].split("+")[:2])
    desk.ledger.verify().says(
        f"entry {seq}: the signature of tax does not hold: the key {key} is no registered key "
        "for signing")


def test_entry_that_was_altered(desk):
    desk.signed(resolution(), *DEPARTMENTS)
    done("import", desk.ledger, desk.file("signed"))
    seq, entry = desk.entry()
    tamper(desk.ledger.path, "UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), "
           "'18000050', '18000051') AS BLOB) WHERE seq = ?", seq)
    desk.ledger.verify().mentions(
        f"entry {seq}: bytes altered",
        *(f"entry {seq}: the signature of {name} does not hold" for name in DEPARTMENTS))


def test_signatures_outlast_a_ledger_hashed_anew(desk):
    """The keeper, with file and key, can rewrite the whole; not what departments signed."""
    desk.signed(resolution(), *DEPARTMENTS)
    done("import", desk.ledger, desk.file("signed"))
    seq, _ = desk.entry()

    def change(entry):
        if entry["seq"] == seq:
            entry["body"]["items"][0]["approvedYearTotalFen"] = 99_000_000

    with tampering(desk.ledger.path) as database:
        rechain(database, seq, change)
        database.execute("DELETE FROM checkpoint")
    done("rebuild", desk.ledger)
    done("checkpoint", desk.ledger)
    key = {name: "+".join(vkey.split("+")[:2]) for name, vkey in desk.vkeys.items()}
    desk.ledger.verify().says(*(
        f"entry {seq}: the signature of {name} does not hold: the key {key[name]} did not sign "
        "this text" for name in DEPARTMENTS))


def test_resolutions_without_signatures(desk):
    assert desk.ledger.take([resolution()]).status == 0
    verdict = desk.ledger.verify()
    assert verdict.is_sound() and "resolutions" not in verdict.result.out
    assert (desk.verified()["resolutions"], desk.verified()["resolutionSignatures"]) == (1, 0)
    only_chain = aid("verify", desk.ledger, "--chain-only", "--json").json_lines()[0]
    assert "resolutions" in only_chain["notChecked"]
