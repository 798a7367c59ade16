"""Two customers made one and made two again, by the real program, on both engines."""
import json


def test_a_merge_leads_on_and_is_undone(either_desk, folder):
    file = folder / "purchases.csv"
    file.write_text("customer,name,date,amount\na,Ida Holm,2026-01-05,10\nb,Holm Ida,2026-02-05,20\nb,Holm Ida,2026-02-06,5\n")
    either_desk.bring("purchases", file)
    before = json.loads(either_desk.run("profile", "--json").stdout)
    key = either_desk.key()
    with either_desk.serving() as server:
        ida, twin = sorted(one["id"] for one in server.get("/api/v2/contacts", key).json)
        merged = server.post(
            "/api/v2/contacts/merge", {"primary_contact_id": ida, "secondary_contact_ids": [twin]}, key)
        assert merged.status == 204
        merge = merged.headers["location"]
        one = server.get(f"/api/v2/contacts/{ida}", key).json
        assert (one["purchases"], one["occasions"]) == (3, 3)
        moved = server.get(f"/api/v2/contacts/{twin}", key)
        assert moved.status == 301 and moved.json["id"] == ida

        file.write_text("customer,name,date,amount\nb,Holm Ida,2026-03-05,7\n")
        either_desk.bring("purchases", file)
        assert server.get(f"/api/v2/contacts/{ida}", key).json["purchases"] == 4
        assert len(server.get("/api/v2/contacts", key).json) == 1

        undone = server.post(f"{merge}/undoing", {}, key)
        assert undone.status == 200 and undone.json["left_as_it_is"] == {"edited": 0, "gone": 0}
        assert server.get(f"/api/v2/contacts/{ida}", key).json["purchases"] == 2
        assert server.get(f"/api/v2/contacts/{twin}", key).json["purchases"] == 2
        assert server.post(f"{merge}/undoing", {}, key).status == 409
    after = json.loads(either_desk.run("profile", "--json").stdout)
    assert before != after
