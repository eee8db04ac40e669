"""Time-stamps of checkpoints (RFC 3161): asked for, kept, verified by `openssl`, and forged."""

import base64
import datetime
import hashlib
import os
import time

import pytest

from authority import Authority, base64_of, imprint, indefinite, info_of, text_of
from chain import rechain
from harness import (BAD_INPUT, COULD_NOT, ENVIRONMENT, FINE, NO, ORIGIN, aid, application, done,
                     refused, tampering)
from stamping import newest, rehashed, request, respond, with_other_time


# MARK: asking

def test_request_is_for_the_newest_checkpoint(log, tmp_path):
    told = request(log, tmp_path / "q")
    size, note = newest(log)
    assert size == log.size() and f"of {size} entries" in told.err and "signs" not in told.err
    said = text_of("-query", tmp_path / "q")
    assert imprint(said) == hashlib.sha256(note.encode()).hexdigest()
    assert "Hash Algorithm: sha256" in said and "Certificate required: yes" in said
    nonce = said.split("Nonce: ")[1].splitlines()[0]
    assert nonce.startswith("0x") and len(nonce) > 10
    request(log, tmp_path / "again")
    assert nonce not in text_of("-query", tmp_path / "again")


def test_request_says_when_entries_came_after_the_checkpoint(log, tmp_path):
    size, note = newest(log)
    (log.keys / "signing.key").rename(tmp_path / "signing.key")
    assert log.take([application(9)]).status == FINE
    told = request(log, tmp_path / "q")
    assert f"checkpoint of {size} entries" in told.err
    assert f"has {log.size()} by now" in told.err and "signs a checkpoint of all" in told.err
    assert imprint(text_of("-query", tmp_path / "q")) == hashlib.sha256(note.encode()).hexdigest()


def test_request_for_an_older_checkpoint(log, tmp_path):
    size, note = newest(log)
    log.take([application(9)])
    request(log, tmp_path / "q", "--size", size)
    assert imprint(text_of("-query", tmp_path / "q")) == hashlib.sha256(note.encode()).hexdigest()
    refused(aid("checkpoint", log, "--timestamp-request", tmp_path / "q2", "--size", 3), BAD_INPUT,
            "holds no checkpoint of 3 entries", f"its newest is of {log.size()}")
    assert not (tmp_path / "q2").exists()


def test_request_without_any_checkpoint(new_ledger, tmp_path):
    refused(aid("checkpoint", new_ledger, "--timestamp-request", tmp_path / "q"), BAD_INPUT,
            "has no checkpoint yet")


def test_request_is_not_written_over_a_ledger(log):
    before = log.content()
    refused(aid("checkpoint", log, "--timestamp-request", log), BAD_INPUT, "not overwritten")
    assert log.content() == before


def test_openssl_that_is_missing(log, response, authority, tmp_path):
    """It is looked for along PATH, and its want is a plain error."""
    (tmp_path / "empty").mkdir()
    without = {**ENVIRONMENT, "PATH": str(tmp_path / "empty")}
    size = log.size()
    for arguments in (
            ("checkpoint", log, "--timestamp-request", tmp_path / "q2"),
            ("checkpoint", log, "--timestamp-response", response, "--tsa-chain", authority.chain),
            ("verify", log, "--tsa-chain", authority.chain),
            ("times", log, "--tsa-chain", authority.chain)):
        refused(aid(*arguments, env=without), COULD_NOT, "`openssl` is not there", "install")
    assert log.size() == size and not (tmp_path / "q2").exists()
    # What does not need it goes on.
    assert aid("verify", log, env=without).status == FINE
    assert aid("times", log, env=without).status == FINE


def test_openssl_that_fails(log, tmp_path):
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin/openssl"
    fake.write_text("#!/bin/sh\nexit 7\n")
    fake.chmod(0o755)
    there = {**ENVIRONMENT, "PATH": f"{fake.parent}:{os.environ['PATH']}"}
    refused(aid("checkpoint", log, "--timestamp-request", tmp_path / "q", env=there), COULD_NOT,
            "`openssl` could not be run")


def test_openssl_that_says_yes_by_its_status_alone(log, response, authority, tmp_path):
    """A program of that name that does nothing is no verification."""
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin/openssl"
    fake.write_text("#!/bin/sh\nexit 0\n")
    fake.chmod(0o755)
    there = {**ENVIRONMENT, "PATH": f"{fake.parent}:{os.environ['PATH']}"}
    refused(aid("checkpoint", log, "--timestamp-response", response, "--tsa-chain",
                authority.chain, env=there), COULD_NOT, "`openssl` could not be run")


