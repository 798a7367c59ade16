"""Answers to surveys held elsewhere, by the program itself, on both engines."""
import json

import pytest

from desk import SHARED

BOTANIC = SHARED / "data/nps_botanic/nps.csv"


@pytest.mark.skipif(not BOTANIC.exists(), reason="shared/data/nps_botanic is not here")
def test_a_garden_retailers_survey_gives_the_published_score(new_desk):
    desk = new_desk()
    refused = desk.run("import", "answers", BOTANIC, "--scale", "1-10", "--day", "2015-06-01", code=64)
    assert "say how it is to be read" in refused.stderr

    # Nobody gave 0 and many gave 1: it is not taken for 0 to 10 because nobody said otherwise.
    assert "No answer is 0" in desk.run("import", "answers", BOTANIC, "--day", "2015-06-01", code=1).stderr

    words = ["--scale", "1-10", "--mapping", "same-numbers", "--day", "2015-06-01"]
    report = desk.bring("answers", BOTANIC, *words)
    again = desk.bring("answers", BOTANIC, *words)
    score = json.loads(desk.run("nps", "--json").stdout)

    assert (report["accepted"], report["refused"], again["known"]) == (13_612, 342, 13_612)
    assert round(score["reading"]["score"], 2) == 53.42
    assert [round(group["reading"]["score"], 1) for group in score["visits"]] == [47.6, 45.4, 49.3, 53.8, 59.7, 70.3]
    assert "53.42" in desk.run("nps").stdout


def test_programs_and_commands_say_the_same_score(desk, folder):
    file = folder / "answers.csv"
    file.write_text("id,score,date\n" + "".join(f"{n},{n % 11},2026-02-{n % 28 + 1:02}\n" for n in range(110)))
    desk.bring("answers", file)
    said = json.loads(desk.run("nps", "--json").stdout)

    with desk.serving() as server:
        answer = server.get("/api/v2/nps", key=desk.key())

    assert answer.status == 200 and answer.json == said
    assert said["reading"]["n"] == 110
