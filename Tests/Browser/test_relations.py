"""Organisations with their departments, people with their roles, and the timeline narrowed down."""
import pytest

from conftest import READERS, findings, is_too_wide, keep


@pytest.mark.parametrize("reader", READERS)
def test_the_screens_are_accessible_and_fit(sample, open_page, reader):
    page = open_page(sample, sample.cookies, **READERS[reader])
    page.goto("/organisations")
    page.locator("table.organisations tr", has_text="Part of").first.wait_for()
    department = page.locator("table.organisations tr", has_text="Part of").first.locator("a").get_attribute("href")
    page.goto(department)
    root = page.locator(".path a").first.get_attribute("href")
    number = root.rsplit("/", 1)[1]
    screens = {
        "organisations": "/organisations", "organisations-found": "/organisations?q=co", "organisation": root,
        "department": department, "departments": f"/organisations/{number}/departments",
        "place": f"/organisations/{number}/place", "department-new": f"/organisations/new?parent={number}",
        "members": f"{root}/memberships", "uses": f"{root}/uses", "discounts": "/settings/discounts",
        "timeline-uses": f"{root}?kind=uses&departments=true", "timeline-bad": f"{root}?from=then",
    }
    for name, address in screens.items():
        page.goto(address)
        keep(page, f"relations-{name}-{reader}")
        assert page.locator("h1").count() == 1, address
        assert findings(page) == [], address
        assert not is_too_wide(page), address


@pytest.mark.parametrize("scripts", [True, False])
def test_a_department_is_added_moved_and_moved_back(small, open_page, scripts):
    from conftest import sign_in

    page = sign_in(open_page(small, java_script_enabled=scripts))
    for name in ["Hospital", "Clinic"]:
        page.goto("/organisations/new")
        page.get_by_label("Name").fill(name)
        page.get_by_role("button", name="Save").click()
    page.goto("/organisations?q=hospital")
    page.get_by_role("link", name="Hospital").click()
    page.get_by_role("link", name="Add a department").click()
    page.get_by_label("Name").fill("Ward")
    page.get_by_role("button", name="Save").click()
    assert page.locator(".path").inner_text() == "Part of Hospital"

    page.get_by_role("link", name="Where it belongs").click()
    page.get_by_label("Department of").fill("clin")
    page.get_by_role("button", name="Save").click()
    assert "Clinic" in page.locator(".path").inner_text()
    page.get_by_role("button", name="Undo the move").click()
    assert "Hospital" in page.locator(".path").inner_text()

    page.get_by_role("link", name="Change or add").click()
    page.get_by_label("Person").fill("Guest 07")
    page.get_by_label("Title").fill("Head nurse")
    page.get_by_label("Decides").check()
    page.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Guest 07").first.click()
    card = page.locator("section.card[aria-labelledby=relations]").inner_text()
    assert "Ward" in card and "Head nurse" in card and "decides" in card
    page.get_by_role("link", name="Record a use").click()
    page.get_by_label("What was used").fill("A consultation")
    page.get_by_role("button", name="Record it").click()
    page.locator("#timeline-kind").select_option("uses")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "kind=uses" in page.url
    assert page.locator(".timeline li").count() == 1
