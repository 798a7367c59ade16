"""Asking, thanking and showing by the program itself: what a file brings in, what strangers see, and what is talked about."""
import time

import pytest

from desk import SHARED

BOTANIC = SHARED / "data/nps_botanic/nps.csv"


def eventually(truth, seconds=60):
    deadline = time.monotonic() + seconds
    while not (found := truth()):
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.3)
    return found


def test_acts_of_a_file_are_thanked_for_and_friends_are_found(either_desk, folder):
    desk = either_desk
    (folder / "acts.csv").write_text(
        "customer,name,kind,date,words,friend\n"
        "c1,Ada Lovelace,referral,2026-01-05,,Bob <bob@example.com>\n"
        "c1,Ada Lovelace,testimonial,2026-01-06,=Best beans in town.,\n")
    (folder / "people.csv").write_text("id,name,email\nc2,Robert Miller,bob@example.com\n")
    (folder / "purchases.csv").write_text("customer,date,amount\nc2,2026-02-01,19.90\nc2,2026-03-01,10.10\n")
    acts = desk.bring("advocacy", folder / "acts.csv")
    desk.bring("customers", folder / "people.csv")
    desk.bring("purchases", folder / "purchases.csv")
    key = desk.key()
    assert acts["accepted"] == 2

    with desk.serving() as server:
        bought = eventually(lambda: server.get("/api/v2/referrals?state=bought", key).json)
        thanks = server.get("/api/v2/thanks", key).json
        closed = server.get("/wall.json")
        testimonial = server.get("/api/v2/testimonials?state=open", key).json[0]["id"]
        consent = {"given": True, "words": "Yes, show it.", "how": "mail", "website": True, "name": "initial"}
        agreed = server.post(f"/api/v2/testimonials/{testimonial}/consent", consent, key)
        first = thanks[0]["id"]
        done = server.call("PUT", f"/api/v2/thanks/{first}", {"state": "thanked", "how": "gift", "cost": "5.00"}, key)

    assert bought[0]["first_purchase_on"] == "2026-02-01" and bought[0]["linked_by"] == "address"
    assert [one["amount"] for one in bought[0]["worth"]] == ["30.00"]
    # The referral, the testimonial, and that the friend has bought.
    assert len(thanks) == 3
    assert (closed.status, agreed.status, done.status) == (404, 200, 200)
    assert agreed.json["shown_name"] == "Ada L."
    assert desk.number("SELECT count(*) FROM thank WHERE state = 'thanked' AND cost = 500") == 1


def test_whom_to_ask_is_listed_and_nobody_is_asked_twice(desk, folder):
    """The list of whom to ask is made, and served in the order that is stated."""
    rows = "".join(f"c{n},Guest {n:02},2026-{month:02}-10,5.00\n" for n in range(9) for month in range(1, 2 + n % 4))
    (folder / "purchases.csv").write_text("customer,name,date,amount\n" + rows)
    desk.bring("purchases", folder / "purchases.csv")
    key = desk.key()

    with desk.serving() as server:
        ready = eventually(lambda: server.get("/api/v2/asks/ready?per_page=3", key).json)
        again = server.post("/api/v2/asks", {"person_id": ready[0]["person_id"], "wish": "referral"}, key)
        twice = server.post("/api/v2/asks", {"person_id": ready[0]["person_id"], "wish": "referral"}, key)

    assert [one["occasions"] for one in ready] == sorted((one["occasions"] for one in ready), reverse=True)
    assert (again.status, twice.status) == (201, 409)


@pytest.mark.skipif(not BOTANIC.exists(), reason="shared/data/nps_botanic is not here")
def test_a_garden_retailers_customers_talk_about_what_they_like(desk):
    desk.bring("answers", BOTANIC, "--scale", "1-10", "--mapping", "same-numbers", "--day", "2015-06-01")
    key = desk.key()

    with desk.serving() as server:
        talk = eventually(lambda: (answer := server.get("/api/v2/talk", key)).status == 200 and answer.json, 120)

    french = next(one for one in talk["languages"] if one["language"] == "fr")
    assert french["advocates"] > 500 and french["others"] > 500
    assert len(french["terms"]) >= 5
    assert all(one["z"] > 1.96 and one["customers"] >= 3 and len(one["quotes"]) == 3 for one in french["terms"])
    # All on one day: nothing can fade.
    assert french["quarters"] == [] and french["fading"] == []
    words = " ".join(one["term"] for one in french["terms"])
    assert "parfait" in words or "merci" in words or "conseil" in words, words
