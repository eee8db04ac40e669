"""Verdicts are those of all that is on the ledger, in whatever order it came."""

import json
import os

import pytest

from harness import BAD_INPUT, FINE, NO, aid, application, connect, done, record, refused, tamper
from judging import (PERSON, RULEBOOK, Home, adoption, approval, certified, claim, digest, ratio,
                     resolution, reversal)

GROUNDS = [adoption(), ratio(), certified()]


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


@pytest.fixture
def judged(home, new_ledger):
    """2,800.00 were due each time; the third claim is of another year."""
    home.take(new_ledger, GROUNDS + [
        claim(1, 280_000), claim(2, 270_000), claim(3, 290_000, day="2025-02-03")])
    return new_ledger


EXACT, UNDER, OVER = {"T-1": "exact"}, {"T-2": "under"}, {"T-3": "over"}


# MARK: what is said

def test_verdict_says_what_was_due(home, judged):
    verdict = home.verdicts(judged)["T-2"]
    seq = judged.value("SELECT seq FROM claim_settled WHERE id = 'T-2'")
    components = {name: None for name in (
        "medicalAidFen", "secondAidFen", "tiltAidFen", "targetedFundFen", "hospitalFen",
        "basicFen", "majorIllnessFen")}
    assert set(verdict) == {
        "seq", "source", "id", "kind", "year", "area", "verdict", "expectedFen",
        "expectedMostFen", "reperformedFen", "actualFen", "breach", "breachRule", "components",
        "layers", "rulebooks", "rules", "missing"}
    assert (verdict["seq"], verdict["source"], verdict["kind"]) == (seq, "test", "claim.settled")
    assert (verdict["year"], verdict["area"], verdict["verdict"]) == (2024, "150502", "under")
    assert (verdict["expectedFen"], verdict["expectedMostFen"]) == (280_000, 280_000)
    assert verdict["actualFen"] == 270_000
    assert set(verdict["components"]) == set(components)
    assert verdict["components"]["medicalAidFen"] == 280_000
    assert verdict["layers"] == {"basic": None, "majorIllness": None}
    assert verdict["rulebooks"] == ["test-2024"] and verdict["missing"] == []
    assert "R6" in verdict["rules"]


def test_filters(home, judged):
    assert home.words(judged) == EXACT | UNDER | OVER
    assert home.words(judged, "--year", 2025) == OVER
    assert home.words(judged, "--verdict", "over", "--verdict", "exact") == EXACT | OVER
    assert home.words(judged, "--verdict", "exact", "--year", 2025) == {}
    refused(home.run("verdicts", judged, "--verdict", "wrong"), BAD_INPUT, "wrong")


def test_text_says_the_same(home, judged):
    out = done("verdicts", judged, env=home.env).out
    assert "under" in out and "paid 2,700.00, due 2,800.00" in out
    assert out.splitlines()[-1] == "1 exact, 1 under, 1 over"


def test_each_is_judged_as_it_is_imported(home, judged):
    """The verdicts stand in the ledger, for the entries that there are."""
    assert judged.value("SELECT count(*) FROM verdict") == 3
    assert judged.value("SELECT size FROM judgement") == judged.size()
    assert judged.verify().status == FINE


# MARK: what comes late

@pytest.mark.parametrize("late, expected", [
    (ratio("second", 8000), {"T-1": "under", "T-2": "under", "T-3": "under"}),
    (ratio("second", 8000, year=2025), EXACT | UNDER | {"T-3": "under"}),
    (ratio("second", 7250, category="dibao"), {"T-1": "under", "T-2": "under", "T-3": "exact"}),
    (reversal("late", 2), EXACT | OVER),
    (reversal("late", "certified"),
     {"T-1": "cannot-be-judged", "T-2": "cannot-be-judged", "T-3": "cannot-be-judged"}),
    (reversal("late", "ratio"),
     {"T-1": "cannot-be-judged", "T-2": "cannot-be-judged", "T-3": "cannot-be-judged"}),
    (reversal("late", "adopt"),
     {"T-1": "cannot-be-judged", "T-2": "cannot-be-judged", "T-3": "cannot-be-judged"}),
], ids=["parameter", "parameter of a year", "nearer parameter", "reversed claim",
        "reversed certification", "reversed parameter", "reversed adoption"])
@pytest.mark.parametrize("when", [[], ["--no-judge"]], ids=["at import", "before the read"])
def test_late_records_change_verdicts(home, judged, late, expected, when):
    home.take(judged, [late], *when)
    assert home.words(judged) == expected
    assert judged.value("SELECT size FROM judgement") == judged.size()
    home.take(judged, [reversal("back", late["id"][2:])], *when)
    assert home.words(judged) == EXACT | UNDER | OVER
    assert judged.verify().is_sound()


