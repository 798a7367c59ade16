"""Contracts from a real file, by the program itself, on both engines."""
import csv
import json
import time

import pytest

from desk import SHARED

TELCO = SHARED / "data/telco/Telco-Customer-Churn.csv"
FACTS = SHARED / "vectors/datafacts.json"


@pytest.mark.skipif(not TELCO.exists(), reason=f"TELCO IS NOT CHECKED: {TELCO} is absent")
def test_a_telephone_companys_contracts_give_the_published_churn(new_desk):
    desk = new_desk()
    assert "say on which day" in desk.run("import", "contracts", TELCO, code=64).stderr

    report = desk.bring("contracts", TELCO, "--day", "2020-01-31")
    again = desk.bring("contracts", TELCO, "--day", "2020-01-31")

    assert (report["accepted"], report["refused"], again["known"]) == (7043, 0, 7043)
    assert {"customer", "tenure", "terms", "amount", "ended", "attribute"} <= set(report["mapping"])
    with desk.serving() as server:
        key = desk.key()
        deadline = time.monotonic() + 60
        while (answer := server.get("/api/v2/contracts/retention", key=key)).status != 200:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        groups = {one["name"]: one for one in answer.json["groups"] if one["kind"] == "terms"}
        held = server.post("/api/v2/holds/check", {"customer_id": 2, "doing": "orders"}, key=key)
    published = json.loads(FACTS.read_text())["telco"]["by_contract"]
    assert set(groups) == set(published)
    for name, (contracts, percent) in published.items():
        counted = count(name)
        assert groups[name]["contracts"] == contracts == counted[0]
        assert round(groups[name]["ended_share"] * 100, 2) == round(percent, 2) == round(100 * counted[1] / counted[0], 2)
        assert groups[name]["lower"] < groups[name]["ended_share"] < groups[name]["upper"]
    assert [round(groups[name]["ended_share"] * 100, 2) for name in published] == [42.71, 11.27, 2.83]
    # The monthly ones follow a curve for years and end below it; the others carry none.
    assert groups["Month-to-month"]["model"]["largest_gap"] == pytest.approx(0.23, abs=0.01)
    assert groups["One year"]["no_model"] == groups["Two year"]["no_model"] == "constantChurn"
    assert held.json["held"] is False


def count(contract):
    """Rows of the file of that kind, and how many of them left."""
    with TELCO.open() as file:
        rows = [row for row in csv.DictReader(file) if row["Contract"] == contract]
    return len(rows), sum(row["Churn"] == "Yes" for row in rows)
