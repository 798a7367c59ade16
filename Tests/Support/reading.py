"""What the browser tests ask of a page, and the kinds of reader it is for."""
import os
import pathlib
import re
import time

from axe_playwright_python.sync_playwright import Axe

from desk import EMAIL, PASSWORD

SHOTS = os.environ.get("REGULARS_SCREENSHOTS")
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
# The kinds of reader every screen is for.
READERS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"color_scheme": "light", **PHONE},
}


def sign_in(page, email=EMAIL, password=PASSWORD):
    if "/sign-in" not in page.url:
        page.goto("/sign-in")
    page.get_by_label("mail").fill(email)
    page.get_by_label(re.compile("Pass")).fill(password)
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def keep(page, name):
    """Keeps a picture of the whole page, where REGULARS_SCREENSHOTS says."""
    if SHOTS:
        pathlib.Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def findings(page):
    """What axe finds wrong with a page, in a line each."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def is_too_wide(page):
    """Whether one would have to scroll sideways, or a phone shows the page smaller so that it fits."""
    width, seen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return max(width, seen) > page.viewport_size["width"]


def eventually(page, truth, seconds=10):
    """Waits until something is true; the policy of our pages forbids the waiting that Playwright has for it."""
    deadline = time.monotonic() + seconds
    while not truth():
        assert time.monotonic() < deadline, f"it did not come true on {page.url}"
        page.wait_for_timeout(50)
