"""What the data says and the profile that is wanted, by mouse, by keys and without scripts; in light, dark and on a phone."""
import pytest

from conftest import READERS, eventually, findings, is_too_wide, keep, sign_in

SCREENS = {
    "profile-findings": "/profile", "findings": "/findings", "desired": "/profile/desired",
    "willing": "/findings/behind/willing", "consent": "/findings/behind/consent",
}


def wait_for_findings(page):
    def there():
        page.goto("/findings")
        return page.locator(".findings .advice li").count() >= 8

    eventually(page, there, seconds=240)


@pytest.mark.parametrize("reader", READERS)
def test_the_screens_are_accessible_and_fit(sample, open_page, reader):
    page = open_page(sample, sample.cookies, **READERS[reader])
    wait_for_findings(page)
    first = page.locator(".finding-links a").first.get_attribute("href")

    for name, address in (SCREENS | {"finding": first}).items():
        page.goto(address)
        keep(page, f"{name}-{reader}")
        assert page.locator("h1").count() == 1
        assert findings(page) == [], address
        assert not is_too_wide(page), address


def test_the_sample_company_says_what_it_went_through(sample, open_page):
    page = open_page(sample, sample.cookies)
    wait_for_findings(page)

    # The findings are looked for again when the figures are there.
    def told():
        page.goto("/")
        said = page.locator("main").inner_text()
        return "A rush at the front door" in said and "regulars are probably gone or fading" in said

    eventually(page, told, seconds=120)
    text = page.locator("main").inner_text()
    assert "Level 3, advocates" in text and "Lever:" in text
    page.goto("/findings")
    page.get_by_role("link", name="See for yourself: ").first.click()
    page.wait_for_url(lambda url: not url.endswith("/findings"))
    page.locator("h1").wait_for()


def test_a_wish_is_pulled_with_the_mouse_and_moved_with_the_keys(small, open_page):
    page = sign_in(open_page(small))
    page.goto("/profile/desired")
    handle = page.get_by_role("slider", name="First purchases")
    field = page.locator("input[name=first]")
    before = int(field.input_value())

    box = handle.locator("circle").last.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=4)
    page.mouse.up()
    pulled = int(field.input_value())
    assert pulled > before
    page.keyboard.press("ArrowLeft")
    assert int(field.input_value()) < pulled
    assert handle.get_attribute("aria-valuenow") == field.input_value()
    field.fill("77")
    assert handle.get_attribute("aria-valuenow") == "77"

    page.get_by_label("Why").fill("Seventy-seven it is")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/profile")
    assert "77 first purchases" in page.locator("main").inner_text()
    assert page.locator(".figure-desired").count() >= 1


def test_a_wish_is_typed_without_scripts(small, open_page):
    page = sign_in(open_page(small, java_script_enabled=False))
    page.goto("/profile/desired")
    assert page.get_by_role("slider").count() == 0
    for name in ("first", "repeat", "advocate"):
        page.locator(f"input[name={name}]").fill("25")
    page.get_by_label("Why").fill("As many of each")
    page.get_by_role("button", name="Save").click()

    assert "Desired since" in page.locator("main").inner_text()
