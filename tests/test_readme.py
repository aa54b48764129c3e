"""What the READMEs show is what happens: their commands are run, their output is compared."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import app

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
#: what a fence may be opened with, then the lines up to the closing fence
_BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(readme: str) -> list[str]:
    """The fenced blocks of a README."""
    return _BLOCK.findall((ROOT / readme).read_text(encoding="utf-8"))


def sessions(readme: str) -> list[tuple[str, str]]:
    """The `wenbao` commands that a README shows, each with what it says they print."""
    out = []
    for block in blocks(readme):
        first, _, printed = block.partition("\n")
        if first.startswith("$ wenbao "):
            out.append((first.removeprefix("$ "), printed))
    return out


def targets(readme: str) -> list[str]:
    """The `make` targets that have a block of their own."""
    found = [re.fullmatch(r"make (\w+)\n", block) for block in blocks(readme)]
    return [m[1] for m in found if m]


@pytest.mark.parametrize("readme", READMES)
def test_there_is_something_to_run(readme: str) -> None:
    commands = [command for command, _ in sessions(readme)]
    assert commands[0].startswith("wenbao ingest examples")
    assert len([c for c in commands if c.startswith("wenbao ask ")]) >= 3
    shown = (ROOT / readme).read_text(encoding="utf-8").count("\n$ ")
    assert shown == len(commands)  # no command stands inside another block, or is not wenbao's


@pytest.mark.parametrize("readme", READMES)
def test_every_command_prints_what_is_shown(
    readme: str, tmp_path: Path, examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "examples").symlink_to(examples)
    monkeypatch.setenv("WENBAO_DATA", str(tmp_path / "store"))
    printed, shown = [], []
    for command, output in sessions(readme):
        result = CliRunner().invoke(app, shlex.split(command)[1:])
        printed.append((command, result.exit_code, result.stdout))
        shown.append((command, 0, output))
    assert printed == shown


@pytest.mark.parametrize("readme", READMES)
def test_the_two_make_commands_exist(readme: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets(readme) == ["run", "test"]
    named = re.findall(r"`make (\w+)`", (ROOT / readme).read_text(encoding="utf-8"))
    for target in (*targets(readme), *named):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
        assert re.search(rf"^\.PHONY:.* {target}\b", makefile, re.MULTILINE), target


def test_both_readmes_have_the_same_make_commands() -> None:
    assert targets(READMES[0]) == targets(READMES[1])


def test_both_readmes_have_the_same_commands() -> None:
    english, chinese = (sessions(readme) for readme in READMES)
    assert [c for c, _ in english] == [c for c, _ in chinese]
