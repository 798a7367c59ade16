"""Whom to call, by mouse and without scripts; every screen of it in light, dark and on a phone."""
import pytest

from conftest import READERS, eventually, findings, is_too_wide, keep

SCREENS = {
    "lists": "/lists", "list-at-risk": "/lists/at-risk", "list-one-time": "/lists/one-time",
    "list-mine": "/lists/overdue?show=mine", "list-done": "/lists/overdue?show=done", "forecast": "/model",
}


def wait_for_figures(page):
    def there():
        page.goto("/lists")
        return page.locator(".lists").count() == 1

    eventually(page, there, seconds=60)


@pytest.mark.parametrize("reader", READERS)
def test_the_screens_are_accessible_and_fit(sample, open_page, reader):
    page = open_page(sample, sample.cookies, **READERS[reader])
    wait_for_figures(page)

    for name, address in SCREENS.items():
        page.goto(address)
        keep(page, f"{name}-{reader}")
        assert page.locator("h1").count() == 1
        assert findings(page) == [], address
        assert not is_too_wide(page), address
    page.goto("/lists/at-risk")
    page.locator("table.rows a.btn").first.click()
    keep(page, f"list-work-{reader}")
    assert findings(page) == []
    assert not is_too_wide(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_customer_is_taken_worked_off_and_put_back(sample, open_page, scripts):
    page = open_page(sample, sample.cookies, java_script_enabled=scripts)
    wait_for_figures(page)
    page.goto("/lists/overdue")
    name = page.locator("table.rows tbody a").first.inner_text()

    page.get_by_role("button", name=f"I will call {name}", exact=True).click()
    page.get_by_role("link", name="Mine").click()
    page.get_by_role("link", name=f"Work on {name}", exact=True).click()
    page.get_by_label("Outcome").select_option("reached")
    page.get_by_label("Note").fill("Back in May")
    page.get_by_role("button", name="Done").click()

    page.get_by_role("link", name="Done").click()
    row = page.locator("tr", has_text=name)
    assert "Back in May" in row.inner_text()
    assert "Reached" in row.inner_text()
