"""Every screen, in light, in dark and on a phone: accessible, light of weight, within its width, and quiet."""
import pytest

from conftest import READERS, findings, is_too_wide, keep

SCREENS = {
    "profile": "/profile",
    "profile-of-a-window": "/profile?from=2025-01-01&to=2025-06-30",
    "behind": "/profile/behind/first",
    "nps": "/nps",
    "nps-answers": "/nps/answers?part=passives",
    "economics": "/economics",
    "economics-shares": "/economics?cohorts=shares",
    "spend": "/economics/spend",
    "people": "/people",
    "people-found": "/people?q=an",
    "people-not-found": "/people?q=zzzzzz",
    "customer": None,
    "customer-edit": None,
    "customer-new": "/people/new",
    "imports": "/imports",
    "import-new": "/imports/new",
    "settings": "/settings",
    "colleagues": "/colleagues",
    "invitations": "/invitations/new",
    "me": "/me",
    "welcome": "/welcome",
    "jobs": "/jobs",
    "sample-removal": "/sample/removal",
    "missing": "/nowhere",
}
BUDGET = 60_000


def address(sample, screen):
    return {"customer": sample.customer, "customer-edit": sample.customer + "/edit"}.get(screen) or SCREENS[screen]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_is_accessible_and_fits(sample, open_page, screen, reader):
    page = open_page(sample, sample.cookies, **READERS[reader])

    page.goto(address(sample, screen))

    keep(page, f"{screen}-{reader}")
    assert page.locator("h1").count() == 1
    assert page.title().strip()
    assert findings(page) == []
    assert not is_too_wide(page)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("screen", ["/setup", "/sign-in"])
def test_the_doors_are_accessible_and_fit(untouched, sample, open_page, screen, reader):
    page = open_page(untouched if screen == "/setup" else sample, **READERS[reader])

    page.goto(screen)

    keep(page, f"{screen.strip('/')}-{reader}")
    assert page.locator("main form").count() == 1
    assert findings(page) == []
    assert not is_too_wide(page)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_weighs_less_than_60_kilobytes(sample, open_page, screen):
    page = open_page(sample, sample.cookies)
    loaded = []
    page.on("requestfinished", lambda request: loaded.append(request))

    page.goto(address(sample, screen), wait_until="load")

    counted = [request for request in loaded if request.resource_type in ("document", "stylesheet", "script")]
    assert {request.resource_type for request in counted} == {"document", "stylesheet", "script"}
    weights = {request.url: request.sizes()["responseBodySize"] for request in counted}
    assert sum(weights.values()) < BUDGET, weights


def test_every_screen_says_that_it_shows_sample_data(sample, open_page):
    page = open_page(sample, sample.cookies)

    for screen in SCREENS:
        page.goto(address(sample, screen))
        assert page.locator(".banner").get_by_text("sample").is_visible() or screen == "missing", screen


@pytest.mark.parametrize("width", [320, 700, 1024, 1600])
def test_no_width_makes_a_page_scroll_sideways(sample, open_page, width):
    page = open_page(sample, sample.cookies, viewport={"width": width, "height": 900})

    for screen in SCREENS:
        page.goto(address(sample, screen))
        assert not is_too_wide(page), screen
