"""The library Methods as its users meet it: its reference, its examples, and what it depends on."""
import json
import os
import re
import subprocess

import pytest

from desk import ROOT

CATALOGUE = ROOT / "Sources/Methods/Methods.docc"
BUILD = ROOT / ".build/debug"
ARTICLES = sorted(path for path in CATALOGUE.glob("*.md") if path.stem != "Methods")
EXAMPLE = re.compile(r"```swift\n(import Methods\n.*?)```\s*```text\n(.*?)```", flags=re.S)


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """The reference made by bin/docs, which ends with an error at the first warning."""
    out = tmp_path_factory.mktemp("reference") / "docs"
    made = subprocess.run([ROOT / "bin/docs", out], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert made.returncode == 0, made.stdout + made.stderr
    return out


def test_the_reference_is_made_without_a_warning(reference):
    assert (reference / "data/documentation/methods.json").exists()


def test_every_public_symbol_says_what_it_is(reference):
    symbols = json.loads((reference / "Methods.symbols.json").read_text())["symbols"]
    own = [symbol for symbol in symbols if "::SYNTHESIZED::" not in symbol["identifier"]["precise"]]
    assert len(own) > 500
    silent = [
        ".".join(symbol["pathComponents"])
        for symbol in own
        if not symbol.get("docComment")
    ]

    assert silent == []


# The articles whose names would hide a type of the same name.
RENAMED = {"Chain": "ProvingAChain", "CustomerBase": "RepeatPurchases"}


def test_every_topic_has_an_article_that_the_first_page_leads_to():
    folders = {path.name for path in (ROOT / "Sources/Methods").iterdir() if path.is_dir()}
    topics = {RENAMED.get(name, name) for name in folders - {"Methods.docc", "Special", "Units"}}
    linked = set(re.findall(r"<doc:(\w+)>", (CATALOGUE / "Methods.md").read_text()))

    assert topics == linked == {path.stem for path in ARTICLES}


@pytest.fixture(scope="module")
def built():
    """What the examples are linked with is what the sources say now."""
    made = subprocess.run(["swift", "build", "--target", "Methods"], cwd=ROOT, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    return BUILD


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_the_example_prints_what_the_article_says(article, tmp_path, built):
    examples = EXAMPLE.findall(article.read_text())
    assert len(examples) == 1, "one example, then what it prints"
    code, expected = examples[0]
    (tmp_path / "main.swift").write_text(code)
    objects = [path for part in ("Methods", "RealModule", "_NumericsShims") for path in built.glob(f"{part}.build/**/*.o")]
    shims = ROOT / ".build/checkouts/swift-numerics/Sources/_NumericsShims/include"
    made = subprocess.run(
        ["swiftc", "-swift-version", "6", tmp_path / "main.swift", "-I", built / "Modules", "-I", shims, *objects,
         "-lm", "-o", tmp_path / "example"], capture_output=True, text=True, cwd=tmp_path)
    assert made.returncode == 0, made.stderr

    # Some examples read the zones of this system.
    said = subprocess.run([tmp_path / "example"], capture_output=True, text=True, env=os.environ)

    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout == expected


def test_it_imports_nothing_but_the_real_numbers_and_the_essentials_of_foundation():
    sources = list((ROOT / "Sources/Methods").rglob("*.swift"))
    assert len(sources) > 100
    imports = {line for path in sources for line in re.findall(r"^\s*(?:@\w+ )*(?:public |package |internal |private )?import (?:\w+ (?=\w+\.))?([\w.]+)", path.read_text(), flags=re.M)}

    assert imports <= {"RealModule", "FoundationEssentials"}
