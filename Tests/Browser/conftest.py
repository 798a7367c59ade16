"""Debian's Chromium, and desks for it to look at. Every page is watched: it must break no rule of its own."""
import os
import pathlib
import re
import shutil
import tempfile
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from desk import EMAIL, PASSWORD, Desk

SHOTS = os.environ.get("REGULARS_SCREENSHOTS")
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
# The kinds of reader every screen is for.
READERS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"color_scheme": "light", **PHONE},
}
WATCH_POLICY = """
    document.addEventListener("securitypolicyviolation", (event) =>
        console.error("breaks the policy: " + event.violatedDirective + " " + event.blockedURI));
"""


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        flags = ["--no-sandbox"] if os.getuid() == 0 else []
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Opens pages as a reader has them: dark, on a phone, in German, without scripts. None may complain."""
    contexts, complaints = [], []

    def listen(page):
        def hear(message):
            # A refused form is answered with 4xx on purpose, which the console repeats.
            if message.type == "error" and not re.search(r"status of 4(03|04|09|22)", message.text):
                complaints.append(f"{page.url}: {message.text}")

        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("dialog", lambda dialog: (complaints.append(f"a dialog: {dialog.message}"), dialog.dismiss()))

    def open_(server, signed_in=None, **reader):
        context = browser.new_context(
            base_url=server.address, **({"locale": "en-GB", "timezone_id": "Europe/Berlin", "reduced_motion": "reduce"} | reader))
        context.set_default_timeout(15_000)
        contexts.append(context)
        if reader.get("java_script_enabled", True):
            context.add_init_script(WATCH_POLICY)
        if signed_in:
            context.add_cookies(signed_in)
        page = context.new_page()
        listen(page)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def temporary(prefix):
    return pathlib.Path(tempfile.mkdtemp(prefix=prefix))


@pytest.fixture
def untouched():
    """A server whose desk nobody has set up."""
    folder = temporary("regulars-")
    with Desk(folder / "desk").serving() as server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def small():
    """A small desk of one's own, to change things in: its server, and a key for programs."""
    folder = temporary("regulars-")
    desk = Desk(folder / "desk").set_up(currency="EUR", zone="Europe/Berlin")
    (folder / "purchases.csv").write_text(
        "customer,name,date,amount\n"
        + "".join(f"c{n % 30},Guest {n % 30:02},2026-{n % 10 + 1:02}-{n % 27 + 1:02},{n + 5}.00\n" for n in range(80)))
    desk.bring("purchases", folder / "purchases.csv")
    with desk.serving() as server:
        server.key = desk.key()
        yield server
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sample(browser):
    """The sample company, to look at and leave as it is: its server, with the cookies of who is signed in."""
    folder = temporary("regulars-")
    desk = Desk(folder / "desk")
    with desk.serving(command="demo") as server:
        context = browser.new_context(base_url=server.address)
        page = context.new_page()
        sign_in(page, "mara@example.com", (folder / "desk/sign-in.txt").read_text().strip())
        server.cookies = context.cookies()
        page.goto("/people?q=an")
        server.customer = page.locator("table.rows a").first.get_attribute("href")
        context.close()
        yield server
    shutil.rmtree(folder, ignore_errors=True)


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
