"""Offers, saved lists, the walk-through and visits, as people see them."""
import base64
import time

import pytest

from conftest import READERS, findings, is_too_wide, keep, sign_in

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==")


def wait_for(page, path, words, seconds=90):
    deadline = time.monotonic() + seconds
    page.goto(path)
    while words not in page.inner_text("main"):
        assert time.monotonic() < deadline, f"{words} never came on {path}"
        page.wait_for_timeout(500)
        page.goto(path)


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
@pytest.mark.parametrize("reader", READERS)
def test_every_screen_is_sound(sample, open_page, reader, language):
    page = open_page(sample, sample.cookies, **READERS[reader], locale=language)
    wait_for(page, "/offers", "Travel cup")
    paths = ["/offers", page.locator("table.rows td a", has_text="62").first.get_attribute("href")]
    page.goto("/walks")
    place = page.locator("table.rows a").first.get_attribute("href")
    finding = page.locator(".table th a").first.get_attribute("href")
    page.goto(place)
    walk = page.locator("ul.plain a").first.get_attribute("href")
    paths += ["/walks", place, f"{place}/walk", f"{place}/edit", walk, finding, "/walks/findings", "/walks/places/new"]
    paths += ["/visits", "/visits/all", "/lists/saved"]
    for number, path in enumerate(paths):
        page.goto(path)
        keep(page, f"offers-{language[:2]}-{reader}-{number}")
        assert findings(page) == [], path
        assert not is_too_wide(page), path


@pytest.mark.parametrize("scripts", [True, False])
def test_a_walk_is_done_on_a_phone_and_mended(small, open_page, scripts):
    page = sign_in(open_page(small, java_script_enabled=scripts, **READERS["phone"]))
    page.goto("/walks/places/new")
    page.get_by_label("Name").fill("Shop " + "x" * 120)
    page.get_by_label("What is looked at").fill("Window is clean\nPrices are readable")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Walk", exact=True).click()
    first, second = page.locator("fieldset.walk-item").all()
    first.get_by_text("Not fine").click()
    first.get_by_label("In words").fill("dusty")
    first.get_by_label("Photos").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": PNG})
    second.get_by_text("Fine", exact=True).click()
    page.get_by_role("button", name="Done").click()

    assert "1 fine, 1 not fine" in page.inner_text("main")
    assert page.locator(".walk-photos img").count() == 1
    if scripts:
        # Without scripts nothing that waits for the picture can be asked.
        assert page.locator(".walk-photos img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
        assert findings(page) == [] and not is_too_wide(page)
    page.goto("/walks/findings")
    page.get_by_role("link", name="Window is clean").click()
    page.get_by_label("What was done").fill("wiped")
    page.get_by_role("button", name="It is mended").click()
    assert "wiped" in page.inner_text("main")
    page.goto("/walks/findings")
    assert "is mended" in page.inner_text("main")


def test_a_list_is_saved_and_opened_again(sample, open_page):
    page = open_page(sample, sample.cookies)
    wait_for(page, "/lists/overdue", "I will")
    page.locator("summary", has_text="Save this list").click()
    page.get_by_label("Name").fill("May calls")
    page.get_by_role("button", name="Save this list under a name").click()
    assert "bought since" in page.inner_text("main")
    assert findings(page) == []
    keep(page, "saved-list")
    page.get_by_role("link", name="Who left").click()
    assert "still is" in page.inner_text("main")
    page.goto("/lists/saved")
    assert "May calls" in page.inner_text("main")


def test_a_visit_takes_two_fields(small, open_page):
    page = sign_in(open_page(small))
    page.goto("/visits")
    page.get_by_label("Where").fill("Shop")
    page.get_by_label("What they looked for").fill("A red spade")
    page.get_by_role("button", name="Save").click()
    page.goto("/visits/all")
    assert "A red spade" in page.inner_text("main")
    assert "Left no way" in page.inner_text("main")
