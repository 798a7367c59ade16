"""Segments and the search, against the real program on both engines."""
import json
import urllib.parse


def test_a_segment_is_kept_computed_and_searched(either_desk, folder):
    file = folder / "purchases.csv"
    file.write_text(
        "customer,name,date,amount,channel\n"
        + "".join(
            f"c{n % 40},Guest {n % 40:02},2026-{n % 10 + 1:02}-{n % 27 + 1:02},{n + 5}.00,{'shop' if n % 3 else 'web'}\n"
            for n in range(100)))
    either_desk.bring("purchases", file)
    key = either_desk.key()
    with either_desk.serving() as server:
        query = urllib.parse.quote("\"channel:'web' AND occasions:>2\"")
        found = server.get(f"/api/v2/search/contacts?query={query}", key).json
        made = server.post("/api/v2/segments", {"name": "Web", "filter": "channel:'web' AND occasions:>2"}, key)
        wrong = server.get("/api/v2/search/contacts?query=%22colour:1%22", key)
    assert made.status == 201
    assert (wrong.status, wrong.json["errors"][0]["field"]) == (400, "query")
    said = json.loads(either_desk.run("segments", "--compute", "--json").stdout)
    members = either_desk.run("segments", "--members", str(said[0]["id"])).stdout.split()

    assert found["total"] > 0
    assert found["total_is_exact"] is True
    assert said[0]["members"] == found["total"] == len(members)
    assert {int(one) for one in members} >= {one["id"] for one in found["results"]}
    either_desk.run("segments", "--members", "999", code=64)
