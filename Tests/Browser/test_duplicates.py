"""Two customers who are one, by mouse and without scripts; every screen of it in light, dark and on a phone."""
import pytest

from conftest import READERS, eventually, findings, is_too_wide, keep


def wait_for_duplicates(page):
    def there():
        page.goto("/duplicates")
        return page.locator(".duplicate-pair").count() >= 2

    eventually(page, there, seconds=60)


@pytest.mark.parametrize("reader", READERS)
def test_the_screens_are_accessible_and_fit(sample, open_page, reader):
    page = open_page(sample, sample.cookies, **READERS[reader])
    wait_for_duplicates(page)
    compare = page.locator(".duplicate-pair a.btn").first.get_attribute("href")
    customer = compare.split("/merge")[0]

    screens = {
        "duplicates": "/duplicates", "dismissed": "/duplicates?show=dismissed", "merge": compare, "merges": "/merges",
        "merge-find": f"{customer}/merge?q=an", "split": f"{customer}/split", "customer": customer,
    }
    for name, address in screens.items():
        page.goto(address)
        keep(page, f"merging-{name}-{reader}")
        assert page.locator("h1").count() == 1
        assert findings(page) == [], address
        assert not is_too_wide(page), address


@pytest.mark.parametrize("scripts", [True, False])
def test_two_are_made_one_and_two_again(small, open_page, browser, scripts):
    from conftest import sign_in

    page = sign_in(open_page(small, java_script_enabled=scripts))
    page.goto("/people")
    links = page.locator("table.rows tbody a")
    names = [links.nth(0).inner_text(), links.nth(1).inner_text()]
    links.nth(0).click()
    page.get_by_role("link", name="Merge", exact=True).click()
    page.get_by_label("Find").fill(names[1])
    page.locator("form.finder button").click()
    page.get_by_role("link", name=names[1]).click()
    page.get_by_role("button", name="Merge", exact=True).click()
    assert f"{names[1]} was merged into this customer." in page.locator(".flash").inner_text()
    page.locator(".flash a").click()
    keep(page, f"merging-act-{scripts}")
    if scripts:
        assert findings(page) == []
    page.get_by_role("button", name="Undo it").click()
    assert "Both customers are there again" in page.locator(".flash").inner_text()
    page.goto("/merges")
    assert "Undone" in page.locator("table.rows").inner_text()
