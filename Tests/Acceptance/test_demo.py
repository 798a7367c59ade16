"""`make demo`: a believable company, there at once the second time."""
import random
import time

from desk import Desk, free_port
from visitor import Visitor


def password(desk):
    return (desk.folder / "sign-in.txt").read_text().strip()


def test_the_demonstration_is_a_company_whose_profile_has_a_story(folder):
    desk = Desk(folder / "desk")

    with desk.serving(command="demo") as server:
        visitor = Visitor(server).sign_in("mara@example.com", password(desk))
        key = desk.run("api-key", "--email", "mara@example.com").stdout.strip()
        quarters = server.get("/api/v2/profile/quarters?limit=12", key).json
        page = visitor.get("/profile")

    labels = [quarter["shape"]["label"] for quarter in quarters]
    assert 4_500 < desk.number("SELECT count(*) FROM party WHERE NOT serves") < 5_500
    assert "pyramid" in labels and "hexagon" in labels
    assert page.status == 200 and "sample" in page.text
    assert (desk.folder / "sign-in.txt").stat().st_mode & 0o777 == 0o600


def test_the_second_start_is_quick_and_keeps_what_was_changed(folder):
    desk = Desk(folder / "desk")
    with desk.serving(command="demo") as server:
        key = desk.run("api-key", "--email", "mara@example.com").stdout.strip()
        server.post("/api/v2/contacts", {"name": "Somebody New", "email": "new@example.com"}, key)
        before = server.get("/api/v2/profile", key).json
        words = password(desk)

    began = time.monotonic()
    with desk.serving(command="demo") as server:
        assert time.monotonic() - began < 5
        assert server.get("/api/v2/profile", key).json == before
        assert server.get("/api/v2/contacts?email=new@example.com", key).json[0]["name"] == "Somebody New"
        assert password(desk) == words


def test_the_same_seed_grows_the_same_company(folder):
    profiles = []
    for name in ("one", "two", "three"):
        desk = Desk(folder / name)
        with desk.serving("--seed", "3" if name == "three" else "2", command="demo"):
            pass
        profiles.append(desk.profile())

    assert profiles[0] == profiles[1] != profiles[2]


def test_cut_off_while_it_is_made_the_company_is_whole_at_the_next_start(folder):
    seed = random.SystemRandom().randrange(1 << 32)
    dice = random.Random(seed)
    for attempt in range(4):
        desk = Desk(folder / f"desk{attempt}")
        making = desk.start("demo", "--port", free_port())
        deadline = time.monotonic() + 20
        while not (desk.folder / "sign-in.txt").exists():
            assert time.monotonic() < deadline
            time.sleep(0.005)
        time.sleep(dice.uniform(0, 0.3))
        making.kill()
        making.communicate()

        with desk.serving(command="demo") as server:
            Visitor(server).sign_in("mara@example.com", password(desk))
            assert desk.number("SELECT count(*) FROM party WHERE NOT serves") > 4_500, f"seed {seed}"


def test_the_sample_is_removed_in_one_step_and_what_is_ones_own_stays(folder):
    desk = Desk(folder / "desk")
    with desk.serving(command="demo") as server:
        key = desk.run("api-key", "--email", "mara@example.com").stdout.strip()
        server.post("/api/v2/purchases", {"unique_external_id": "mine", "name": "My Own", "amount": "5.00"}, key)
        visitor = Visitor(server).sign_in("mara@example.com", password(desk))

        gone = visitor.submit("/sample/removal", "/sample/removal")

        assert gone.status == 303, gone.text
        assert [row["name"] for row in server.get("/api/v2/contacts", key).json] == ["My Own"]
        assert server.get("/api/v2/profile", key).json["purchases"] == 1
        assert "/sample/removal" not in visitor.get("/profile").text
    for table in ("advocacy", "import_purchase"):
        assert desk.number(f"SELECT count(*) FROM {table}") == 0
