"""The API, as a program meets it that knows Freshdesk's."""
import json
import threading
import time

import pytest

PURCHASE = {"unique_external_id": "c-1", "name": "Bo Lind", "purchased_at": "2025-03-01", "amount": "10.00"}


@pytest.fixture
def served(either_desk):
    """A desk on each engine in turn, its server and a key."""
    with either_desk.serving() as server:
        yield either_desk, server, either_desk.key()


@pytest.fixture
def called(desk):
    """A desk in a folder, its server and a key."""
    with desk.serving() as server:
        yield desk, server, desk.key()


def eventually(truth, seconds=20):
    deadline = time.monotonic() + seconds
    while not truth():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)


def test_a_customer_buys_returns_and_tells_and_the_profile_knows(served):
    desk, server, key = served
    bo = server.post("/api/v2/contacts", {"name": "Bo Lind", "email": "bo@example.com"}, key)
    assert bo.status == 201 and bo.headers["location"] == f"/api/v2/contacts/{bo.json['id']}"
    bought = {"customer_id": bo.json["id"], "amount": "19.99", "product": "Kenya AA"}

    levels = []
    for day in ("2025-03-01", "2025-03-01", "2025-04-12"):
        posted = server.post("/api/v2/purchases", bought | {"purchased_at": day}, key)
        assert posted.status == 201, posted.text
        levels.append(server.get(f"/api/v2/contacts/{bo.json['id']}", key).json["occasions"])
    told = server.post(
        "/api/v2/advocacy", {"person_id": bo.json["id"], "kind": "referral", "at": "2025-04-20", "friend": "Cy"}, key)

    assert told.status == 201
    # Two purchases of one day are one occasion.
    assert levels == [1, 1, 2]
    profile = server.get("/api/v2/profile?from=2025-01-01&to=2025-12-31", key).json
    assert profile["levels"] == {"first": 1, "repeat": 1, "advocate": 1}
    assert (profile["purchases"], profile["customers"]) == (3, 1)
    assert profile["totals"] == [{"currency": "USD", "minor": 5997, "amount": "59.97"}]
    assert profile["advocacy_measured"] is True
    timeline = server.get(f"/api/v2/contacts/{bo.json['id']}/timeline", key).json
    assert sorted(entry["kind"] for entry in timeline if entry["kind"] != "event") == ["advocacy"] + ["purchase"] * 3


def test_the_command_and_the_api_say_the_same_profile(served):
    desk, server, key = served
    for month in range(1, 13):
        for n in range(month):
            server.post(
                "/api/v2/purchases", PURCHASE | {"unique_external_id": f"c-{n}", "purchased_at": f"2024-{month:02}-15"},
                key)

    assert server.get("/api/v2/profile", key).json == desk.profile()
    window = "?from=2024-03-01&to=2024-09-30"
    assert server.get("/api/v2/profile" + window, key).json == desk.profile("--from", "2024-03-01", "--to", "2024-09-30")
    assert desk.profile()["levels"]["first"] == 12


def test_a_purchase_with_an_outside_id_is_recorded_once(served):
    _, server, key = served
    sent = PURCHASE | {"outside_id": "order-7"}

    first, second = (server.post("/api/v2/purchases", sent, key) for _ in range(2))
    other = server.post("/api/v2/purchases", sent | {"amount": "11.00"}, key)

    assert (first.status, second.status) == (201, 200)
    assert first.json["id"] == second.json["id"]
    assert other.status == 409
    assert len(server.get("/api/v2/purchases", key).json) == 1


def test_money_is_exact(called):
    _, server, key = called

    for amount, minor in [("0.07", 7), (19.99, 1999), ("-5", -500), (1e2, 10_000), ("9999999999999.99", 10**15 - 1)]:
        posted = server.post("/api/v2/purchases", PURCHASE | {"amount": amount}, key)
        assert posted.status == 201, posted.text
        assert posted.json["amount_minor"] == minor


