"""What people do with a desk, from the first minute on, with scripts and without."""
import re

import pytest

from conftest import READERS, eventually, findings, keep, sign_in
from desk import EMAIL, PASSWORD

ROWS = (
    "Kunde;Datum;Betrag\n"
    + "".join(f"Gast {n % 40:02};{n % 28 + 1:02}.{n % 9 + 1:02}.2026;{n + 3},50\n" for n in range(120))
    + "Niemand;31.02.2026;5,00\n"
)
HOSTILE = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(2)>",
    "'; DROP TABLE party; --",
    "javascript:alert(3)",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "</title></textarea></style><svg/onload=alert(4)>",
    "\u202egnp.exe\u202c",
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "verkäufe.csv"
    path.write_text(ROWS)
    return path


def found_desk(page):
    page.goto("/")
    page.get_by_label("Organisation").fill("Harbour Coffee")
    page.get_by_label("Time zone").fill("Europe/Berlin")
    page.get_by_label("Currency").select_option("EUR")
    page.get_by_label("Your name").fill("Ada Okafor")
    page.get_by_label("Your mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Open the desk").click()


def bring(page, file, has_script):
    page.get_by_role("link", name="Import a file").first.click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    # Nothing is written before somebody has seen how the file is read.
    menus = page.locator("main select[aria-label^='What stands in']")
    assert [menus.nth(n).input_value() for n in range(3)] == ["customer", "at", "amount"]
    keep(page, f"import-columns-{'light' if has_script else 'without-scripts'}")
    page.get_by_role("button", name="Check every row").click()
    start = page.get_by_role("button", name=re.compile("Import 120 rows"))
    wait_for(page, start, has_script)
    assert "31.02.2026" in page.locator("main").inner_text()
    keep(page, f"import-checked-{'light' if has_script else 'without-scripts'}")
    start.click()
    wait_for(page, page.locator(".chip.good"), has_script)
    keep(page, f"import-done-{'light' if has_script else 'without-scripts'}")


def wait_for(page, sight, has_script):
    """Without scripts people look again; with them the page does."""
    for _ in range(1 if has_script else 60):
        if not has_script and sight.count():
            break
        if not has_script:
            page.wait_for_timeout(250)
            page.reload()
    sight.first.wait_for(timeout=15_000)


@pytest.mark.parametrize("has_script", [True, False], ids=["with scripts", "without scripts"])
def test_from_nothing_to_a_profile_of_ones_own(untouched, open_page, file, has_script):
    page = open_page(untouched, java_script_enabled=has_script)

    found_desk(page)
    assert page.locator("h1").inner_text() == "Harbour Coffee is open"
    assert page.locator(".cards .card").count() == 3
    keep(page, f"welcome-fresh-{has_script}")
    bring(page, file, has_script)
    page.get_by_role("link", name="Profile").first.click()

    # 40 guests, all of them new within the year; who came on a second day counts among the regulars as well.
    numbers = page.locator("table.levels td.number")
    days = {}
    for n in range(120):
        days.setdefault(n % 40, set()).add((n % 9, n % 28))
    regulars = sum(len(found) > 1 for found in days.values())
    assert numbers.all_inner_texts() == ["not measured", str(regulars), "40"]
    # Every number opens the customers behind it.
    numbers.nth(2).get_by_role("link").click()
    assert page.locator("table.rows tbody tr").count() == 40
    page.get_by_role("link", name="Gast 07").click()
    assert page.locator("h1").inner_text() == "Gast 07"
    page.get_by_text("Enter what they did").click()
    page.locator("#field-kind").select_option("recommendation")
    page.get_by_label("When").fill("2026-08-20")
    page.get_by_label("In their words").fill("The best coffee in the harbour.")
    page.get_by_role("button", name="Put on record").click()
    assert "Advocate" in page.locator(".page-head").inner_text()
    assert page.get_by_text("The best coffee in the harbour.").is_visible()
    keep(page, f"customer-advocate-{has_script}")
    page.get_by_role("link", name="Profile").first.click()
    assert page.locator("table.levels td.number").first.inner_text() == "1"

    # Signing out and in again leads back to the desk.
    page.context.clear_cookies()
    page.goto("/people")
    assert "/sign-in" in page.url
    sign_in(page)
    assert page.locator("h1").inner_text() == "People"


