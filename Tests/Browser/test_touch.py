"""Keeping in touch: a rhythm is set, somebody comes due, is called, and it is written down. Light, dark, phone, no scripts."""
import pytest

from conftest import READERS, eventually, findings, is_too_wide, keep


def begin(page, name, months="3"):
    page.goto("/touch/rhythms")
    if page.locator("details.card:not([open])").count():
        page.locator("details.card summary").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("For whom").select_option("everyone")
    page.get_by_label("Months of silence").fill(months)
    page.get_by_label("What to do").fill("Ask how the espresso machine is doing")
    page.get_by_role("button", name="Begin").click()


def wait_for_someone(page):
    def there():
        page.goto("/touch")
        return page.locator("table.rows tbody tr").count() > 0

    eventually(page, there, seconds=90)


@pytest.mark.parametrize("reader", READERS)
def test_the_screens_are_accessible_and_fit(sample, open_page, reader):
    page = open_page(sample, sample.cookies, **READERS[reader])
    page.goto("/touch")
    if page.locator("table.rows tbody tr").count() == 0:
        begin(page, f"Quarterly call, {reader}")
        wait_for_someone(page)
    for name, address in {"touch": "/touch", "touch-mine": "/touch?show=mine", "touch-rhythms": "/touch/rhythms"}.items():
        page.goto(address)
        keep(page, f"{name}-{reader}")
        assert page.locator("h1").count() == 1
        assert findings(page) == [], address
        assert not is_too_wide(page), address
    page.goto("/touch")
    page.locator("table.rows a.btn").first.click()
    keep(page, f"touch-work-{reader}")
    assert findings(page) == []
    assert not is_too_wide(page)
    page.goto("/touch/rhythms")
    page.get_by_role("link", name="Change").first.click()
    keep(page, f"touch-rhythm-{reader}")
    assert findings(page) == []
    assert not is_too_wide(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_customer_is_called_and_it_is_written_down(sample, open_page, scripts):
    page = open_page(sample, sample.cookies, java_script_enabled=scripts)
    begin(page, f"Call after silence, scripts {scripts}", "2")
    wait_for_someone(page)
    name = page.locator("table.rows tbody a").first.inner_text()

    page.get_by_role("link", name=f"Work on {name}", exact=True).first.click()
    page.get_by_role("button", name="Skip").click()
    assert page.get_by_label("Why not this time").evaluate("field => field.validity.valueMissing")
    page.get_by_label("What came of it").fill("Machine runs, coffee liked")
    page.get_by_role("button", name="It is done").click()

    page.get_by_role("link", name="Done and skipped").click()
    assert name in page.locator("table.rows tbody tr").first.inner_text()
    page.locator("table.rows tbody tr").first.get_by_role("link", name=name, exact=True).click()
    assert "Keeping in touch" in page.content()
