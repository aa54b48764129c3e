"""What the terminal shows, with results made by hand and a terminal that is a string."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from index import IngestResult, IngestStage
from ingest.model import Place, Warning_
from web.terminal import IngestScreen


def warnings(code: str, count: int) -> tuple[Warning_, ...]:
    return tuple(Warning_(code, f"第 {n} 处", Place(line=n)) for n in range(count))


def test_a_line_for_each_outcome(summary: Any, capsys: pytest.CaptureFixture[str]) -> None:
    screen = IngestScreen()
    with screen:
        screen.stage(IngestStage(Path("a.txt"), "read", 0, 4))
        screen.result(IngestResult(Path("d/a.txt"), "added", None, (summary(), summary())))
        screen.result(IngestResult(Path("b.txt"), "failed", "b.txt: cut off"))
        screen.result(IngestResult(Path("c.txt"), "unchanged", None, (summary(),), note="as a.txt"))
        screen.result(IngestResult(Path("d"), "skipped", note="a link"))
        screen.pass_over(2)
        screen.end()
    said = capsys.readouterr()
    report = "甲市 2023, 3 tables, 210 figures, 12 passages, 0 warnings, 0 findings"
    assert said.out.splitlines() == [
        f"added     a.txt: {report}",
        f"added     a.txt: {report}",
        f"unchanged c.txt: {report} (as a.txt)",
        "skipped   d: a link",
        "4 files: 1 added, 1 unchanged, 1 failed, 1 skipped",
        "2 hidden and system files passed over",
    ]
    assert said.err == "FAILED    b.txt: cut off\n"


def test_warnings_are_listed_and_counted(summary: Any, capsys: pytest.CaptureFixture[str]) -> None:
    screen = IngestScreen()
    many = warnings("row-width", 7) + warnings("row-twice", 1)
    screen.result(IngestResult(Path("a.txt"), "added", None, (summary(),), many))
    screen.result(IngestResult(Path("b.txt"), "added", None, (), warnings("row-twice", 2)))
    screen.end()
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:8] == [
        *(f"          [row-width] 第 {n} 处" for n in range(5)),
        "          [row-width] … 2 more; --json lists them",
        "          [row-twice] 第 0 处",
    ]
    assert lines[-1] == "warnings: 7 row-width, 3 row-twice"


def test_json_is_an_object_a_file_and_nothing_else(
    summary: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = IngestScreen(as_json=True)
    with screen:
        screen.result(
            IngestResult(Path("x.zip/甲\n.txt"), "added", None, (summary(),), warnings("a-b", 9))
        )
        screen.result(IngestResult(Path("b"), "failed", "b: cut off"))
        screen.end()
    said = capsys.readouterr()
    first, second = map(json.loads, said.out.splitlines())
    assert (said.err, len(first["warnings"])) == ("", 9)
    assert first["path"] == "x.zip/甲\ufffd.txt"
    assert (second["status"], second["error"], second["reports"]) == ("failed", "b: cut off", [])
    assert list(first) == ["path", "status", "error", "note", "reports", "warnings"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def as_terminal(stream: str, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Takes the place of sys.stdout or sys.stderr; within the test, or pytest takes it back."""
    made = Terminal()
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, stream, made)
    return made


def test_the_bar_names_the_stage_and_the_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = as_terminal("stderr", monkeypatch)
    with IngestScreen() as screen:
        for stage, done in (("read", 0), ("store", 0), ("done", 1)):
            screen.stage(IngestStage(Path("[b]甲" + "长" * 50 + ".txt"), stage, done, 3))
            screen._bar.refresh()
        screen.result(IngestResult(Path("a.txt"), "skipped", note="x"))
        screen.vectors(2, 8)
        screen._bar.refresh()
    drawn = terminal.getvalue()
    assert "read" in drawn and "store" in drawn and "[b]甲" in drawn and "…" in drawn
    assert "0/3" in drawn and "1/3" in drawn and "2/8" in drawn and "vectors" in drawn
    # lines for a pipe stay lines for a pipe
    assert capsys.readouterr().out == "skipped   a.txt: x\n"


def test_lines_stand_above_the_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, out = as_terminal("stderr", monkeypatch), as_terminal("stdout", monkeypatch)
    with IngestScreen() as screen:
        screen.stage(IngestStage(Path("a.txt"), "read", 0, 3))
        screen._bar.refresh()
        screen.result(IngestResult(Path("a.txt"), "skipped", note="x"))
        screen.result(IngestResult(Path("b.txt"), "failed", "b.txt: y"))
    assert out.getvalue() == ""
    drawn = terminal.getvalue()
    for line in ("skipped   a.txt: x\n", "FAILED    b.txt: y\n"):
        before = drawn[: drawn.index(line)]
        assert before.endswith(("\n", "\x1b[2K")), "the line is glued to the bar"


def test_no_bar_among_json_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, out = as_terminal("stderr", monkeypatch), as_terminal("stdout", monkeypatch)
    with IngestScreen(as_json=True) as screen:
        screen.stage(IngestStage(Path("a.txt"), "read", 0, 3))
        screen.result(IngestResult(Path("a" * 200), "failed", "x"))
    assert terminal.getvalue() == ""
    assert json.loads(out.getvalue())["error"] == "x"


def test_interrupted(capsys: pytest.CaptureFixture[str]) -> None:
    screen = IngestScreen()
    screen.interrupted()
    screen.stage(IngestStage(Path("a.txt"), "read", 0, 3))
    screen.result(IngestResult(Path("a.txt"), "failed", "x"))
    screen.interrupted()
    screen.vectors(4, 9)
    screen.interrupted()
    left = [line.split(";")[0] for line in capsys.readouterr().err.splitlines()]
    assert left == [
        "interrupted: 0 files done, 0 left",
        "FAILED    x",
        "interrupted: 1 files done, 2 left",
        "interrupted: 1 files done, 4 of 9 passages embedded",
    ]