def test_a_wrong_password_is_told_in_place_and_the_address_is_kept(small, open_page):
    page = open_page(small)

    page.goto("/sign-in")
    page.get_by_label("mail").fill(EMAIL)
    page.get_by_label(re.compile("Pass")).fill("wrong and wrong again")
    page.locator("main form button").click()

    assert page.get_by_role("alert").first.is_visible()
    assert page.get_by_label("mail").input_value() == EMAIL
    assert findings(page) == []
    keep(page, "sign-in-refused-light")


def test_an_import_is_undone_on_the_screen(small, open_page):
    page = sign_in(open_page(small))

    page.goto("/imports")
    page.locator("table.rows a").first.click()
    page.get_by_role("link", name="Undo").click()
    keep(page, "import-undo-light")
    page.locator("main form button.danger").click()
    page.locator(".page-head .chip").get_by_text("undone", exact=True).wait_for()
    page.goto("/people")

    assert page.locator("table.rows").count() == 0


def test_the_window_the_quarters_and_the_next_page_lead_somewhere(sample, open_page):
    page = open_page(sample, sample.cookies)
    page.goto("/profile")

    for name in ("12 months before", "2025", "2024"):
        page.locator(".chooser").get_by_role("link", name=name, exact=True).click()
        assert page.locator("table.levels").is_visible(), name
        assert page.locator(".chooser [aria-current]").inner_text() == name
    page.locator("table.levels td.number a").last.click()
    first = page.locator("table.rows tbody a").first.inner_text()
    page.get_by_role("link", name="Next page").click()
    assert page.locator("table.rows tbody tr").count() > 1
    assert page.locator("table.rows tbody a").first.inner_text() != first
    page.goto("/people")
    page.get_by_role("link", name="Next page").click()
    assert page.locator("table.rows tbody tr").count() == 50


@pytest.mark.parametrize("format, beginning", [("SVG", b"<"), ("PNG", b"\x89PNG"), ("JSON", b"{")])
def test_the_profile_is_downloaded(sample, open_page, format, beginning):
    page = open_page(sample, sample.cookies)
    page.goto("/profile?from=2025-01-01&to=2025-12-31")

    with page.expect_download() as waiting:
        page.locator(".page-head").get_by_role("link", name=format).click()

    with open(waiting.value.path(), "rb") as download:
        assert download.read(4).startswith(beginning)


def test_a_purchase_through_the_api_appears_on_the_open_page(small, open_page):
    page = sign_in(open_page(small))
    customer = small.get("/api/v2/contacts?q=Guest%2007", small.key).json[0]
    page.goto(f"/people/{customer['id']}")
    assert not page.get_by_text("Sumatra Lintong").count()

    posted = small.post(
        "/api/v2/purchases", {"customer_id": customer["id"], "amount": "31.00", "product": "Sumatra Lintong"}, small.key)

    assert posted.status == 201
    page.get_by_text("Sumatra Lintong").wait_for(timeout=10_000)


def test_the_open_profile_counts_a_new_customer_by_itself(small, open_page):
    page = sign_in(open_page(small))
    page.goto("/profile")
    numbers = page.locator("table.levels td.number")
    before = int(numbers.last.inner_text())

    small.post("/api/v2/purchases", {"unique_external_id": "new", "name": "New Guest", "amount": "3.00"}, small.key)

    eventually(page, lambda: numbers.last.inner_text() == str(before + 1))


def test_people_are_found_while_one_types(sample, open_page):
    page = open_page(sample, sample.cookies)
    page.goto("/people")

    page.get_by_label("Find by name").press_sequentially("okonk", delay=30)
    names = page.locator("table.rows tbody td:first-child a")
    eventually(page, lambda: all("okonk" in name.lower() for name in names.all_inner_texts()))

    assert names.count() > 0
    assert page.url.endswith("q=okonk")


