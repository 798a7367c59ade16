"""Organisations, roles and uses of service, through the real program on each engine."""


def test_departments_add_up_and_uses_are_no_money(either_desk, folder):
    desk = either_desk
    (folder / "customers.csv").write_text(
        "customer,name,organisation,kind\nhq,Head office,,organisation\nwest,West branch,,organisation\n"
        "ada,Ada Lovelace,hq,person\n")
    (folder / "sales.csv").write_text("customer,date,amount\nhq,2026-01-05,12.50\nwest,2026-01-06,7.00\n")
    (folder / "uses.csv").write_text("customer,used at,service\nwest,2026-01-09,Course\nada,2026-01-09,Course\n")
    desk.bring("customers", folder / "customers.csv")
    desk.bring("purchases", folder / "sales.csv")
    report = desk.bring("uses", folder / "uses.csv")
    assert report["accepted"] == 2 and report["zero_amounts"] == 0
    assert desk.bring("uses", folder / "uses.csv")["known"] == 2

    with desk.serving() as server:
        key = desk.key()
        found = {one["name"]: one for one in server.get("/api/v2/companies", key).json}
        head, west = found["Head office"]["id"], found["West branch"]["id"]

        moved = server.call("PUT", f"/api/v2/companies/{west}", {"parent_id": head}, key)
        assert moved.status == 200, moved.text
        circle = server.call("PUT", f"/api/v2/companies/{head}", {"parent_id": west}, key)
        assert circle.status == 400 and "parent_id" in circle.text

        tree = server.get(f"/api/v2/companies/{head}/tree", key).json
        assert tree["total"]["purchases"] == 2 and tree["total"]["uses"] == 1
        assert [total["minor"] for total in tree["total"]["totals"]] == [1950]
        assert tree["own"]["purchases"] == 1

        kinds = [entry["kind"] for entry in server.get(f"/api/v2/contacts/{west}/timeline?kind=uses", key).json]
        assert kinds == ["use"]
        both = server.get(f"/api/v2/contacts/{head}/timeline?kind=purchases&departments=true", key).json
        assert len(both) == 3
        assert server.get(f"/api/v2/contacts/{head}/timeline?kind=purchases&departments=true&to=2026-01-06", key).json[0]["day"] == "2026-01-06"
