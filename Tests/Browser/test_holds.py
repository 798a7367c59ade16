"""Holds and contracts, by mouse and without scripts, in light, dark and on a phone; a real file by a new user."""
import re

import pytest

from conftest import READERS, eventually, findings, is_too_wide, keep, sign_in
from desk import SHARED

TELCO = SHARED / "data/telco/Telco-Customer-Churn.csv"
SCREENS = {
    "holds": "/holds", "holds-ended": "/holds?show=ended", "holds-ownerless": "/holds?show=ownerless",
    "contracts": "/contracts", "contracts-promotions": "/contracts?show=promotions",
    "contracts-renewals": "/contracts?show=renewals", "contracts-notice": "/contracts?show=notice",
    "retention": "/contracts/retention", "contract": "/contracts/1", "hold": "/holds/1",
}


def good(page, name):
    keep(page, name)
    assert page.locator("h1").count() == 1
    assert findings(page) == [], page.url
    assert not is_too_wide(page), page.url


@pytest.mark.parametrize("reader", READERS)
def test_the_screens_are_accessible_and_fit(sample, open_page, reader):
    page = open_page(sample, sample.cookies, **READERS[reader])

    for name, address in SCREENS.items():
        page.goto(address)
        good(page, f"{name}-{reader}")
    customer = page.goto("/holds") and page.locator("table.rows a").first.get_attribute("href")
    page.goto(customer)
    page.get_by_role("link", name="To the customer").click()
    assert "Canteen, Laboratory and 1 other department go on as always." in plain(page)
    good(page, f"customer-held-{reader}")
    page.get_by_role("link", name="Place a hold").click()
    page.get_by_text("Narrow it further").click()
    good(page, f"hold-new-{reader}")
    page.goto(page.url.replace("/holds/new", "/contracts/new"))
    good(page, f"contract-new-{reader}")


def plain(page):
    return re.sub("[\u2068\u2069]", "", page.locator("main").inner_text())


@pytest.mark.parametrize("scripts", [True, False])
def test_a_hold_is_placed_seen_and_lifted(small, open_page, scripts):
    page = sign_in(open_page(small, java_script_enabled=scripts))
    name = "مریم " + "Wolfeschlegelsteinhausenbergerdorff" * 8
    page.goto("/people/new")
    page.get_by_label("Name").fill(name)
    page.locator("main form button").last.click()
    page.get_by_role("link", name="Place a hold").click()
    page.get_by_label("What happened").fill("The bill of 3 May")
    page.get_by_role("button", name="Place the hold").click()

    assert "these wait: orders." in plain(page)
    assert "these go on, as promised and as always: deliveries, service and discounts." in plain(page)
    assert not is_too_wide(page)
    page.goto("/holds")
    page.locator("table.rows a").first.click()
    page.get_by_label("Why it is lifted").fill("Paid")
    page.get_by_role("button", name="Lift the hold").click()
    assert "Paid" in plain(page)
    page.goto("/holds")
    assert "Nothing is on hold" in plain(page)


@pytest.mark.skipif(not TELCO.exists(), reason=f"TELCO IS NOT CHECKED: {TELCO} is absent")
def test_a_new_user_takes_a_telephone_companys_contracts_in(small, open_page):
    page = sign_in(open_page(small))
    page.goto("/contracts")
    page.get_by_role("link", name="Import contracts").click()
    page.locator("input[type=file]").set_input_files(TELCO)
    page.locator("main form button").last.click()
    page.wait_for_url(re.compile(r"/imports/\d+$"))
    good(page, "telco-columns")
    chosen = page.locator("td select").evaluate_all("all => all.map(one => one.value).filter(one => one)")
    assert set(chosen) >= {"customer", "tenure", "terms", "amount", "ended", "attribute"}
    page.get_by_role("button", name="Check").click()
    assert "say on which day that was" in plain(page)
    page.get_by_label("The day the file speaks of").fill("2020-01-31")
    page.get_by_role("button", name="Check").click()
    start = page.get_by_role("button", name=re.compile("7,043"))
    eventually(page, lambda: page.reload() and start.count() == 1, seconds=60)
    good(page, "telco-checked")
    start.click()

    def shown():
        page.goto("/contracts/retention")
        return "42.71%" in plain(page)

    eventually(page, shown, seconds=120)
    for percent, name in [("42.71%", "Month-to-month"), ("11.27%", "One year"), ("2.83%", "Two year")]:
        assert percent in page.get_by_role("row", name=re.compile(f"^{name}")).first.inner_text()
    good(page, "telco-retention")
    page.goto("/contracts")
    page.locator("table.rows a").first.click()
    good(page, "telco-contract")
    page.get_by_role("link", name="To the customer").click()
    good(page, "telco-customer")