@pytest.mark.parametrize(
    "change, field, code",
    [
        ({"amount": None}, "amount", "missing_field"),
        ({"amount": "ten"}, "amount", "datatype_mismatch"),
        ({"amount": True}, "amount", "datatype_mismatch"),
        ({"amount": "10.001"}, "amount", "invalid_value"),
        ({"amount": "10000000000000.00"}, "amount", "invalid_value"),
        ({"amount": 10**15}, "amount", "invalid_value"),
        ({"currency": "XYZ"}, "currency", "invalid_value"),
        ({"purchased_at": "2025-02-31"}, "purchased_at", "datatype_mismatch"),
        ({"purchased_at": "2999-01-01"}, "purchased_at", "invalid_value"),
        ({"quantity": "many"}, "quantity", "datatype_mismatch"),
        ({"colour": "blue"}, "colour", "invalid_field"),
        ({"customer_id": 999_999}, "customer_id", "invalid_value"),
        ({"product": "x" * 100_000}, "product", "invalid_value"),
    ],
    ids=str,
)
def test_a_wrong_field_is_named(called, change, field, code):
    desk, server, key = called

    answer = server.post("/api/v2/purchases", PURCHASE | change, key)

    assert answer.status == 400
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json["description"] == "Validation failed"
    assert [(error["field"], error["code"]) for error in answer.json["errors"]] == [(field, code)]
    assert all(" " in error["message"] for error in answer.json["errors"]), "a message is a sentence"
    assert desk.number("SELECT count(*) FROM purchase") == 0


def test_errors_have_the_shape_and_status_clients_expect(called):
    _, server, key = called

    unknown = server.get("/api/v2/profile", key="nonsense")
    assert (unknown.status, unknown.json["code"]) == (401, "invalid_credentials")
    assert server.get("/api/v2/profile").status == 401
    missing = server.get("/api/v2/contacts/999999", key)
    assert (missing.status, missing.body) == (404, b"")
    assert (server.get("/api/v2/nowhere", key).status, server.get("/api/v2/nowhere", key).body) == (404, b"")
    wrong = server.call("PATCH", "/api/v2/profile", {}, key)
    assert (wrong.status, wrong.json["code"]) == (405, "method_not_allowed")
    assert "GET" in wrong.headers["allow"]
    text = server.post("/api/v2/purchases", b"hello", key, headers={"Content-Type": "text/csv"})
    assert text.status == 415
    broken = server.post("/api/v2/purchases", b"{", key, headers={"Content-Type": "application/json"})
    assert broken.status == 400 and broken.json["message"]
    backwards = server.get("/api/v2/profile?from=2025-02-01&to=2025-01-01", key)
    assert backwards.status == 400


def test_a_key_that_was_revoked_or_is_of_somebody_suspended_opens_nothing(called):
    desk, server, key = called
    other = desk.key()

    assert {server.get("/api/v2/profile", key=one).status for one in (key, other)} == {200}
    # A session's cookie is no key, and a key in the address is none either.
    assert server.get(f"/api/v2/profile?api_key={key}").status == 401
    assert server.get("/api/v2/profile", headers={"Authorization": f"Bearer {key}x"}).status == 401


def test_lists_page_by_link_through_every_row_once(called):
    _, server, key = called
    for n in range(45):
        server.post("/api/v2/contacts", {"name": f"Guest {n:02}", "email": f"g{n}@example.com"}, key)

    names, path = [], "/api/v2/contacts?per_page=20"
    while path:
        answer = server.get(path, key)
        names += [row["name"] for row in answer.json]
        link = answer.headers.get("link", "")
        path = link[link.index("/api"):link.index(">")] if link else None

    assert names == [f"Guest {n:02}" for n in range(45)]


