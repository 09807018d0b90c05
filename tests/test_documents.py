"""The documents say what is so: each file, command, setting and key that they name is there."""

import re
import shutil
import subprocess
from inspect import getdoc, signature
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.messages.replies import command_descriptions
from bot.model import Edition, Language
from bot.settings import Settings, load
from bot.store import keys
from handlers import MENU

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
MADE_LATER = {".env"}
"""What an operator makes."""
PATH = re.compile(r"\.?\w[\w.-]*(?:/[\w.-]+)*/?")
SUFFIXES = {".py", ".md", ".po", ".toml", ".txt", ".lua", ".example", ".yml", ".png"}


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def name_of(document: Path) -> str:
    return str(document.relative_to(ROOT))


def section(document: str, heading: str) -> str:
    """What stands under a heading, up to the next one of any level."""
    found = re.search(
        rf"^#+ {re.escape(heading)}$(.*?)(?=^#|\Z)", text(document), re.MULTILINE | re.DOTALL
    )
    assert found, f"{document} has no part {heading!r}"
    return found[1]


def cells(table: str) -> list[str]:
    """The first cell of each row but the head."""
    rows = [line for line in table.splitlines() if line.startswith("|")]
    return [re.split(r"(?<!\\)\|", row)[1].strip() for row in rows[2:]]