# MARK: keeping the answer

def test_response_is_kept(log, authority, response, tmp_path):
    size, note = newest(log)
    before = int(time.time())
    result = respond(log, response, authority, "--operator", "u7")
    assert result.status == FINE, result
    entry = log.entry(log.size() - 1)
    assert entry["kind"] == "checkpoint.timestamped" and entry["operator"] == "u7"
    assert entry["body"] == {
        "origin": ORIGIN, "size": size, "note": note, "token": base64_of(response),
        "rootHash": base64.b64decode(note.splitlines()[2]).hex()}
    # Whoever has only the entry checks it with openssl alone, as FORMAT.md says.
    (tmp_path / "kept").write_bytes(base64.b64decode(entry["body"]["token"]))
    assert authority.finds_good(tmp_path / "kept", entry["body"]["note"].encode(), tmp_path)
    stated = datetime.datetime.strptime(
        text_of("-reply", response).split("Time stamp: ")[1].splitlines()[0],
        "%b %d %H:%M:%S %Y %Z").replace(tzinfo=datetime.timezone.utc)
    assert abs(stated.timestamp() - before) < 60
    assert f"{size} entries existed at {stated:%Y-%m-%dT%H:%M:%SZ}" in result.out
    assert log.verify().is_sound()


def test_same_response_again(stamped, authority, response):
    size = stamped.size()
    result = respond(stamped, response, authority)
    assert (result.status, stamped.size()) == (FINE, size)
    assert f"entry {size - 1}, there already" in result.out


def test_another_response_for_the_same_checkpoint(stamped, authority, response, tmp_path):
    """Two authorities may stamp one checkpoint, or one of them twice."""
    size = stamped.size()
    again = authority.answer(tmp_path / "q", tmp_path / "r2")
    assert respond(stamped, again, authority).status == FINE
    assert stamped.size() == size + 1 and stamped.verify().is_sound()


def test_response_for_an_older_checkpoint(log, authority, response):
    """An answer may take its time."""
    size, _ = newest(log)
    log.take([application(9)])
    done("checkpoint", log)
    assert respond(log, response, authority).status == FINE
    assert log.entry(log.size() - 1)["body"]["size"] == size


def test_response_with_indefinite_lengths(log, authority, response, tmp_path):
    data = indefinite(response.read_bytes())
    assert data != response.read_bytes() and data.startswith(b"\x30\x80")
    (tmp_path / "ber").write_bytes(data)
    assert authority.finds_good(tmp_path / "ber", newest(log)[1].encode(), tmp_path)
    assert respond(log, tmp_path / "ber", authority).status == FINE
    assert log.verify("--tsa-chain", authority.chain).is_sound()


def test_certificates_between_may_be_given(log, tmp_path):
    """An authority that sends only its own certificate."""
    one = Authority(tmp_path / "tsa")
    (one.folder / "chain.pem").write_bytes((one.folder / "stamper.pem").read_bytes())
    request(log, tmp_path / "q")
    file = one.answer(tmp_path / "q", tmp_path / "r")
    size = log.size()
    refused(respond(log, file, one), NO, "does not hold", "issuer certificate")
    assert log.size() == size
    between = ("--tsa-untrusted", one.between)
    assert respond(log, file, one, *between).status == FINE
    assert log.verify("--tsa-chain", one.chain, *between).is_sound()
    assert log.verify("--tsa-chain", one.chain).status == NO


def no_grant(log, authority, stranger, folder):
    other = Authority(folder / "sha512", digests="sha512")
    request(log, folder / "q2")
    return other.answer(folder / "q2", folder / "f"), other


def of_other_data(log, authority, stranger, folder):
    (folder / "data").write_text("something else\n")
    authority.openssl("ts", "-query", "-data", folder / "data", "-sha256", "-cert", "-out",
                      folder / "q2")
    return authority.answer(folder / "q2", folder / "f"), authority


def of_another_hash(log, authority, stranger, folder):
    (folder / "data").write_text(newest(log)[1])
    authority.openssl("ts", "-query", "-data", folder / "data", "-sha512", "-cert", "-out",
                      folder / "q2")
    return authority.answer(folder / "q2", folder / "f"), authority


