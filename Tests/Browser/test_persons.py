"""What is known of a customer, by mouse and without scripts; every screen of it in light, dark and on a phone."""
import pytest

from conftest import READERS, findings, is_too_wide, keep, sign_in

SCREENS = {
    "owners": "/owners", "tags": "/settings/tags", "fields": "/settings/fields", "suppression": "/settings/suppression",
    "person-form": "/people/new",
}


@pytest.mark.parametrize("reader", READERS)
def test_the_screens_are_accessible_and_fit(sample, open_page, reader):
    page = open_page(sample, sample.cookies, **READERS[reader])
    page.goto("/settings/tags")
    tagged = page.locator("table.rows a").nth(2).get_attribute("href")
    page.goto(tagged)
    person = page.locator("table.rows a").first.get_attribute("href")
    screens = SCREENS | {
        "tagged": tagged, "tag": tagged.replace("/tags", "/settings/tags"), "person": person, "person-edit": f"{person}/edit",
        "person-preferences": f"{person}/preferences", "person-tags": f"{person}/tags", "person-consent": f"{person}/consent",
        "person-address": f"{person}/addresses/new", "field": "/settings/fields/1",
    }
    for name, address in screens.items():
        page.goto(address)
        keep(page, f"{name}-{reader}")
        assert page.locator("h1").count() == 1, address
        for fold in page.locator("details:not([open]) > summary").all():
            if fold.is_visible():
                fold.click()
        keep(page, f"{name}-open-{reader}")
        assert findings(page) == [], address
        assert not is_too_wide(page), address


@pytest.mark.parametrize("scripts", [True, False])
def test_a_customer_is_described_and_put_back(small, open_page, scripts):
    page = sign_in(open_page(small, java_script_enabled=scripts))
    page.goto("/people")
    page.locator("table.rows a").first.click()

    page.get_by_text("Add a preference").click()
    page.get_by_label("In free words").fill("calls, not mail\nsave the last cookie")
    page.locator(".preferences button").click()
    assert "save the last cookie" in page.locator(".preferences").inner_text()

    page.get_by_role("link", name="Add an address").click()
    page.get_by_label("Address, number or handle").fill("guest@example.com")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_role("link", name="guest@example.com", exact=True).get_attribute("href") == "mailto:guest@example.com"
    page.get_by_role("link", name="Change guest@example.com").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    assert page.get_by_role("link", name="guest@example.com", exact=True).count() == 0
    page.get_by_text("Removed or changed").last.click()
    page.get_by_role("button", name="Put guest@example.com back").click()
    assert page.get_by_role("link", name="guest@example.com", exact=True).count() == 1

    page.get_by_role("link", name="Add a tag").click()
    page.get_by_label("Find or write a tag").fill("Oat milk")
    if not scripts:
        page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("button", name="Make the new tag “Oat milk”").click()
    page.get_by_role("link", name="Back to the customer").click()
    page.get_by_role("link", name="Oat milk").click()
    assert page.locator("table.rows tbody tr").count() == 1


def test_long_and_foreign_words_fit_a_phone(small, open_page):
    page = sign_in(open_page(small, **READERS["phone"]))
    page.goto("/people/new")
    page.get_by_label("Name").fill("w" * 390)
    page.get_by_label("What they prefer").fill("בבקשה לא להתקשר " * 20 + "x" * 300)
    page.locator("#fold-tags summary").click()
    page.locator("[name=tags]").fill("t" * 60 + ", \u202eשלום")
    page.get_by_role("button", name="Save").click()
    assert not is_too_wide(page)
    assert findings(page) == []
    here = page.url
    for address in ["/edit", "/tags", "/preferences", "/consent", "/addresses/new"]:
        page.goto(here + address)
        assert not is_too_wide(page), address
    for address in ["/settings/tags"]:
        page.goto(address)
        assert not is_too_wide(page), address
