"""The command `regulars`: its words, its exit codes, and how it behaves beside a running server."""
import json
import re
import signal
import time

import pytest

from desk import EMAIL, PASSWORD, Desk, free_port

COMMANDS = ["serve", "setup", "api-key", "migrate", "import", "profile", "demo", "bench"]
PURCHASES = "customer,date,amount\nbo,2025-03-01,10.00\nbo,2025-04-01,12.50\ncy,2025-04-02,7.25\n"


def one_sentence(said):
    """What a person reads on the error stream: one line, no stack, no type names."""
    lines = said.strip().splitlines()
    return len(lines) == 1 and lines[0].startswith("regulars: ") and not re.search(r"Error\(|\bnil\b|Optional", said)


@pytest.fixture
def purchases(folder):
    file = folder / "purchases.csv"
    file.write_text(PURCHASES)
    return file


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_shows_an_example(folder, command):
    helped = Desk(folder / "none").start(command, "--help")
    said, _ = helped.communicate(timeout=30)

    assert helped.returncode == 0
    assert re.search(rf"Example: .*regulars {command} ", said.replace("\n", " "))
    assert not (folder / "none").exists()


def test_help_names_every_command(folder):
    said, _ = Desk(folder / "none").start("--help").communicate(timeout=30)

    assert set(COMMANDS) <= set(re.findall(r"^  ([a-z-]+) ", said, flags=re.M))


def test_the_version_is_that_of_the_change_log(folder):
    from desk import ROOT

    newest = re.search(r"^## \[?v?(\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(), flags=re.M)[1]
    said, _ = Desk(folder / "none").start("--version").communicate(timeout=30)

    assert said.strip() == newest


@pytest.mark.parametrize(
    "words",
    [
        ["dance"],
        ["profile", "--bogus"],
        ["import", "cats", "file.csv"],
        ["import", "purchases"],
        ["serve", "--port", "99999999"],
        ["serve", "--port", "many"],
        ["serve", "--dance", "tango"],
        ["serve", "--address", "not an address"],
        ["serve", "--log-level", "loud"],
        ["setup", "--name", "Ada"],
    ],
    ids=" ".join,
)
def test_wrong_words_end_with_64(desk, words):
    said = desk.run(*words, code=64)

    assert said.stdout == ""
    assert said.stderr.strip()


@pytest.mark.parametrize(
    "words",
    [
        ["profile", "--from", "2020-13-01", "--to", "2020-12-31"],
        ["profile", "--from", "2020-12-31", "--to", "2020-01-01"],
        ["import", "purchases", "{file}", "--map", "amount"],
        ["import", "purchases", "{file}", "--map", "customer=1,at=1,amount=3"],
        ["import", "purchases", "{file}", "--map", "colour=1"],
        ["import", "purchases", "{file}", "--currency", "XXQ"],
    ],
    ids=" ".join,
)
def test_days_and_columns_said_wrongly_end_with_64(desk, purchases, words):
    said = desk.run(*[word.format(file=purchases) for word in words], code=64)

    assert said.stdout == ""
    assert one_sentence(said.stderr)


@pytest.mark.parametrize("words", [["profile"], ["import", "purchases", "{file}"], ["api-key", "--email", EMAIL]], ids=" ".join)
def test_a_mistyped_folder_is_refused_and_not_made(folder, purchases, words):
    mistyped = Desk(folder / "mistyped")
    said = mistyped.run(*[word.format(file=purchases) for word in words], code=1)

    assert one_sentence(said.stderr) and "no desk" in said.stderr
    assert not (folder / "mistyped").exists()


def test_a_command_that_is_not_told_where_the_desk_is_ends_with_64(folder):
    nowhere = Desk(folder / "none")
    nowhere.place = []

    assert one_sentence(nowhere.run("profile", code=64).stderr)


@pytest.mark.parametrize(
    "words",
    [
        ["import", "purchases", "/nowhere/file.csv"],
        ["import", "purchases", "/tmp"],
        ["api-key", "--email", "mallory@example.com"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_ends_with_1_and_one_sentence(desk, words):
    said = desk.run(*words, code=1)

    assert said.stdout == ""
    assert one_sentence(said.stderr), said.stderr


def test_a_desk_is_set_up_once(desk):
    again = ["setup", "--organisation", "Other", "--name", "Mallory", "--email", "m@example.com", "--password-stdin"]

    said = desk.run(*again, says=PASSWORD + "\n", code=1)

    assert one_sentence(said.stderr)
    assert desk.rows("SELECT email FROM agent") == [(EMAIL,)]


def test_a_weak_password_founds_nothing(folder):
    desk = Desk(folder / "desk")
    words = ["setup", "--organisation", "Acme", "--name", "Ada", "--email", EMAIL, "--password-stdin"]

    said = desk.run(*words, says="password\n", code=1)

    assert one_sentence(said.stderr)
    assert desk.number("SELECT count(*) FROM agent") == 0


def test_migrate_says_the_same_twice(either_desk):
    first = json.loads(either_desk.run("migrate", "--json").stdout)

    assert first["migrations"] and first["schema"] == first["migrations"][-1]
    assert json.loads(either_desk.run("migrate", "--json").stdout) == first


def test_beside_a_server_commands_go_through_its_socket(desk, purchases):
    with desk.serving() as server:
        key = desk.key()
        report = desk.bring("purchases", purchases)

        assert report["accepted"] == 3
        # The server sees at once what the commands did.
        assert server.get("/api/v2/profile", key=key).json == desk.profile()
        assert desk.profile()["purchases"] == 3
        assert desk.run("profile").stdout.startswith("Harbour Coffee")
        drawing = purchases.parent / "profile.svg"
        desk.run("profile", "--svg", drawing)
        assert b"<svg" in drawing.read_bytes()[:200]
        assert one_sentence(desk.run("import", "purchases", "/nowhere/file.csv", code=1).stderr)
        assert one_sentence(desk.run("profile", "--from", "x", "--to", "y", code=64).stderr)


def test_the_socket_is_for_its_owner_only(desk):
    with desk.serving():
        assert (desk.folder / "regulars.sock").stat().st_mode & 0o777 == 0o600
        assert (desk.folder).stat().st_mode & 0o077 == 0


def test_a_second_server_on_the_same_folder_is_refused(desk):
    with desk.serving() as server:
        said = desk.run("serve", "--port", free_port(), code=1)

        assert one_sentence(said.stderr), said.stderr
        assert server.get("/health/ready").status == 200


def test_a_port_that_is_taken_is_refused_in_a_sentence(desk, folder):
    with desk.serving() as server:
        other = Desk(folder / "other").set_up()
        said = other.run("serve", "--port", server.port, code=1)

        assert re.search(r"^regulars: .*(port|address|listen)", said.stderr, flags=re.M | re.I), said.stderr


@pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_stop_does_so_and_leaves_no_socket(desk, way):
    with desk.serving() as server:
        began = time.monotonic()
        server.process.send_signal(way)

        assert server.process.wait(20) == 0
        assert time.monotonic() - began < 10
        assert not (desk.folder / "regulars.sock").exists()
    with desk.serving() as server:
        assert server.get("/health/ready").status == 200


def test_after_kill_9_the_next_server_takes_over(desk):
    with desk.serving() as server:
        server.process.kill()
        server.process.wait()
    desk.run("profile")
    with desk.serving() as server:
        assert server.get("/health/ready").status == 200
        assert desk.key()
