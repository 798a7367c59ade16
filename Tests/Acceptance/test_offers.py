"""Offers, saved lists, walks and visits against the built program."""
import base64
import time

import pytest

from visitor import Visitor
from desk import EMAIL, PASSWORD

# The smallest real PNG: one white point.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==")


@pytest.fixture
def garden(folder):
    """Whoever buys a spade often buys gloves; seeds have nothing to do with either."""
    rows = ["customer,date,amount,product"]
    for number in range(400):
        kinds = ["Spade", "Gloves"] if number < 40 else ["Spade"] if number < 100 else ["Gloves"] if number < 120 else ["Seeds"]
        rows += [f"c{number},2026-{number % 9 + 1:02}-{number % 27 + 1:02},5.00,{kind}" for kind in kinds]
    file = folder / "garden.csv"
    file.write_text("\n".join(rows) + "\n")
    return file


def eventually(truth, seconds=90):
    deadline = time.monotonic() + seconds
    while not (found := truth()):
        assert time.monotonic() < deadline
        time.sleep(0.3)
    return found


def test_offers_are_computed_after_an_import_and_worked_off(either_desk, garden):
    either_desk.bring("purchases", garden)
    with either_desk.serving() as server:
        key = either_desk.key()
        pairs = eventually(lambda: server.get("/api/v2/offers", key).json)
        pair = next(one for one in pairs if one["bought"] == "Spade")

        assert (pair["bought_by"], pair["together"], pair["customers"]) == (100, 40, 400)
        assert abs(pair["lift"] - 8 / 3) < 1e-5
        assert pair["lift_interval"][0] > 1
        customers = server.get(f"/api/v2/offers/{pair['id']}/customers?per_page=100", key).json
        assert len(customers) == pair["could_be_offered"]
        customer = customers[0]["customer_id"]
        assert server.call("PUT", f"/api/v2/offers/{pair['id']}/customers/{customer}", {"outcome": "declined"}, key).status == 204
        assert server.get(f"/api/v2/contacts/{customer}/offers", key).json == []
        visitor = Visitor(server).sign_in(EMAIL, PASSWORD)
        table = visitor.get(f"/offers/{pair['id']}/csv").text
        assert table.startswith("\ufeff") and table.count("\r\n") == pair["could_be_offered"]


def test_a_photograph_comes_back_as_it_went(desk):
    with desk.serving() as server:
        key = desk.key()
        place = server.post(
            "/api/v2/places", {"name": "Shop", "kind": "shop", "every": 1, "unit": "week", "items": "Window"}, key).json
        visitor = Visitor(server).sign_in(EMAIL, PASSWORD)
        form = visitor.get(f"/walks/places/{place['id']}/walk").text
        token = form.split('name="form_token" value="')[1].split('"')[0]
        item = place["items"][0]["id"]
        parts = [("form_token", token), (f"verdict-{item}", "wrong"), (f"words-{item}", "dusty")]
        body = b"".join(
            f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in parts)
        body += f'--b\r\nContent-Disposition: form-data; name="photo-{item}"; filename="x.html"\r\nContent-Type: text/html\r\n\r\n'.encode()
        body += PNG + b"\r\n--b--\r\n"
        cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        headers = {"Content-Type": "multipart/form-data; boundary=b", "Cookie": cookies, "Origin": server.address}
        sent = server.call("POST", f"/walks/places/{place['id']}/walk", body, headers=headers)
        assert sent.status == 303, sent.text

        photo = server.get("/walks/photos/1", headers={"Cookie": cookies})

        assert photo.body == PNG
        assert photo.headers["content-type"] == "image/png"
        assert photo.headers["x-content-type-options"] == "nosniff"
        assert "photo-1.png" in photo.headers["content-disposition"]
        assert server.get("/walks/photos/1").status != 200
        assert server.get("/api/v2/walk_findings", key).json[0]["words"] == "dusty"
