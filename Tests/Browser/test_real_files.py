"""A newcomer's first ten minutes with real files, by the screen alone: the published numbers have to come out."""
import re
import time

import pytest

from conftest import eventually, keep
from desk import SHARED
from test_journeys import found_desk

MASTER = SHARED / "data/cdnow/CDNOW_master.txt"
SAMPLE = SHARED / "data/cdnow/CDNOW_sample.txt"
BOTANIC = SHARED / "data/nps_botanic/nps.csv"


def here(path):
    return pytest.mark.skipif(not path.exists(), reason=f"NOT CHECKED: {path} is absent; REGULARS_SHARED says where the shared data is")


def choose(page, kind, path):
    page.goto("/imports/new")
    page.get_by_role("radio", name=kind, exact=True).check()
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Look at it").click()


def columns(page, *meanings):
    menus = page.locator("main select[aria-label^='What stands in']")
    for number, meaning in enumerate(meanings):
        menus.nth(number).select_option(meaning)


def load(page, rows):
    page.get_by_role("button", name="Check every row").click()
    start = page.get_by_role("button", name=re.compile(f"Import {rows} rows"))
    start.wait_for(timeout=60_000)
    keep(page, "real-checked")
    start.click()
    page.locator(".chip.good").first.wait_for(timeout=120_000)


def see(page, address, sight, seconds=120):
    def there():
        page.goto(address)
        return page.get_by_text(sight).count() > 0

    eventually(page, there, seconds)


@here(MASTER)
@here(BOTANIC)
def test_a_shop_s_purchases_and_a_garden_retailer_s_survey_show_what_was_published(untouched, open_page):
    began = time.monotonic()
    page = open_page(untouched)
    found_desk(page)

    choose(page, "Purchases", MASTER)
    columns(page, "customer", "at", "quantity", "amount")
    keep(page, "real-cdnow-columns")
    load(page, "69,659")
    see(page, "/economics", "17.46")
    keep(page, "real-cdnow-economics")
    said = page.locator("main").inner_text()
    assert all(share in said for share in ["17.46", "29.22", "37.45", "45.86"])

    choose(page, "Answers", BOTANIC)
    page.get_by_label("scale", exact=False).first.select_option("1-10")
    keep(page, "real-botanic-columns")
    page.get_by_label("read", exact=False).first.select_option("same-numbers")
    page.locator("input[name=answered]").fill("2015-06-01")
    load(page, "13,612")
    page.goto("/nps")
    keep(page, "real-botanic-nps")
    said = page.locator("main").inner_text()
    assert "53.42" in said
    assert all(score in said for score in ["47.6", "45.4", "49.3", "53.8", "59.7", "70.3"])
    assert time.monotonic() - began < 600


@here(SAMPLE)
def test_the_published_backtest_is_computed_on_the_screen(untouched, open_page):
    page = open_page(untouched)
    found_desk(page)
    choose(page, "Purchases", SAMPLE)
    columns(page, "customer", "", "at", "quantity", "amount")
    load(page, "6,919")
    see(page, "/model", "Compute it another way")
    page.locator("summary", has_text="Compute it another way").click()
    page.get_by_label("Model", exact=True).select_option("bg-nbd")
    page.get_by_label("The model may know the past until").fill("1997-09-30")
    page.get_by_role("button", name="Compute it so").click()
    see(page, "/model", "Expected 1,653, came 1,882")
    keep(page, "real-cdnow-model")
