"""Files nobody should send, and places that are too small: one clear sentence, and nothing half-written."""
import os
import random
import subprocess
import time

import pytest

from desk import Desk
from test_commands import one_sentence

GOOD = "customer,date,amount\nbo,2025-03-01,10.00\ncy,2025-03-02,5.00\n"


def is_untouched(desk):
    """Nobody can tell that something was tried, but for the list of imports."""
    counted = [
        desk.number(f"SELECT count(*) FROM {table}")
        for table in ("purchase", "advocacy", "import_purchase", "import_advocacy", "import_customer", "standing")]
    people = desk.number("SELECT count(*) FROM party WHERE NOT serves")
    begun = desk.number("SELECT count(*) FROM import WHERE state NOT IN ('failed', 'dropped')")
    uploads = [path for path in (desk.folder / "uploads").rglob("*") if path.is_file()]
    return not any(counted) and not people and not begun and not uploads


def refused(desk, file, *words, code=1, **more):
    """Imports what must be refused, and answers the sentence that says why."""
    said = desk.run("import", "purchases", file, *words, code=code, **more)
    assert said.stdout == ""
    assert one_sentence(said.stderr), said.stderr
    assert "imports." not in said.stderr, f"a key instead of a sentence: {said.stderr}"
    return said.stderr


@pytest.fixture
def file(folder):
    """Writes a file of the given content."""

    def write(content, name="purchases.csv"):
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize(
    "content, reason",
    [
        (bytes(random.Random(7).randbytes(100_000)), "not a text file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "not a text file"),
        (b"PK\x03\x04" + bytes(200), "ZIP"),
        (b"%PDF-1.7\n" + bytes(200), "PDF"),
        (b"SQLite format 3\x00" + bytes(200), "database file"),
        (b"\x1f\x8b\x08\x00" + bytes(200), "compressed"),
        (b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table>", "web page"),
        (b"", "empty"),
        (b"customer,date,amount\n", ""),
    ],
    ids=["noise", "png", "zip", "pdf", "sqlite", "gzip", "html", "empty", "header only"],
)
def test_a_file_that_is_no_table_is_refused(desk, file, content, reason):
    assert reason in refused(desk, file(content))
    assert is_untouched(desk)


@pytest.mark.parametrize("filling", [b"x", b"\x00"], ids=["text", "sparse"])
def test_a_line_of_2_gigabytes_is_refused_quickly_in_little_memory(desk, folder, filling):
    path = folder / "long.csv"
    with open(path, "wb") as long:
        if filling == b"\x00":
            long.truncate(2 << 30)
        else:
            for _ in range(128):
                long.write(filling * (1 << 24))

    began = time.monotonic()
    running = desk.start("import", "purchases", path)
    said = running.stderr.read()
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)

    assert running.returncode == 1
    assert one_sentence(said) and "imports." not in said, said
    assert time.monotonic() - began < 20
    assert used.ru_maxrss < 200 * 1024
    assert is_untouched(desk)


def test_a_long_line_between_good_ones_is_refused_alone_in_little_memory(desk, folder):
    path = folder / "long.csv"
    with open(path, "wb") as long:
        long.write(GOOD.encode())
        for _ in range(12):
            long.write(b"x" * (1 << 24))
        long.write(b"\ndi,2025-03-03,7.00\n")

    running = desk.start("import", "purchases", path, "--json")
    out = running.stdout.read()
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)

    assert running.returncode == 0
    assert '"line" : 4' in out and '"accepted" : 3' in out
    assert used.ru_maxrss < 200 * 1024


def test_each_line_of_a_file_in_mixed_encodings_is_read_or_refused_but_never_garbled(desk, file):
    lines = ["customer,name,date,amount", *(f"c{n},Zoë Müller {n},2025-03-01,1.00" for n in range(400))]
    content = b"\n".join(
        line.encode("cp1252" if number % 10 == 5 else "utf-8") for number, line in enumerate(lines)) + b"\n"

    report = desk.bring("purchases", file(content))

    names = {name for name, in desk.rows("SELECT name FROM party WHERE NOT serves")}
    assert report["accepted"] + report["refused"] == 400
    assert names == {f"Zoë Müller {n}" for n in range(400) if n not in {r["line"] - 2 for r in report["refusals"]}}
    assert report["reencoded_cells"] + report["refused"] == 40


def test_even_where_the_encodings_are_mixed_half_and_half_nothing_is_garbled(desk, file):
    content = "customer,date,amount\nBjörk,2025-03-01,10.00\n".encode() + "Zoë,2025-03-02,5.00\n".encode("cp1252")

    desk.bring("purchases", file(content))

    assert {name for name, in desk.rows("SELECT name FROM party WHERE NOT serves")} == {"Björk", "Zoë"}