def of_a_stranger(log, authority, stranger, folder):
    return stranger.answer(folder / "q", folder / "f"), authority


def tampered_byte(log, authority, stranger, folder):
    """Of the signature, which comes last."""
    data = bytearray((folder / "r").read_bytes())
    data[-1] ^= 1
    (folder / "f").write_bytes(data)
    return folder / "f", authority


def tampered_time(log, authority, stranger, folder):
    (folder / "f").write_bytes(with_other_time((folder / "r").read_bytes()))
    return folder / "f", authority


@pytest.mark.parametrize("make, text", [
    (no_grant, "has not granted a time-stamp: rejection"), (of_other_data, "answers another request"),
    (of_another_hash, "does not stamp a SHA-256"), (of_a_stranger, "does not hold"),
    (tampered_byte, "does not hold"), (tampered_time, "does not hold")],
    ids=lambda value: getattr(value, "__name__", None))
def test_response_that_is_refused(log, authority, stranger, response, tmp_path, make, text):
    file, trusted = make(log, authority, stranger, tmp_path)
    size, content = log.size(), log.content()
    refused(respond(log, file, trusted), NO, text)
    assert log.size() == size and log.content() == content


@pytest.mark.parametrize("data", [
    b"", b"hello\n", b"\x30\x80" * 9000, b"<html>502</html>", b"\x30\x03\x02\x01\x00",
    b"\xff" * 3_000_000], ids=["empty", "text", "deep", "page", "status-alone", "huge"])
def test_response_that_is_none(log, authority, tmp_path, data):
    (tmp_path / "f").write_bytes(data)
    size = log.size()
    refused(respond(log, tmp_path / "f", authority), BAD_INPUT, str(tmp_path / "f"))
    refused(respond(log, tmp_path / "missing", authority), BAD_INPUT, "there is no such file")
    assert log.size() == size


