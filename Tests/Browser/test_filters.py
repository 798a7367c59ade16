"""Filtering customers and keeping segments, by mouse and without scripts; each screen in light, dark and on a phone."""
import pytest

from conftest import READERS, eventually, findings, is_too_wide, keep

RICH = "?filter=occasions:%3E3+AND+(kind:person+OR+kind:organisation)"
SCREENS = {
    "filter-empty": "/people?filter=", "filter-rows": "/people?filter=occasions:%3E3+AND+level:repeat+OR+email:null",
    "filter-rich": "/people" + RICH, "filter-wrong": "/people?filter=colour:red", "segments": "/segments",
    "segments-archive": "/segments?show=archive", "segment-new": "/segments/new?filter=kind:organisation",
    "segment": "/segments/1", "segment-members": "/segments/1/members", "segment-versions": "/segments/1/versions",
    "segment-profile": "/profile?segment=1", "segment-nps": "/nps?segment=2", "segment-list": "/lists/one-time?segment=2",
}


def wait_for_members(page):
    def there():
        page.goto("/segments")
        return "Not computed yet" not in page.content() and page.locator("table.rows tbody tr").count() == 2

    eventually(page, there, seconds=90)


@pytest.mark.parametrize("reader", READERS)
def test_the_screens_are_accessible_and_fit(sample, open_page, reader):
    page = open_page(sample, sample.cookies, **READERS[reader])
    wait_for_members(page)

    for name, address in SCREENS.items():
        page.goto(address)
        keep(page, f"{name}-{reader}")
        assert page.locator("h1").count() == 1, address
        assert findings(page) == [], address
        assert not is_too_wide(page), address
    page.goto(sample.customer)
    assert not is_too_wide(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_filter_is_built_and_kept_as_a_segment(sample, open_page, scripts):
    page = open_page(sample, sample.cookies, java_script_enabled=scripts)
    name = f"Often, scripts {scripts}"
    page.goto("/people")
    page.get_by_role("link", name="Filter").click()

    page.get_by_label("Field", exact=True).select_option("occasions")
    page.get_by_role("button", name="Add a condition").click()
    page.get_by_label("Value of Occasions").fill("six")
    page.get_by_role("button", name="Show customers").last.click()
    assert "a whole number" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Value of Occasions").input_value() == "six"
    page.get_by_label("Value of Occasions").fill("6")
    page.get_by_role("button", name="Show customers").last.click()

    assert "filter=" in page.url
    assert page.locator("table.rows tbody tr").count() > 5
    page.get_by_role("link", name="Save as a segment").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Keep").click()
    assert name in page.locator("h1").inner_text()
    page.get_by_role("button", name="Put away").click()
    assert "put away" in page.content()