def test_missing_says_which_parameter(home, judged):
    home.take(judged, [reversal("late", "ratio")])
    missing, = home.verdicts(judged)["T-1"]["missing"]
    assert all(text in missing for text in ("aid-ratio", "dibao", "2024", "150502"))


def test_unjudged_entries_are_judged_before_the_read(home, new_ledger):
    home.take(new_ledger, GROUNDS + [claim(1, 280_000)], "--no-judge")
    assert new_ledger.value("SELECT count(*) FROM verdict") == 0
    assert new_ledger.verify().is_sound()
    assert home.words(new_ledger) == EXACT
    assert new_ledger.value("SELECT count(*) FROM verdict") == 1


def test_reading_twice_writes_nothing(home, judged):
    home.verdicts(judged)
    before = judged.content()
    home.verdicts(judged)
    assert judged.content() == before


def test_order_of_import_never_matters(home, empty_ledger, tmp_path):
    """The cap of 30,000.00 lets the last of twelve claims in order of time have less."""
    records = GROUNDS + [claim(number, 280_000, day=f"2024-{number:02}-05")
                         for number in range(1, 13)]
    found = []
    orders = [records, records[::-1], records[7:] + records[:7]]
    for number, order in enumerate(orders):
        ledger = empty_ledger.copy_to(tmp_path / f"order{number}")
        for part in (order[:5], order[5:9], order[9:]):
            home.take(ledger, part)
        verdicts = home.verdicts(ledger)
        found.append({name: {**verdict, "seq": 0} for name, verdict in verdicts.items()})
        assert ledger.verify().is_sound()
    assert found[0] == found[1] == found[2]
    # Ten times 2,800.00 leave 2,000.00 of 30,000.00; then nothing is left.
    due = [found[0][f"T-{number}"]["expectedFen"] for number in range(1, 13)]
    assert due == [280_000] * 10 + [200_000, 0]


def test_merged_persons_share_a_cap(home, new_ledger):
    other = {**PERSON, "idNumber": "110101199003078558"}
    first, second = claim(1, 2_000_000, compliant=3_500_000), claim(
        2, 2_000_000, person=other, day="2024-04-05", compliant=3_500_000)
    home.take(new_ledger, GROUNDS + [certified("other", other), first, second])
    due = {name: verdict["expectedFen"] for name, verdict in home.verdicts(new_ledger).items()}
    # 29,000.00 at 70%.
    assert due == {"T-1": 2_030_000, "T-2": 2_030_000}
    merger = {**reversal("merger", 0), "kind": "person.merged",
              "body": {"from": PERSON, "into": other, "reason": "number-corrected"}}
    home.take(new_ledger, [merger])
    due = {name: verdict["expectedFen"] for name, verdict in home.verdicts(new_ledger).items()}
    assert due == {"T-1": 2_030_000, "T-2": 1_000_000}
    home.take(new_ledger, [reversal("apart", "merger")])
    due = {name: verdict["expectedFen"] for name, verdict in home.verdicts(new_ledger).items()}
    assert due == {"T-1": 2_030_000, "T-2": 2_030_000}
    assert new_ledger.verify().is_sound()


def test_rebuild_judges_anew(home, judged):
    before = judged.rows("SELECT * FROM verdict")
    tamper(judged, "UPDATE verdict SET expectedFen = 1")
    done("rebuild", judged, env=home.env)
    assert judged.rows("SELECT * FROM verdict") == before
    assert judged.rows("SELECT name FROM rulebook") == [("test-2024",)]
    assert judged.verify().is_sound()


# MARK: where nothing can be written

def test_stale_verdicts_are_not_shown_where_nothing_can_be_written(ordinary_user):
    ledger, how = ordinary_user
    fresh = done("verdicts", ledger, "--json", **how).out
    # Whatever stands there is not relied on.
    for sql in ("DELETE FROM judgement", "UPDATE verdict SET verdict = 'exact', actualFen = 1"):
        with connect(ledger) as database:
            database.execute(sql)
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in (f"{ledger}-wal", f"{ledger}-shm"):
        if os.path.exists(file):
            os.remove(file)
    before = ledger.content()
    os.chmod(ledger.path.parent, 0o555)
    os.chmod(ledger.path, 0o444)
    os.chmod(ledger.lock, 0o444)
    result = aid("verdicts", ledger, "--json", **how)
    assert result.status == FINE, result
    assert "stale" in result.err and "this answer only" in result.err
    assert result.out == fresh
    assert ledger.content() == before


