"""What the data says about each customer: the published numbers of CDNOW, through the product."""
import json
import signal
import time

import pytest

from desk import SHARED
from visitor import Visitor
from desk import EMAIL, PASSWORD

# Fader, Hardie and Lee 2005: the holdout of the 1/10 sample, by repeat purchases in the first 39 weeks.
PUBLISHED = [.2251, .5231, 1.0441, 1.5203, 2.1638, 2.6538, 3.5040, 6.1570]


@pytest.fixture(scope="session")
def sample_file():
    path = SHARED / "data/cdnow/CDNOW_sample.txt"
    if not path.exists():
        pytest.skip(f"{path} is not here: the published backtest cannot be reproduced")
    return path


def figures(desk, *words):
    return json.loads(desk.run("figures", "--json", *words).stdout)


def test_the_published_backtest_is_reproduced_on_both_engines(either_desk, sample_file):
    report = either_desk.bring(
        "purchases", sample_file, "--map", "customer=1,at=3,quantity=4,amount=5", "--currency", "USD")
    assert report["customers"] == 2_357

    found = figures(either_desk, "--calibrate-until", "1997-09-30", "--model", "bg-nbd")["backtest"]

    assert (found["customers"], found["repeat_purchases"], found["actual"]) == (2_357, 2_457, 1_882)
    assert round(found["expected"]) == 1_653
    assert abs(found["log_likelihood"] - -9582.429) < 0.005
    means = [bin["expected"] / bin["customers"] for bin in found["bins"]]
    assert all(abs(mean - published) < 0.001 for mean, published in zip(means, PUBLISHED, strict=True))
    said = either_desk.run("figures", "--calibrate-until", "1997-09-30", "--model", "bg-nbd").stdout
    assert "Expected 1,653, came 1,882: the model forecasts 12% too few." in said


def test_the_whole_cohort_is_forecast_plausibly_and_listed(desk, cdnow):
    desk.bring("purchases", cdnow, "--map", "customer=1,at=2,quantity=3,amount=4", "--currency", "USD")

    found = figures(desk)

    test = found["backtest"]
    assert (found["model"], found["customers"], found["repeaters"]) == ("mbg-nbd", 23_570, 11_516)
    assert (test["calibrate_until"], test["actual"]) == ("1997-09-30", 19_684)
    assert -0.25 < test["deviation"] < 0
    assert found["spend"]["refusal"] is None
    on_lists = {one["list"]: one for one in found["lists"]}
    held = sum(one["left_alone"] for one in on_lists.values())
    everyone = sum(one["customers"] for one in on_lists.values())
    assert on_lists["at-risk"]["customers"] > 1_000
    # Five standard deviations of a fair draw.
    assert abs(held - everyone / 10) < 5 * (everyone * 0.09) ** 0.5
    assert desk.number("SELECT count(*) FROM figure") == 23_570
    with desk.serving() as server:
        key = desk.key()
        rows = server.get("/api/v2/lists/at-risk?per_page=100", key).json
        assert [row["money"]["minor"] for row in rows] == sorted((row["money"]["minor"] for row in rows), reverse=True)
        one = server.get(f"/api/v2/contacts/{rows[0]['customer_id']}/figures", key).json
        assert one["probability_alive"] == rows[0]["figures"]["probability_alive"]
        visitor = Visitor(server).sign_in(EMAIL, PASSWORD)
        assert "forecasts 19% too few" in visitor.get("/model").text
        table = visitor.get("/lists/at-risk/csv").text
        assert table.count("\r\n") == on_lists["at-risk"]["customers"] - on_lists["at-risk"]["left_alone"] + 1


def test_a_run_that_is_killed_leaves_the_old_figures(desk, cdnow):
    desk.bring("purchases", cdnow, "--map", "customer=1,at=2,quantity=3,amount=4", "--currency", "USD")
    figures(desk)
    before = desk.rows("SELECT count(*), sum(alive_millionths), sum(expected_thousandths) FROM figure")
    run = desk.number("SELECT max(id) FROM figure_run WHERE state = 'complete'")

    process = desk.start("figures")
    deadline = time.monotonic() + 60
    while desk.number(f"SELECT count(*) FROM figure WHERE run_id > {run}") == 0:
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()

    assert desk.number("SELECT count(*) FROM figure_run WHERE state = 'writing'") == 1
    assert desk.number("SELECT max(id) FROM figure_run WHERE state = 'complete'") == run
    old = desk.rows(
        f"SELECT count(*), sum(alive_millionths), sum(expected_thousandths) FROM figure WHERE run_id = {run}")
    assert old == before


def test_wrong_words_are_refused(desk):
    assert "is no model" in desk.run("figures", "--model", "crystal-ball", code=64).stderr
    assert "is no day" in desk.run("figures", "--calibrate-until", "yesterday", code=64).stderr