def test_a_day_the_calendar_does_not_have_is_refused_with_its_line(desk, file):
    report = desk.bring(
        "purchases", file("customer,date,amount\nbo,31/02/2025,10.00\ncy,28/02/2025,5.00\ndi,27/02/2025,2.00\n"))

    assert (report["accepted"], report["refused"]) == (2, 1)
    assert [(refusal["line"], refusal["field"]) for refusal in report["refusals"]] == [(2, "at")]
    assert "imports." not in report["refusals"][0]["reason"]
    assert desk.number("SELECT sum(amount) FROM purchase") == 700


def test_a_file_of_nothing_but_such_days_is_refused_whole(desk, file):
    refused(desk, file("customer,date,amount\nbo,31/02/2025,10.00\n"), "--map", "customer=1,at=2,amount=3")

    assert is_untouched(desk)


@pytest.mark.parametrize("amount", ["1000000000000000", "-1000000000000000", "1e15", "9" * 40, "NaN", "1.005"])
def test_an_amount_that_cannot_be_kept_exactly_is_refused_with_its_line(desk, file, amount):
    report = desk.bring(
        "purchases", file(GOOD + f"di,2025-03-03,{amount}\n"), "--map", "customer=1,at=2,amount=3")

    assert (report["accepted"], report["refused"]) == (2, 1)
    assert (report["refusals"][0]["line"], report["refusals"][0]["field"]) == (4, "amount")
    assert report["totals"] == {"USD": 1500}


@pytest.mark.parametrize(
    "words",
    [
        (64, "--currency", "XYZ"),
        (64, "--currency", "dollars"),
        (64, "--map", "customer=1,at=2,amount=2"),
        (64, "--map", "customer=1,at=2,amount=3,amount=1"),
        (1, "--map", "customer=1,at=2,amount=9"),
        (1, "--map", "customer=1,at=2,amount=Total"),
        (64, "--map", "customer=1,at=2,colour=3"),
        (64, "--map", "gibberish"),
        (1, "--map", "customer=1"),
    ],
    ids=lambda words: words[2],
)
def test_a_wrong_mapping_or_currency_is_refused_before_anything_is_written(desk, file, words):
    code, *words = words
    refused(desk, file(GOOD), *words, code=code)

    assert is_untouched(desk)


def test_an_unknown_currency_in_a_row_is_refused_with_its_line(desk, file):
    report = desk.bring(
        "purchases", file("customer,date,amount,currency\nbo,2025-02-28,10.00,EUR\ncy,2025-02-28,10.00,XYZ\n"))

    assert [(refusal["line"], refusal["field"]) for refusal in report["refusals"]] == [(3, "currency")]
    assert report["totals"] == {"EUR": 1000}


def many_rows(path, count):
    with open(path, "w") as rows:
        rows.write("customer,date,amount,product\n")
        for n in range(count):
            rows.write(f"customer {n},2025-03-{n % 28 + 1:02},{n % 90}.50,{'roast ' * 4}{n}\n")


def test_a_file_that_changes_while_it_is_read_is_refused(desk, folder):
    path = folder / "growing.csv"
    many_rows(path, 300_000)

    running = desk.start("import", "purchases", path)
    while not running.poll() and desk.number("SELECT coalesce(max(rows_read), 0) FROM import") == 0:
        time.sleep(0.02)
    with open(path, "a") as growing:
        growing.write("late,2025-03-01,1.00,tea\n")
    _, said = running.communicate(timeout=120)

    assert running.returncode == 1
    assert one_sentence(said) and "changed" in said, said
    assert is_untouched(desk)


@pytest.fixture
def small_disk(folder):
    """A file system of 24 MB, which only root can mount."""
    place = folder / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", place], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"A FULL DISK IS NOT CHECKED: no small file system can be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_stops_an_import_which_goes_on_when_there_is_room(small_disk, folder):
    desk = Desk(small_disk / "desk").set_up()
    path = folder / "many.csv"
    many_rows(path, 200_000)

    said = desk.run("import", "purchases", path, code=1)

    assert one_sentence(said.stderr) and "disk is full" in said.stderr, said.stderr
    subprocess.run(["mount", "-o", "remount,size=400m", small_disk], check=True)
    assert desk.number("SELECT count(*) FROM purchase") == 0
    assert desk.number("SELECT count(*) FROM party WHERE NOT serves") == 0
    desk.bring("purchases", path)
    assert desk.number("SELECT count(*) FROM purchase") == 200_000
    assert desk.number("SELECT sum(amount) FROM purchase") == sum(n % 90 * 100 + 50 for n in range(200_000))


def test_a_disk_without_any_room_is_said_so(small_disk):
    (small_disk / "filling").write_bytes(bytes(24 * 1024 * 1024 - 64 * 1024))
    desk = Desk(small_disk / "desk")

    said = desk.run(
        "setup", "--organisation", "Acme", "--name", "Ada", "--email", "ada@example.com", "--password-stdin",
        says="tidal-lantern-orchard-42\n", code=1)

    assert one_sentence(said.stderr) and "disk is full" in said.stderr, said.stderr
