"""The README against what it describes."""

import re
import subprocess
from pathlib import Path

import pytest

from config.env import BASE_DIR, VARIABLES, Variable

README = (BASE_DIR / "README.md").read_text(encoding="utf-8")
TABLE = README.split("<!-- settings")[1].split("<!-- end of settings")[0]


def row(variable: Variable) -> str:
    """Return the line of the table for a variable."""
    match variable.default:
        case None:
            default = "required"
        case "":
            default = "empty"
        case text:
            default = f"`{text.removeprefix(f'{BASE_DIR}/')}`"
    return f"| `{variable.name}` | {default} | {variable.meaning} |"


def test_readme_lists_each_setting_with_its_default_when_read() -> None:
    listed = [line for line in TABLE.splitlines() if line.startswith("| `")]

    assert listed == [row(variable) for variable in VARIABLES]


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`make ([a-z-]+)", README))))
def test_makefile_has_the_command_when_the_readme_names_it(command: str) -> None:
    targets = re.findall(r"^([a-z-]+):", (BASE_DIR / "Makefile").read_text(), flags=re.MULTILINE)

    assert command in targets


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs/operations.md"])
def test_links_lead_to_files_when_they_are_relative(name: str) -> None:
    page = BASE_DIR / name
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))

    missing = [link for link in links if not (page.parent / link).exists()]

    assert missing == []


@pytest.mark.parametrize("script", sorted((BASE_DIR / "deploy").glob("*.sh")), ids=lambda path: Path(path).name)
def test_script_is_valid_and_executable_when_shipped(script: Path) -> None:
    done = subprocess.run(["sh", "-n", script], check=False, capture_output=True, text=True)

    assert (done.stderr, script.stat().st_mode & 0o111) == ("", 0o111)