def test_german_is_german_throughout(sample, small, open_page):
    page = open_page(sample, sample.cookies, locale="de-DE")
    door = open_page(small, locale="de-DE")

    door.goto("/sign-in")
    assert door.locator("html").get_attribute("lang") == "de"
    assert door.get_by_role("button").first.inner_text() == "Anmelden"
    keep(door, "sign-in-german")
    mine = sign_in_german(door)
    mine.goto("/me")
    mine.locator("select[name=language]").select_option("de")
    mine.locator("form[action='/me'] button.primary").click()
    for path, word in [
        ("/profile", "Kunden"), ("/people", "Kunden"), ("/imports", "Datei"), ("/settings", "Einstellungen"),
        ("/colleagues", "Kolleg"), ("/me", "Passwort"),
    ]:
        mine.goto(path)
        text = mine.locator("body").inner_text().replace("purchases.csv", "")
        assert mine.locator("html").get_attribute("lang") == "de"
        assert word in text, f"{path}: {text[:300]}"
        # A phrase left in English, or a key in place of one.
        assert not re.search(r"\b(the|and|customers|purchases|Save|Find)\b", text), path
        assert not re.search(r"\b[a-z]+\.[a-zA-Z]+\.[a-zA-Z.]+\b", text.replace(EMAIL, "")), path
        assert findings(mine) == []
        keep(mine, f"{path.strip('/')}-german")
    mine.goto("/profile")
    assert re.search(r"\d{1,3}(\.\d{3})*,\d\d\s€", mine.locator("main").inner_text())


def sign_in_german(page):
    page.locator("input[name=email]").fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def test_dark_is_chosen_and_kept(small, open_page):
    page = sign_in(open_page(small))
    page.goto("/me")

    page.locator("select[name=theme]").select_option("dark")
    page.locator("form[action='/me'] button.primary").click()
    page.goto("/profile")

    assert page.locator("html").get_attribute("data-theme") == "dark"
    red, green, blue = map(int, re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))[:3])
    assert max(red, green, blue) < 60
    assert findings(page) == []


def test_on_a_phone_the_bar_and_the_menu_reach_every_place(sample, open_page):
    page = open_page(sample, sample.cookies, **READERS["phone"])
    page.goto("/profile")

    page.locator(".bottom-bar").get_by_role("link", name="People").tap()
    assert page.locator("h1").inner_text() == "People"
    page.locator(".bottom-bar").get_by_role("link", name="Menu").tap()
    assert page.locator("#rail").get_by_role("link", name="Settings").is_visible()
    keep(page, "menu-phone")
    page.locator("#rail").get_by_role("link", name="Settings").tap()
    assert page.locator("h1").inner_text() == "Settings"
    small_targets = page.evaluate(
        """[...document.querySelectorAll("main a, main button, .bottom-bar a, input, select")]
            .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
            .filter(([_, box]) => box.width && (box.height < 24 || box.width < 24)).map(([html]) => html)""")
    assert small_targets == []


def test_nothing_strangers_call_themselves_is_run(small, open_page):
    page = sign_in(open_page(small))
    for n, name in enumerate(HOSTILE):
        sold = {"unique_external_id": f"{name}{n}", "name": name, "amount": "1.00", "product": name, "channel": name}
        posted = small.post("/api/v2/purchases", sold, small.key)
        assert posted.status in (201, 400), posted.text
        made = small.post(
            "/api/v2/contacts", {"name": name, "email": f"h{n}@example.com", "unique_external_id": name}, small.key)
        if made.status == 201:
            small.post(
                "/api/v2/advocacy",
                {"person_id": made.json["id"], "kind": "testimonial", "words": name, "friend": name}, small.key)

    known = small.get("/api/v2/contacts?per_page=100", small.key).json
    hostile = [row for row in known if row["name"] in HOSTILE]
    assert len(hostile) >= 8
    for path in ["/people", "/people?q=%3Cscript%3Ealert(1)%3C/script%3E", "/profile", "/profile/behind/first",
                 "/profile?from=%3Cscript%3E&to=x", "/imports/%3Cscript%3E", "/nowhere/%22%3E%3Cimg%20src=x%3E",
                 *(f"/people/{row['id']}" for row in hostile), *(f"/people/{row['id']}/edit" for row in hostile[:3])]:
        page.goto(path)
        assert page.evaluate("document.querySelectorAll('main script, main img, [onerror], [onload], main style').length") == 0
    page.goto(f"/people/{hostile[0]['id']}")
    assert page.locator("h1").inner_text().strip() in HOSTILE
    page.keyboard.press("Control+k")
    page.keyboard.type("alert")
    page.wait_for_timeout(600)
    # open_page's watch fails the test if a dialog opened or the policy was broken.
