"""Advocates by mouse and without scripts; every screen of them in light, dark and on a phone; the wall in a page."""
import contextlib
import http.server
import threading

import pytest

from conftest import READERS, eventually, findings, is_too_wide, keep, sign_in

SCREENS = {
    "advocates": "/advocates", "ask": "/advocates/ask", "ask-waiting": "/advocates/ask?show=waiting",
    "ask-later": "/advocates/ask?show=later", "ask-all": "/advocates/ask?show=all",
    "referrals": "/advocates/referrals", "referrals-bought": "/advocates/referrals?show=bought",
    "testimonials": "/advocates/testimonials?show=given", "testimonials-withdrawn": "/advocates/testimonials?show=withdrawn",
    "thanks": "/advocates/thanks", "thanks-mine": "/advocates/thanks?show=mine", "thanks-done": "/advocates/thanks?show=done",
    "talk": "/advocates/talk", "advocacy-settings": "/advocates/settings",
}
ONE = {
    "ask-form": ("/advocates/ask", "table.rows a.btn"), "ask-answer": ("/advocates/ask?show=waiting", "table.rows a.btn"),
    "referral": ("/advocates/referrals", "table.rows td:nth-child(2) a"),
    "testimonial": ("/advocates/testimonials", ".testimonials a.btn"),
    "thank": ("/advocates/thanks", "table.rows a.btn"),
}


@contextlib.contextmanager
def shop(desk):
    """Somebody's own page with a strict policy, which allows the desk's script and nothing besides."""
    policy = f"default-src 'none'; script-src {desk}; connect-src {desk}"

    class Shop(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Shop</title><body><script src='{desk}/wall.js'></script>".encode())

        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def wait_for_lists(page):
    def there():
        page.goto("/advocates/ask")
        listed = page.locator("table.rows tbody tr").count() > 0
        page.goto("/advocates/talk")
        return listed and page.locator(".terms").count() == 1

    eventually(page, there, seconds=90)


@pytest.mark.parametrize("reader", READERS)
def test_the_screens_are_accessible_and_fit(sample, open_page, reader):
    page = open_page(sample, sample.cookies, **READERS[reader])
    wait_for_lists(page)

    for name, address in SCREENS.items():
        page.goto(address)
        keep(page, f"{name}-{reader}")
        assert page.locator("h1").count() == 1
        assert findings(page) == [], address
        assert not is_too_wide(page), address
    for name, (address, link) in ONE.items():
        page.goto(address)
        page.goto(page.locator(link).first.get_attribute("href"))
        keep(page, f"{name}-{reader}")
        assert findings(page) == [], name
        assert not is_too_wide(page), name


@pytest.mark.parametrize("scripts", [True, False])
def test_somebody_is_asked_and_says_later(sample, open_page, scripts):
    page = open_page(sample, sample.cookies, java_script_enabled=scripts)
    wait_for_lists(page)
    page.goto("/advocates/ask")
    name = page.locator("table.rows tbody a").first.inner_text()

    page.get_by_role("link", name=f"Ask {name}", exact=True).click()
    page.get_by_role("button", name="I have asked").click()
    page.get_by_label("Later", exact=True).check()
    page.get_by_label("Come back on").fill("2001-01-01")
    page.get_by_role("button", name="Keep the answer").click()
    assert page.get_by_text("That day is not in the future").is_visible()
    assert page.get_by_label("Come back on").input_value() == "2001-01-01"
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Keep the answer").click()

    page.goto("/advocates/ask?show=all")
    assert "No" in page.locator("tr", has_text=name).first.inner_text()
    page.goto("/advocates/ask")
    assert page.locator("table.rows tbody tr", has_text=name).count() == 0


def test_the_wall_stands_in_a_strangers_page(small, open_page, browser):
    person = small.post("/api/v2/contacts", {"name": "Ada Lovelace", "email": "ada@beans.example"}, small.key).json["id"]
    small.post(
        "/api/v2/advocacy", {"person_id": person, "kind": "testimonial", "words": "<i>Best</i> beans."}, small.key)
    one = small.get("/api/v2/testimonials?state=open", small.key).json[0]["id"]
    consent = {"given": True, "words": "Yes", "how": "mail", "website": True, "name": "initial"}
    assert small.post(f"/api/v2/testimonials/{one}/consent", consent, small.key).status == 200
    page = open_page(small)
    sign_in(page)
    page.goto("/advocates/settings")
    page.get_by_label("Wall on your website").select_option("yes")
    page.get_by_role("button", name="Save").click()
    assert "/wall.js" in page.locator("#embed ~ pre, pre.secret").first.inner_text()

    context = browser.new_context()
    stranger = context.new_page()
    with shop(small.address) as address:
        stranger.goto(address)
        eventually(stranger, lambda: stranger.locator(".regulars-wall figure").count() == 1)
        words = stranger.locator(".regulars-wall").inner_text()
    cookies = context.cookies()
    context.close()

    assert "<i>Best</i> beans." in words and "Ada L." in words and "Lovelace" not in words
    assert cookies == []
    page.goto("/wall")
    assert findings(page) == [] and not is_too_wide(page)
