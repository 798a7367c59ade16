"""What the data says of a small company and of CDNOW, and the desired profile, by the command and the API, on both engines."""
import json

COLUMNS = ["--map", "customer=1,at=2,quantity=3,amount=4", "--currency", "USD"]


def company(file):
    """Sixty regulars of 2024 who stay away in 2025, and forty newcomers of 2025, one of them a giant."""
    rows = ["customer,date,amount,channel"]
    rows += [f"o{n},2024-{month:02}-10,20.00,shop" for n in range(60) for month in (1, 3, 5, 7, 9)]
    rows += [f"n{n},2025-{n % 9 + 2:02}-15,20.00,shop" for n in range(40)]
    rows += ["n0,2025-12-20,9000.00,shop", "o0,2023-01-05,1.00,shop"]
    file.write_text("\n".join(rows) + "\n")
    return file


def test_a_company_that_drains_is_told_so_by_command_and_by_api(either_desk, folder):
    either_desk.bring("purchases", company(folder / "purchases.csv"))
    before = either_desk.run("findings").stdout
    either_desk.run("figures")
    either_desk.run("economics")

    text = either_desk.run("findings", "--compute").stdout
    told = json.loads(either_desk.run("findings", "--compute", "--json").stdout)

    assert "Nobody has looked yet" in before
    found = {one["kind"]: one for one in told["findings"]}
    assert {"drain", "concentration"} <= set(found)
    assert found["drain"]["values"]["new"] == 40 and found["drain"]["values"]["lost"] >= 55
    assert found["drain"]["sentence"] in text
    assert [row[0] for row in found["concentration"]["rows"]][0]["customer_id"] > 0
    assert {"complaints", "noVisits", "noDesired"} <= {gap["reason"] for gap in told["state"]["missing"]}
    assert either_desk.number("SELECT count(*) FROM finding WHERE gone_at IS NOT NULL") == 0
    with either_desk.serving() as server:
        answer = server.get("/api/v2/findings", either_desk.key())
    assert answer.status == 200
    assert {one["kind"] for one in answer.json} >= {"drain", "concentration"}


def test_cdnow_whose_records_begin_inside_the_year_is_told_so(desk, cdnow):
    desk.bring("purchases", cdnow, *COLUMNS)

    told = json.loads(desk.run("findings", "--compute", "--json").stdout)

    assert told["state"]["window"]["to"] == "1998-06-30"
    assert "noYearBefore" in {gap["reason"] for gap in told["state"]["missing"]}
    again = next(one for one in told["state"]["measures"] if one["measure"] == "again")
    assert again["now"] is None and again["then"] is None
    assert not any(one["kind"] in ("repeatRate", "shift", "capture") for one in told["findings"])


def test_a_wish_is_drawn_in_the_terminal(desk, folder):
    desk.bring("purchases", company(folder / "purchases.csv"))
    with desk.serving() as server:
        key = desk.key()
        wish = {"first": 120, "repeat": 60, "advocate": 12, "reason": "Newcomers first"}
        assert server.call("PUT", "/api/v2/profile/desired", wish, key).status == 200

    text = desk.run("profile").stdout
    told = json.loads(desk.run("profile", "--json").stdout)

    assert "desired: 12 advocates, 60 regulars, 120 first purchases" in text
    assert told["desired"]["first"] == 120 and told["desired"]["reason"] == "Newcomers first"
