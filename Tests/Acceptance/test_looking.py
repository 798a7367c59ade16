"""Looking changes nothing: every address that pages link to, visited twice, leaves the database as it was."""
import re
import time
import urllib.parse

import pytest

from desk import EMAIL, PASSWORD
from visitor import Page, Visitor

# When somebody was last seen is no state of the desk; jobs and tallies are the runner's, whether anybody looks or not.
LEFT_OUT = {"job", "tally", "tally_delta", "tally_change"}
LAST_SEEN = {("session", "seen_at"), ("agent", "signed_in_at"), ("api_key", "used_at")}

# For the crawl to mean anything, it must have come by these.
KNOWN = """/profile /people /people/new /people/N /people/N/edit /imports /imports/new /imports/N /imports/N/undoing
    /imports/N/refusals.csv /settings /colleagues /invitations/new /me /jobs /profile/behind/first
    /profile/picture/svg /profile/picture/png""".split()


def dump(desk):
    """Every row of every table that is part of the desk's state."""
    found = {}
    for (table,) in desk.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
        if table in LEFT_OUT:
            continue
        columns = [row[1] for row in desk.rows(f"PRAGMA table_info({table})") if (table, row[1]) not in LAST_SEEN]
        found[table] = sorted(desk.rows(f"SELECT {', '.join(columns)} FROM {table}"))
    return found


def settled(desk):
    """The dump, once everything that happens by itself has happened: events get their number after they are written."""
    deadline = time.monotonic() + 20
    while desk.number("SELECT count(*) FROM event WHERE seq IS NULL"):
        assert time.monotonic() < deadline, "events are not numbered"
        time.sleep(0.05)
    return dump(desk)


def crawl(visitor, starts):
    """Visits what can be reached by links and by forms that only ask. Answers the kinds of address, and the dead ones."""
    waiting, seen, shapes, dead = list(starts), set(), {}, []
    while waiting:
        path = waiting.pop(0)
        shape = re.sub(r"/\d+", "/N", urllib.parse.urlsplit(path).path)
        # Fifty customers look alike; a few of each kind are enough.
        if path in seen or shape == "/live" or shapes.get(shape, 0) >= 6:
            continue
        seen.add(path)
        shapes[shape] = shapes.get(shape, 0) + 1
        answer = visitor.get(path)
        if answer.status not in (200, 303):
            dead.append((path, answer.status))
        elif answer.status == 303:
            waiting.append(answer.headers["location"])
        elif answer.headers["content-type"].startswith("text/html"):
            page = Page(answer.text)
            asking = [form["action"] for form in page.forms if form["method"].lower() == "get" and form["action"]]
            for link in page.links + asking:
                whole = urllib.parse.urljoin(path, link).split("#")[0]
                if whole.startswith("/"):
                    waiting.append(whole)
    return shapes, dead


@pytest.fixture
def busy_desk(desk, folder):
    """A desk with a little of everything."""
    file = folder / "purchases.csv"
    rows = "".join(f"guest {n % 60},2025-{n % 12 + 1:02}-11,{n}.00\n" for n in range(300))
    file.write_text("customer,date,amount\n" + rows + "bo,2025-13-45,1.00\n")
    desk.bring("purchases", file)
    return desk


def test_no_address_that_is_only_looked_at_changes_anything(busy_desk):
    with busy_desk.serving() as server:
        key = busy_desk.key()
        person = server.get("/api/v2/contacts", key).json[0]["id"]
        server.post("/api/v2/advocacy", {"person_id": person, "kind": "review", "at": "2025-12-20", "rating": 5}, key)
        visitor = Visitor(server).sign_in(EMAIL, PASSWORD)
        visitor.get("/")
        before = settled(busy_desk)

        first, dead = crawl(visitor, ["/", "/welcome", "/sign-in", "/why", "/profile?from=2025-01-01&to=2025-06-30"])
        crawl(visitor, ["/"])
        for path in ("contacts", f"contacts/{person}", f"contacts/{person}/timeline", "purchases", "advocacy", "profile",
                     "profile/quarters", "profile/behind/first", "imports", "imports/1", "agents", "agents/me"):
            assert server.get(f"/api/v2/{path}", key).status == 200, path

        assert dead == []
        assert set(KNOWN) <= set(first), sorted(set(KNOWN) - set(first))
        after = settled(busy_desk)
        assert [table for table in before if before[table] != after[table]] == []
        assert before == after


def test_a_stranger_is_sent_to_sign_in_from_everywhere(busy_desk):
    with busy_desk.serving() as server:
        stranger = Visitor(server)
        addresses = ["/", "/profile", "/people", "/people/2", "/imports", "/settings", "/me", "/jobs", "/colleagues"]

        answers = {path: stranger.get(path) for path in addresses}

        assert {answer.status for answer in answers.values()} == {303}
        assert all(answer.headers["location"].startswith("/sign-in") for answer in answers.values())


def test_a_form_from_elsewhere_is_refused(busy_desk):
    with busy_desk.serving() as server:
        visitor = Visitor(server).sign_in(EMAIL, PASSWORD)
        before = settled(busy_desk)

        without = visitor.send("POST", "/people", {"name": "Mallory", "email": "m@example.com"})
        form = next(form for form in Page(visitor.get("/people/new").text).forms if form["action"] == "/people")
        foreign = visitor.send(
            "POST", "/people", form["fields"] | {"name": "Mallory"}, headers={"Sec-Fetch-Site": "cross-site"})

        assert (without.status, foreign.status) == (403, 403)
        assert settled(busy_desk) == before