def test_response_that_is_cut_off(log, authority, response, tmp_path):
    data = response.read_bytes()
    for count in (1, 2, 10, len(data) // 2, len(data) - 1):
        (tmp_path / "f").write_bytes(data[:count])
        refused(respond(log, tmp_path / "f", authority), BAD_INPUT, "no response")


@pytest.mark.parametrize("text", ["", "hello\n", "-----BEGIN CERTIFICATE-----\nabcd\n"
                                  "-----END CERTIFICATE-----\n"], ids=["empty", "text", "broken"])
def test_chain_that_is_none(log, response, tmp_path, text):
    (tmp_path / "pem").write_text(text)
    for chain in (tmp_path / "pem", tmp_path / "missing.pem"):
        refused(aid("checkpoint", log, "--timestamp-response", response, "--tsa-chain", chain),
                BAD_INPUT, str(chain), "PEM")
        for command in ("verify", "times"):
            refused(aid(command, log, "--tsa-chain", chain), BAD_INPUT, str(chain), "PEM")


@pytest.mark.parametrize("arguments", [
    ("--timestamp-response", "f"), ("--tsa-chain", "f"), ("--size", "3"),
    ("--timestamp-request", "f", "--timestamp-response", "f", "--tsa-chain", "f"),
    ("--timestamp-request", "f", "--add-cosignature", "f"), ("--timestamp-request", "f", "-o", "g"),
    ("--timestamp-response", "f", "--tsa-untrusted", "f")], ids=" ".join)
def test_options_that_do_not_go_together(log, arguments):
    size = log.size()
    refused(aid("checkpoint", log, *arguments), BAD_INPUT, "--")
    assert log.size() == size


def test_certificate_that_is_for_something_else(log, tmp_path):
    """Signed under the trusted root, but not by a certificate for time-stamping."""
    one = Authority(tmp_path / "tsa")
    one.certify("root", "mail", "signing", "20200101000000Z", "20990101000000Z")
    request(log, tmp_path / "q")
    info = info_of(one.answer(tmp_path / "q", tmp_path / "r").read_bytes())
    size = log.size()
    file = one.token_by("mail", info, tmp_path / "f")
    between = ("--tsa-untrusted", one.between)
    refused(respond(log, file, one, *between), NO, "does not hold", "purpose")
    assert log.size() == size
    # Made in the same way by a certificate for time-stamping, it is taken.
    file = one.token_by("stamper", info, tmp_path / "g")
    assert respond(log, file, one, *between).status == FINE


def test_certificate_that_has_expired_since(log, response, tmp_path):
    """What was stamped while it was valid stays stamped; what it stamps later is not taken."""
    one = Authority(tmp_path / "tsa")
    one.certify("root", "root", "authority", "20190101000000Z", "20990101000000Z")
    one.certify("root", "stamper", "stamping", "20200101000000Z", "20200201000000Z")
    info = info_of(response.read_bytes())
    year = time.strftime("%Y", time.gmtime()).encode()
    place = info.index(b"\x18\x0f" + year) + 2
    then = info[:place] + b"20200115120000Z" + info[place + 15:]
    late = one.token_by("stamper", info, tmp_path / "late")
    refused(respond(log, late, one), NO, "certificate has expired")
    file = one.token_by("stamper", then, tmp_path / "then")
    assert not one.finds_good(file, newest(log)[1].encode(), tmp_path)  # as of today
    result = respond(log, file, one)
    assert result.status == FINE and "existed at 2020-01-15T12:00:00Z" in result.out, result
    assert log.verify("--tsa-chain", one.chain).is_sound()
    # The ledger was made after that: its clock and the authority's contradict each other.
    result = aid("times", log, "--tsa-chain", one.chain)
    assert result.status == NO and "said to be recorded after they were seen" in result.out


# MARK: verify

def test_verify_says_whether_tokens_were_verified(stamped, authority, stranger):
    verdict = stamped.verify()
    assert verdict.is_sound() and verdict.notes == [
        "note: 1 time-stamp was not verified: say whom you trust by --tsa-chain FILE"], verdict
    verdict = stamped.verify("--tsa-chain", authority.chain)
    assert verdict.is_sound() and verdict.notes == [
        f"note: 1 time-stamp was verified under {authority.chain}"], verdict
    seq = stamped.size() - 1
    stamped.verify("--tsa-chain", stranger.chain).mentions(
        f"entry {seq}: the time-stamp in it: certificate verify error")


def test_token_of_another_checkpoint(stamped, authority, tmp_path):
    """A token moved to another checkpoint is found without any certificate."""
    stamped.take([application(9)])
    done("checkpoint", stamped)
    request(stamped, tmp_path / "q2")
    other = authority.answer(tmp_path / "q2", tmp_path / "r2")
    seq = next(seq for seq in range(stamped.size())
               if stamped.entry(seq)["kind"] == "checkpoint.timestamped")
    rehashed(stamped, seq, lambda entry: entry["body"].update(token=base64_of(other)))
    for arguments in ((), ("--tsa-chain", authority.chain)):
        stamped.verify(*arguments).says(
            f"entry {seq}: the time-stamp in it: it stamps other data than the checkpoint beside it")
    assert aid("times", stamped).status == NO


def test_forged_time_in_a_rehashed_ledger(stamped, authority, response):
    forged = base64.b64encode(with_other_time(response.read_bytes())).decode()
    seq = stamped.size() - 1
    rehashed(stamped, seq, lambda entry: entry["body"].update(token=forged))
    assert stamped.verify().is_sound()  # nobody was asked
    stamped.verify("--tsa-chain", authority.chain).mentions(f"entry {seq}: the time-stamp in it: ")
    result = aid("times", stamped, "--tsa-chain", authority.chain)
    assert result.status == NO and f"entry {seq}: its time-stamp does not hold" in result.out, result


@pytest.mark.parametrize("token", ["", "!!!", "AAAA"])
def test_token_that_is_none(stamped, token):
    seq = stamped.size() - 1
    rehashed(stamped, seq, lambda entry: entry["body"].update(token=token or "A"))
    stamped.verify().mentions(f"entry {seq}: the time-stamp in it: ")


def test_rewritten_ledger_keeps_no_time_stamp(stamped, authority):
    """Whoever rewrites what was stamped has a token for other entries: the root differs."""
    seq = stamped.size() - 1
    with tampering(stamped.path) as database:
        rechain(database, 2, lambda entry: entry.update(
            operator="somebody-else" if entry["seq"] == 2 else entry["operator"]))
        database.execute("DELETE FROM checkpoint")
    done("rebuild", stamped)
    done("checkpoint", stamped)
    stamped.verify("--tsa-chain", authority.chain).mentions(
        f"entry {seq}: the checkpoint in it: the first {seq} entries are not those that were signed")
    result = aid("times", stamped, "--tsa-chain", authority.chain)
    assert result.status == NO and "NOT SOUND" in result.out, result