def test_an_import_through_the_api_is_seen_counted_and_undone_whole(served, cdnow):
    desk, server, key = served
    before = server.get("/api/v2/profile", key).json
    options = "kind=purchases&map=customer%3D1,at%3D2,quantity%3D3,amount%3D4&currency=USD&name=CDNOW_master.txt"

    begun = server.post(
        f"/api/v2/imports?{options}", cdnow.read_bytes(), key, headers={"Content-Type": "text/csv"})
    assert begun.status == 201, begun.text
    place = begun.headers["location"]
    eventually(lambda: server.get(place, key).json["state"] == "complete", 120)
    report = server.get(place, key).json

    assert (report["accepted"], report["customers"], report["totals"]) == (69_659, 23_570, {"USD": 250_031_563})
    assert desk.number("SELECT sum(occasions) FROM standing") == 67_591
    assert server.get("/api/v2/profile?from=1997-01-01&to=1998-06-30", key).json["purchases"] == 69_659

    assert server.call("DELETE", place, key=key).status == 204
    eventually(lambda: server.get(place, key).json["state"] == "undone", 120)

    assert server.get("/api/v2/profile", key).json == before
    assert server.get("/api/v2/contacts", key).json == []
    assert server.get("/api/v2/purchases", key).json == []
    for table in ("purchase", "standing", "import_purchase"):
        assert desk.number(f"SELECT count(*) FROM {table}") == 0, table
    assert not [path for path in (desk.folder / "uploads").rglob("*") if path.is_file()]


def test_a_bad_file_through_the_api_is_refused_and_not_kept(called):
    desk, server, key = called

    answer = server.post(
        "/api/v2/imports?kind=purchases", b"\x89PNG\r\n\x1a\n" + bytes(500), key,
        headers={"Content-Type": "application/octet-stream"})

    assert answer.status == 400
    assert "text file" in answer.text
    assert not [path for path in (desk.folder / "uploads").rglob("*") if path.is_file()]


def test_what_was_answered_201_is_there_after_kill_9(new_desk):
    desk = new_desk()
    with desk.serving() as server:
        key = desk.key()
        kept, lock = [], threading.Lock()

        def buy(who):
            n = 0
            while True:
                n += 1
                order = f"{who}-{n}"
                try:
                    answer = server.post("/api/v2/purchases", PURCHASE | {"outside_id": order}, key)
                except OSError:
                    return
                except Exception:  # An answer cut off in the middle promised nothing.
                    return
                assert answer.status == 201, answer.text
                with lock:
                    kept.append(order)

        buyers = [threading.Thread(target=buy, args=[who]) for who in range(8)]
        for buyer in buyers:
            buyer.start()
        eventually(lambda: len(kept) > 400, 60)
        server.process.kill()
        for buyer in buyers:
            buyer.join()

    assert len(kept) > 400
    with desk.serving() as server:
        found = {order for order, in desk.rows("SELECT outside_id FROM purchase")}
        assert set(kept) <= found
        assert len(found) <= len(kept) + len(buyers)
        # What is counted is what is there.
        assert server.get("/api/v2/profile", key).json["purchases"] == len(found)
        assert desk.number("SELECT count(*) FROM event WHERE noun = 'purchase'") == len(found)


def test_two_servers_share_one_postgresql(folder, postgres_server):
    from desk import Desk

    database = postgres_server.database()
    one, two = Desk(folder / "one", database).set_up(), Desk(folder / "two", database)
    with one.serving() as left, two.serving() as right:
        key = one.key()
        posted = left.post("/api/v2/purchases", PURCHASE, key)

        assert posted.status == 201
        assert right.get("/api/v2/purchases", key).json == left.get("/api/v2/purchases", key).json
        assert len(right.get("/api/v2/purchases", key).json) == 1
        assert right.get("/api/v2/profile", key).json == left.get("/api/v2/profile", key).json


def test_health_and_metrics_answer_but_tell_strangers_nothing(called):
    _, server, key = called

    assert server.get("/health/live").text == "ok\n"
    assert server.get("/health/ready").status == 200
    metrics = server.get("/metrics")
    assert metrics.status == 200 and "# TYPE" in metrics.text
    assert "x-request-id" in server.get("/health/live").headers or server.get("/sign-in").headers["x-request-id"]


def test_answers_are_compressed_when_asked(called):
    import gzip

    _, server, key = called
    plain = server.get("/sign-in")
    packed = server.get("/sign-in", headers={"Accept-Encoding": "gzip"})

    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body)
    assert gzip.decompress(packed.body)[:15] == plain.body[:15]
    assert json.dumps(plain.headers.get("content-encoding")) == "null"