# MARK: rulebooks

def test_kept_bytes_are_judged_by(home, judged):
    """What becomes of the file later changes nothing, and is told."""
    home.put(RULEBOOK.replace("fen: 3000000", "fen: 100"))
    home.take(judged, [claim(4, 280_000, day="2024-06-07")])
    result = home.run("verdicts", judged, "--json")
    assert "test-2024" in result.err and "differ" in result.err
    assert {line["verdict"] for line in result.json_lines() if line["id"] == "T-4"} == {"exact"}
    assert "differ" in home.run("policy", "list", judged).err
    assert judged.verify().is_sound()


def test_rulebook_that_is_not_here_yet(home, new_ledger):
    home.put(RULEBOOK.replace("30", "31"))
    result = home.take(new_ledger, GROUNDS + [claim(1, 280_000)])
    assert "test-2024" in result.err and "ledger/policies" in result.err
    verdict = home.verdicts(new_ledger)["T-1"]
    assert verdict["verdict"] == "cannot-be-judged"
    assert digest(RULEBOOK) in verdict["missing"][0]
    assert new_ledger.verify().is_sound()
    home.put(RULEBOOK)
    assert home.words(new_ledger) == EXACT
    assert new_ledger.verify().is_sound()


def test_rulebook_with_a_mistake_is_refused_and_the_old_one_stays(home, judged):
    wrong = RULEBOOK.replace("parameter: aid-ratio", "parametre: aid-ratio")
    line = 1 + wrong[:wrong.index("parametre")].count("\n")
    home.put(wrong)
    path = home.policies / "test-2024.yaml"
    refused(home.run("policy", "check", path), BAD_INPUT, f"{path}:{line}:", "parametre")
    again = adoption("again", wrong, since="2024-02-01")
    result = judged.take([again], env=home.env)
    refused(result, BAD_INPUT, f"test-2024.yaml:{line}:", "parametre")
    rejected = json.loads((judged.path.parent / "refused.jsonl").read_text().splitlines()[0])
    assert "parametre" in json.dumps(rejected, ensure_ascii=False)
    assert home.words(judged) == EXACT | UNDER | OVER
    assert done("policy", "list", judged, env=home.env).out.count("test-2024") == 1


def test_policy_list_show_check(home, judged):
    listed = {line["rulebook"]: line for line in home.run("policy", "list", "--json").json_lines()}
    assert listed["test-2024"]["sha256"] == digest(RULEBOOK)
    shown = json.loads(done("policy", "show", "test-2024", "--json", env=home.env).out)
    assert [rule["rule"] for rule in shown["rules"]] == [f"R{number}" for number in range(1, 9)]
    assert shown["rules"][6]["quote"] == "年度限额三万元"
    assert "年度限额三万元" in done("policy", "show", "test-2024", env=home.env).out
    refused(home.run("policy", "show", "nothing"), BAD_INPUT, "test-2024")
    checked = done("policy", "check", home.policies / "test-2024.yaml", "--json", env=home.env)
    assert json.loads(checked.out)["rules"] == 8
    adopted, = home.run("policy", "list", judged, "--json").json_lines()
    assert adopted["kept"] and adopted["fileSha256"] == adopted["sha256"] == digest(RULEBOOK)


# MARK: verify

@pytest.mark.parametrize("sql, found", [
    ("UPDATE verdict SET verdict = 'exact' WHERE verdict = 'under'", "verdict differs in verdict"),
    ("UPDATE verdict SET expectedFen = 1, rules = '' WHERE verdict = 'under'",
     "verdict differs in expectedFen, rules"),
    ("DELETE FROM verdict WHERE verdict = 'under'", "verdict missing"),
])
def test_altered_verdicts_are_found(home, judged, sql, found):
    seq = judged.value("SELECT seq FROM verdict WHERE verdict = 'under'")
    tamper(judged, sql)
    judged.verify().says(f"entry {seq}: {found}")


@pytest.mark.parametrize("command", ["verdicts", "approvals"])
def test_lists_say_whether_their_tables_were_verified(home, judged, command):
    assert "were not verified" in home.run(command, judged).err
    assert "were not verified" not in home.run(command, judged, "--verify").err
    tamper(judged, "UPDATE verdict SET verdict = 'exact' WHERE verdict = 'under'")
    for more in ([], ["--json"]):
        answer = home.run(command, judged, "--verify", *more)
        refused(answer, NO, "verdict differs in verdict", "NOT SOUND")
        assert answer.out == ""