def code(markdown: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", markdown)


def anchors(document: Path) -> set[str]:
    """As a forge makes them of headings."""
    headings = re.findall(r"^#+ (.*)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


def said(capsys, *words: str) -> str:
    """What the program says to these words, which end it."""
    with pytest.raises(SystemExit):
        main(words)
    return capsys.readouterr().out


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_leads_to_a_file_and_to_a_heading_in_it(document):
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8"))
    for link in links:
        if link.startswith("https://"):
            continue
        file, _, anchor = link.partition("#")
        target = document.parent / file if file else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_file_that_is_named_is_there(document):
    named = {each for each in code(document.read_text("utf-8")) if PATH.fullmatch(each)}
    paths = {each for each in named if "/" in each or Path(each).suffix in SUFFIXES}
    folders = (ROOT, ROOT / "bot", document.parent)
    missing = {each for each in paths if not any((folder / each).exists() for folder in folders)}
    assert missing <= MADE_LATER


def test_the_map_shows_every_part_and_nothing_else():
    parts = {
        f"bot/{part.name}/" if part.is_dir() else f"bot/{part.name}"
        for part in (ROOT / "bot").iterdir()
        if part.suffix == ".py" or (part.is_dir() and not part.name.startswith("__"))
    }
    parts |= {f"{folder.name}/" for folder in ROOT.iterdir() if (folder / "__init__.py").exists()}
    shown = {
        path for cell in cells(section("docs/architecture.md", "The map")) for path in code(cell)
    }
    assert parts - {"bot/__init__.py", "bot/"} <= shown
    assert not {path for path in shown if not (ROOT / path).exists()}


def test_the_documents_name_only_jobs_that_make_knows():
    jobs = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    for document in DOCUMENTS:
        markdown = document.read_text("utf-8")
        spoken = "\n".join([*code(markdown), *re.findall(r"```\n(.*?)```", markdown, re.DOTALL)])
        assert set(re.findall(r"^make ([a-z]+)", spoken, re.MULTILINE)) <= jobs, document


def test_no_file_names_a_package_registry():
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("which files are the project's is known of a clone alone")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    hosts = [b"pypi" + b".org", b"python" + b"hosted.org", b"npm" + b"js.", b"ghcr" + b".io"]
    for name in listed.stdout.decode().split("\0"):
        file = ROOT / name
        content = file.read_bytes() if name and file.is_file() else b""
        assert not any(host in content for host in hosts), name


# --- commands -------------------------------------------------------------------------------------


def test_the_readme_lists_the_words_and_options_of_the_program(capsys):
    rows = [code(cell)[0] for cell in cells(section("README.md", "Run your own"))]
    told = {row.split()[3]: set(re.findall(r"--[a-z]+", row)) for row in rows}
    known = re.findall(r"^    ([a-z]+) ", said(capsys, "--help"), re.MULTILINE)
    assert list(told) == known
    for word, options in told.items():
        usage = said(capsys, word, "--help").partition("\n\n")[0]
        extra = set(re.findall(r"`(--[a-z]+)`", section("README.md", "Run your own")))
        assert options <= set(re.findall(r"--[a-z]+", usage)), word
        assert set(re.findall(r"--[a-z]+", usage)) <= options | extra, word


def test_the_readme_lists_the_menu():
    told = [
        code(cell)[0].split()[0] for cell in cells(section("README.md", "What a reader can say"))
    ]
    assert sorted(told) == sorted(f"/{name}" for name in MENU)


@pytest.mark.parametrize("language", Language)
def test_every_command_of_the_menu_is_described_in_every_language(language):
    described = command_descriptions(language)
    assert set(described) == set(MENU)
    assert all(described.values())


def test_the_changelog_names_only_commands_that_are_in_the_menu_and_all_of_them():
    assert set(re.findall(r"`/([a-z_]+)`", section("CHANGELOG.md", "For readers"))) == set(MENU)


# --- settings -------------------------------------------------------------------------------------


@pytest.fixture
def _an_empty_environment(monkeypatch, tmp_path):
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def example() -> dict[str, str]:
    return dict(re.findall(r"^#?([A-Z_]+)=(.*)$", text(".env.example"), re.MULTILINE))


def test_the_example_names_every_setting_once():
    named = re.findall(r"^#?([A-Z_]+)=", text(".env.example"), re.MULTILINE)
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)


@pytest.mark.usefixtures("_an_empty_environment")
@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_example_shows_every_default(name):
    value, default = example()[name.upper()], getattr(load(), name)
    assert getattr(load(**{name: value}), name) == default
    is_empty = str(default) in {"", "()"}
    assert bool(value) is not is_empty


def test_the_example_sets_nothing_but_asks_for_a_token():
    lines = [line for line in text(".env.example").splitlines() if not line.startswith("#")]
    assert list(filter(None, lines)) == ["TELEGRAM_BOT_TOKEN="]


def test_the_example_explains_every_setting():
    for paragraph in text(".env.example").strip().split("\n\n")[1:]:
        assert paragraph.startswith("# "), paragraph


# --- decisions and keys ---------------------------------------------------------------------------


def test_decisions_are_numbered_without_gaps():
    assert DECISIONS
    assert [path.name[:5] for path in DECISIONS] == [
        f"{number:04}-" for number in range(1, len(DECISIONS) + 1)
    ]


@pytest.mark.parametrize("decision", DECISIONS, ids=name_of)
def test_a_decision_has_its_number_a_question_an_answer_and_reasons(decision):
    markdown = decision.read_text("utf-8")
    assert markdown.startswith(f"# {int(decision.name[:4])}. ")
    parts = re.findall(r"^\*\*(.+?)\.?\*\*", markdown, re.MULTILINE)
    assert parts == ["Question", "Answer", "Reasons", "What would change our mind"]


def test_every_key_of_the_store_is_in_its_table_with_type_lifetime_and_reason():
    rows = [line.split("|")[1:5] for line in getdoc(keys).splitlines() if line.startswith("|")]
    told = {row[0].strip() for row in rows[2:] if row[0].strip()}
    constants = {
        value.removeprefix(keys.PREFIX)
        for value in vars(keys).values()
        if isinstance(value, str) and value.startswith(keys.PREFIX) and value != keys.PREFIX
    }
    functions = [
        each for each in vars(keys).values() if getattr(each, "__module__", "") == keys.__name__
    ]
    made = {
        each(Edition.EN if "edition" in signature(each).parameters else 7).removeprefix(keys.PREFIX)
        for each in functions
    }
    families = {name.partition(":")[0] for name in made}
    assert {name.partition(":")[0] for name in told if ":" in name} == families
    assert {name for name in told if ":" not in name} == constants
    for row in rows[2:]:
        assert not row[0].strip() or all(cell.strip() for cell in row), row
