"""Real purchases: the CDNOW cohort, 69,659 lines, on both engines."""
import json
import random
import time

import pytest

COLUMNS = ["--map", "customer=1,at=2,quantity=3,amount=4", "--currency", "USD"]
WINDOWS = [
    [],
    ["--from", "1997-01-01", "--to", "1998-06-30"],
    ["--from", "1997-01-01", "--to", "1997-03-31"],
    ["--from", "1997-04-01", "--to", "1998-03-31"],
]
# The customers, lines, customer-days, cents and zero amounts of the whole file.
WHOLE = (23_570, 69_659, 67_591, 250_031_563, 80)


def totals(desk):
    return (
        desk.number("SELECT count(*) FROM party WHERE NOT serves"),
        desk.number("SELECT count(*) FROM purchase"),
        desk.number("SELECT sum(occasions) FROM standing"),
        desk.number("SELECT sum(amount) FROM purchase"),
        desk.number("SELECT count(*) FROM purchase WHERE amount = 0"),
    )


def nothing_is_staged(desk):
    return all(
        desk.number(f"SELECT count(*) FROM {table}") == 0
        for table in ("import_purchase", "import_advocacy", "import_refusal"))


def test_the_file_itself_holds_what_we_count(cdnow):
    lines = [line.split() for line in cdnow.read_text().splitlines()[1:] if line.strip()]
    cents = [round(float(amount) * 100) for _, _, _, amount in lines]

    assert WHOLE == (
        len({line[0] for line in lines}), len(lines), len({(line[0], line[1]) for line in lines}), sum(cents),
        cents.count(0))


def test_both_engines_count_the_same_and_draw_the_same_profile(desks, cdnow):
    reports = [desk.bring("purchases", cdnow, *COLUMNS) for desk in desks]

    for report in reports:
        assert (report["rows_read"], report["accepted"], report["refused"]) == (69_659, 69_659, 0)
        assert (report["customers"], report["zero_amounts"]) == (23_570, 80)
        assert report["totals"] == {"USD": 250_031_563}
        assert (report["first_day"], report["last_day"]) == ("1997-01-01", "1998-06-30")
    for desk in desks:
        assert totals(desk) == WHOLE
        assert nothing_is_staged(desk)
    for window in WINDOWS:
        one, two = (desk.run("profile", "--json", *window).stdout for desk in desks)
        assert one == two
    whole = json.loads(desks[0].run("profile", "--json", *WINDOWS[1]).stdout)
    assert whole["purchases"] == 69_659
    assert whole["totals"] == [{"currency": "USD", "minor": 250_031_563, "amount": "2500315.63"}]


def test_a_second_import_changes_nothing(either_desk, cdnow):
    either_desk.bring("purchases", cdnow, *COLUMNS)
    before = either_desk.run("profile", "--json").stdout

    report = either_desk.bring("purchases", cdnow, *COLUMNS)

    assert (report["accepted"], report["known"], report["customers_new"]) == (69_659, 69_659, 0)
    assert totals(either_desk) == WHOLE
    assert either_desk.run("profile", "--json").stdout == before


def test_a_dry_run_reports_everything_and_writes_nothing(either_desk, cdnow):
    report = either_desk.bring("purchases", cdnow, *COLUMNS, "--dry-run")

    assert (report["accepted"], report["customers"], report["totals"]) == (69_659, 23_570, {"USD": 250_031_563})
    assert either_desk.number("SELECT count(*) FROM purchase") == 0
    assert either_desk.number("SELECT count(*) FROM party WHERE NOT serves") == 0
    assert nothing_is_staged(either_desk)


def test_killed_at_ten_random_moments_it_ends_with_the_same_totals(new_desk, cdnow):
    def begin(desk):
        return desk.start("import", "purchases", cdnow, *COLUMNS)

    def is_whole(desk):
        return totals(desk) == WHOLE and nothing_is_staged(desk)

    desk = new_desk()
    began = time.monotonic()
    begin(desk).communicate()
    longest = time.monotonic() - began
    assert is_whole(desk)
    seed = random.SystemRandom().randrange(1 << 32)
    print("seed", seed)
    dice = random.Random(seed)

    desk, killed = new_desk(), 0
    while killed < 10:
        running = begin(desk)
        time.sleep(dice.uniform(0.02, longest))
        running.kill()
        running.communicate()
        # Half an import is seen by nobody.
        assert desk.number("SELECT count(*) FROM purchase") in (0, 69_659), f"seed {seed}"
        if running.returncode == 0:
            assert is_whole(desk), f"seed {seed}"
            desk = new_desk()
        else:
            killed += 1
    desk.bring("purchases", cdnow, *COLUMNS)

    assert is_whole(desk), f"seed {seed}"


@pytest.mark.parametrize("format", ["svg", "png"])
def test_the_profile_is_drawn_as_a_file(desk, cdnow, folder, format):
    desk.bring("purchases", cdnow, *COLUMNS)
    file = folder / f"profile.{format}"

    desk.run("profile", f"--{format}", file)

    beginning = {"svg": b"<svg", "png": b"\x89PNG"}[format]
    assert beginning in file.read_bytes()[:200]
    assert file.stat().st_size > 1_000
