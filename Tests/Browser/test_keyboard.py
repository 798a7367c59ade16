"""Everything is reached without a mouse."""
import re

import pytest

from conftest import eventually, findings, keep, sign_in


@pytest.fixture
def page(sample, open_page):
    page = open_page(sample, sample.cookies)
    page.goto("/people")
    return page


def focused(page):
    return page.evaluate(
        """() => { const e = document.activeElement;
            return {tag: e.tagName, text: e.innerText || e.getAttribute("aria-label") || e.name || "", id: e.id,
                    href: e.getAttribute("href"), inMain: !!e.closest("main")} }""")


def test_the_first_stop_skips_to_the_content(page):
    page.keyboard.press("Tab")
    assert focused(page)["text"] == "Skip to content"
    assert page.get_by_text("Skip to content").bounding_box()["x"] >= 0
    keep(page, "skip-link")

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert focused(page)["inMain"]


def test_tabbing_goes_through_everything_once_and_shows_where_it_is(sample, open_page):
    # Without scripts, so that nothing new arrives on the page on the way through it.
    page = open_page(sample, sample.cookies, java_script_enabled=False)
    page.goto("/profile")
    stops = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = focused(page)
        if stop["tag"] == "BODY":
            break
        if stops and stop["id"] and stop["id"] == stops[-1][3]:
            continue  # The day, month and year of one field.
        shown = page.evaluate(
            """() => { const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
                return box.width > 0 && (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
                    || style.boxShadow !== "none") }""")
        assert shown, f"the focus cannot be seen on {stop}"
        stops.append((stop["tag"], stop["href"] if stop["inMain"] else None, stop["text"], stop["id"]))

    links = page.evaluate("[...document.querySelectorAll('main a[href]')].map(a => a.getAttribute('href'))")
    # What a finding leads to may stand in the rail as well: only the page's own links are in its order.
    reached = [href for _, href, _, _ in stops if href]
    assert set(links) <= set(reached)
    order = [reached.index(href) for href in dict.fromkeys(links)]
    assert order == sorted(order)


def test_control_k_finds_a_place_and_goes_there(page):
    page.keyboard.press("Control+k")
    assert page.locator("#palette").is_visible()
    page.keyboard.type("prof")
    eventually(page, lambda: page.locator("#palette-list li").count() == 1)
    keep(page, "palette-light")
    assert findings(page) == []

    page.keyboard.press("Enter")
    page.wait_for_url("**/profile*")


def test_control_k_finds_a_customer(page):
    name = page.locator("table.rows tbody a").nth(7).inner_text()
    page.goto("/settings")

    page.keyboard.press("Control+k")
    page.keyboard.type(name)
    page.locator("#palette-list").get_by_text(name).first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/*")

    assert page.locator("h1").inner_text() == name


def test_escape_closes_what_control_k_opened(page):
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")

    assert not page.locator("#palette").is_visible()


def test_a_question_mark_shows_the_keys(page):
    page.keyboard.press("?")

    assert page.locator("#keys").is_visible()
    assert page.locator("#keys dt").count() >= 6
    keep(page, "keys-light")
    assert findings(page) == []


def test_j_and_k_walk_through_the_list_and_o_opens(page):
    names = page.locator("table.rows tbody td:first-child a").all_inner_texts()

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert focused(page)["text"] == names[1]
    page.keyboard.press("o")
    page.wait_for_url("**/people/*")

    assert page.locator("h1").inner_text() == names[1]


def test_a_slash_goes_to_the_search_field_and_letters_typed_there_are_letters(page):
    page.keyboard.press("/")
    page.keyboard.type("jko?")

    assert page.get_by_label("Find by name").input_value() == "jko?"
    assert not page.locator("#keys").is_visible()


def test_a_form_is_filled_in_and_sent_from_the_keyboard(small, open_page):
    page = sign_in(open_page(small))
    page.goto("/people/new")

    page.get_by_label("Name").focus()
    page.keyboard.type("Zoë Müller")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("zoe@example.com")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/people/\d+$"))

    assert page.locator("h1").inner_text() == "Zoë Müller"
