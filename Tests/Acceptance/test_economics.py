"""The economics of CDNOW and of spend brought in as a file, through the command and the API, on both engines."""
import json

import pytest

COLUMNS = ["--map", "customer=1,at=2,quantity=3,amount=4", "--currency", "USD"]
# Published: the share of the 23,570 with a second purchase day, and the customers of January 1997 by month.
WITHIN = ["17.46", "29.22", "37.45", "45.86"]
JANUARY = [7846, 1157, 964, 810, 679, 736, 720, 582, 559, 594, 673, 634, 528, 511, 664, 472, 497, 498]


def is_cdnow(economics):
    shares = [f"{100 * one['returned']['share']:.2f}" for one in economics["repeat"]["within"]]
    rows = economics["cohorts"]["rows"]
    return (
        shares == WITHIN and rows[0] == {**rows[0], "month": "1997-01", "active": JANUARY}
        and [row["active"][0] for row in rows] == [7846, 8476, 7248] and economics["customers"] == 23_570
        and economics["cohorts"]["last_month_unfinished"] is False)


def test_cdnow_reads_to_the_digit_by_command_and_by_api(either_desk, cdnow):
    either_desk.bring("purchases", cdnow, *COLUMNS)

    text = either_desk.run("economics").stdout
    told = json.loads(either_desk.run("economics", "--json").stdout)

    assert is_cdnow(told)
    for share in WITHIN:
        assert f"{share} %" in text
    assert " ".join(map(str, JANUARY)) in " ".join(text.split())
    with either_desk.serving() as server:
        answer = server.get("/api/v2/economics", either_desk.key())
    assert answer.status == 200 and is_cdnow(answer.json)
    assert answer.json["worth"] == {"missing": "noMargin"}


def test_spend_comes_in_from_a_file_once_and_whole_or_not_at_all(either_desk, folder):
    file = folder / "spend.csv"
    file.write_text("from,to,source,campaign,amount\n2026-01,,web,Spring,1200.50\n2026-Q1,,fair,,800\n")

    dry = json.loads(either_desk.run("import", "spend", file, "--json", "--dry-run").stdout)
    first = json.loads(either_desk.run("import", "spend", file, "--json").stdout)
    again = json.loads(either_desk.run("import", "spend", file, "--json").stdout)
    file.write_text(file.read_text() + "2026-99,,web,,5\n")
    bad = either_desk.run("import", "spend", file, code=1)

    assert (dry["accepted"], dry["added"]) == (2, None)
    assert (first["added"], again["added"], again["known"]) == (2, 0, 2)
    assert "line 4" in bad.stdout and "nothing was written" in bad.stdout
    assert either_desk.number("SELECT count(*) FROM spend") == 2
    assert either_desk.number("SELECT sum(amount) FROM spend") == 200_050


@pytest.mark.parametrize("words", [["--currency", "QQQ"], ["--dates", "backwards"]])
def test_words_that_mean_nothing_are_refused(desk, folder, words):
    file = folder / "spend.csv"
    file.write_text("from,source,amount\n2026-01,web,5\n")

    desk.run("import", "spend", file, *words, code=64)

    assert desk.number("SELECT count(*) FROM spend") == 0