def test_verdicts_put_in_are_found(home, judged):
    columns = ", ".join(row[1] for row in judged.rows("PRAGMA table_info(verdict)")
                        if row[1] != "seq")
    tamper(judged, f"INSERT INTO verdict (seq, {columns}) SELECT 0, {columns} "
           "FROM verdict WHERE verdict = 'over'")
    judged.verify().says("entry 0: verdict that no record gives")


@pytest.mark.parametrize("ledger", [0, 2])
def test_verdicts_of_another_ledger_are_found(home, judged, ledger):
    seq = judged.value("SELECT seq FROM verdict WHERE verdict = 'over'")
    columns = ", ".join(row[1] for row in judged.rows("PRAGMA table_info(verdict)")[1:])
    tamper(judged, f"INSERT INTO verdict (ledger, {columns}) "
           f"SELECT {ledger}, {columns} FROM verdict WHERE verdict = 'over'")
    judged.verify().says(f"entry {seq}: verdict that no record gives")


def test_altered_names_of_rulebooks_are_found(home, judged):
    tamper(judged, "UPDATE rulebook SET name = 'other-2024'")
    judged.verify().says(f"the kept rulebook other-2024 (SHA-256 {digest(RULEBOOK)}) was altered: "
                         "its bytes say test-2024")


def test_altered_rulebooks_are_found(home, judged):
    name = f"the kept rulebook test-2024 (SHA-256 {digest(RULEBOOK)})"
    tamper(judged, "UPDATE rulebook SET bytes = ?",
           RULEBOOK.replace("3000000", "9000000").encode())
    judged.verify().says(f"{name} was altered: its bytes have another SHA-256")


def test_rulebooks_that_nobody_adopted_are_found(home, judged):
    other = RULEBOOK.replace("3000000", "9000000")
    tamper(judged, "INSERT INTO rulebook VALUES (1, ?, 'test-2024', ?)", digest(other),
           other.encode())
    judged.verify().says(
        f"the kept rulebook test-2024 (SHA-256 {digest(other)}) is adopted by no entry")


@pytest.mark.parametrize("sql", ["UPDATE rulebook SET name = 'x'", "DELETE FROM rulebook",
                                 "INSERT OR REPLACE INTO rulebook SELECT * FROM rulebook"])
def test_kept_rulebooks_are_guarded(home, judged, sql):
    with connect(judged) as database, pytest.raises(Exception, match="rulebook"):
        database.execute(sql)


def test_interrupted_judging_is_made_good(home, judged):
    """Half of a full pass, and half of a partial one."""
    before = judged.rows("SELECT * FROM verdict")
    for damage in (["DELETE FROM judgement", "DELETE FROM verdict WHERE verdict = 'over'"],
                   ["UPDATE judgement SET size = 1", "DELETE FROM verdict WHERE year = 2024"]):
        for sql in damage:
            tamper(judged, sql)
        assert judged.verify().status == FINE
        assert home.words(judged) == EXACT | UNDER | OVER
        assert judged.rows("SELECT * FROM verdict") == before


# MARK: explain and replay

@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_explain_reckons_on_paper(home, judged, language):
    seq = home.verdicts(judged)["T-2"]["seq"]
    result = done("policy", "explain", judged, seq, "--lang", language, env=home.env)
    # The ratio of what insurance left; then the clause in the document's words.
    assert "4,000.00 × 70.00% = 2,800.00" in result.out
    assert "按比例救助" in result.out and "年度限额三万元" in result.out
    assert "paid 2,700.00, due 2,800.00" in result.out


def test_explain_as_json(home, judged):
    seq = home.verdicts(judged)["T-2"]["seq"]
    told = json.loads(done("policy", "explain", judged, seq, "--json", env=home.env).out)
    assert (told["verdict"], told["expectedFen"], told["actualFen"]) == ("under", 280_000, 270_000)
    steps = [step for step in told["steps"] if step.get("rule") == "R6"]
    assert steps and steps[0]["quote"] == "按比例救助" and steps[0]["nature"] == "exact"
    assert steps[0]["rulebook"] == "test-2024" and steps[0]["resultFen"] == 280_000


def test_explain_refuses_what_is_not_judged(home, judged):
    refused(home.run("policy", "explain", judged, 0), BAD_INPUT, "not judged")
    refused(home.run("policy", "explain", judged, 999), BAD_INPUT, "no entry 999")
    seq = home.verdicts(judged)["T-2"]["seq"]
    home.take(judged, [reversal("late", 2)])
    refused(home.run("policy", "explain", judged, seq), BAD_INPUT, "reversed")


def test_replay_shows_the_difference_and_touches_nothing(home, judged, tmp_path):
    home.verdicts(judged)
    before = judged.content()
    altered = tmp_path / "altered.yaml"
    altered.write_text(RULEBOOK.replace("fen: 3000000", "fen: 500000"), "utf-8")
    line, = done("policy", "replay", judged, "--rulebook", altered, "--year", 2024, "--json",
                 env=home.env).json_lines()
    # Twice 2,800.00; under a cap of 5,000.00 the second gets what the first left: 2,200.00.
    assert (line["kind"], line["category"], line["records"]) == ("claim.settled", "dibao", 2)
    assert (line["actualFen"], line["expectedBeforeFen"]) == (550_000, 560_000)
    assert (line["expectedAfterFen"], line["differenceFen"]) == (500_000, -60_000)
    parameters = tmp_path / "parameters.jsonl"
    parameters.write_text(json.dumps(ratio("other", 8000)) + "\n")
    line, = done("policy", "replay", judged, "--parameters", parameters, "--year", 2025, "--json",
                 env=home.env).json_lines()
    assert (line["records"], line["expectedBeforeFen"], line["expectedAfterFen"]) == (
        1, 280_000, 320_000)
    assert judged.content() == before


def test_replay_refuses_what_cannot_be(home, judged, tmp_path):
    altered = tmp_path / "altered.yaml"
    altered.write_text(RULEBOOK.replace("rulebook: test-2024", "rulebook: other"), "utf-8")
    replay = ("policy", "replay", judged, "--year", 2024)
    refused(home.run(*replay, "--rulebook", altered), BAD_INPUT, "other")
    altered.write_text(RULEBOOK.replace("fen: 3000000", "fen: many"), "utf-8")
    refused(home.run(*replay, "--rulebook", altered), BAD_INPUT, f"{altered}:")
    parameters = tmp_path / "parameters.jsonl"
    parameters.write_text(json.dumps(application(1)) + "\n")
    refused(home.run(*replay, "--parameters", parameters), BAD_INPUT, f"{parameters}:1:")
    refused(home.run(*replay), BAD_INPUT, "--rulebook")


# MARK: approvals

def test_approvals_above_the_cap(home, judged):
    """2024 had 5,500.00 of aid; 26,000.00 more make 31,500.00, which is 1,500.00 above the cap."""
    home.take(judged, [resolution("held", 3_150_000), approval("approved", 2_600_000, "held"),
                       approval("bare", 100)])
    found = {line["id"]: line for line in done(
        "approvals", judged, "--above-cap", "--json", env=home.env).json_lines()}
    approved = found["T-approved"]
    assert approved["amountFen"] == 2_600_000 and approved["excessFen"] == 150_000
    assert approved["resolution"] == {
        "source": "test", "id": "T-held", "signers": ["civil-affairs", "finance"],
        "signed": [],
        "capFen": 3_000_000, "approvedYearTotalFen": 3_150_000}
    assert found["T-bare"]["resolution"] is None and found["T-bare"]["excessFen"] is None
    words = home.words(judged)
    assert {name: line["verdict"] for name, line in found.items()} == {
        name: words[name] for name in found}
    assert words["T-bare"] == "in-breach"


def test_a_reversal_that_was_reversed_leaves_the_resolution(home, judged):
    """As the verdicts read it, so does the list of approvals."""
    home.take(judged, [resolution("held", 3_150_000), approval("approved", 2_600_000, "held"),
                       reversal("undone", "held")])
    assert home.words(judged)["T-approved"] == "in-breach"
    home.take(judged, [reversal("redone", "undone")])
    assert home.words(judged)["T-approved"] != "in-breach"
    (line,) = done("approvals", judged, "--above-cap", "--json", env=home.env).json_lines()
    assert line["resolution"]["signers"] == ["civil-affairs", "finance"]


def test_breach_names_the_condition_and_its_clause(home, judged):
    """Above the cap without a resolution; and by a certification that had run out."""
    home.take(judged, [approval("bare", 2_600_000), approval("next", 100_000),
                       record("ended", "eligibility.ended", person=PERSON, category="dibao",
                              endedOn="2024-06-30", reason="exit"),
                       claim("late", 280_000, day="2024-09-05")])
    breaches = {name: (verdict["verdict"], verdict["breach"], verdict["breachRule"])
                for name, verdict in home.verdicts(judged).items()}
    assert breaches["T-next"] == ("in-breach", "resolution", "R8")
    assert breaches["T-late"] == ("in-breach", "category", "R2")
    assert breaches["T-1"] == ("exact", None, None) and breaches["T-2"] == ("under", None, None)
