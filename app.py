"""The `wenbao` command. Wiring and presentation only; what it does lives in the packages.

Heavy packages are imported by the commands that need them: a look-up must not pay for a web page.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index import Answer, Assistant, IngestResult, IngestStage

from ingest.errors import QuestionError, WenbaoError

app = typer.Typer(
    name="wenbao",
    help="Ask government annual reports on information disclosure; get figures you can check.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Data = Annotated[
    Path | None,
    typer.Option(
        "--data", envvar="WENBAO_DATA", help="The folder of the store.", show_default="data"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]


@contextmanager
def _assistant(data: Path | None, *, vectors: bool | None = None) -> Iterator[Assistant]:
    from index import Assistant

    with Assistant(data, vectors=vectors) as assistant:
        yield assistant


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))


@app.command()
def serve(
    data: Data = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 7860,
) -> None:
    """Start the web page on the embedded stores."""
    from web.serve import serve as serve_page

    with _assistant(data) as assistant:
        serve_page(assistant, host, port)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders with reports.")],
    data: Data = None,
    as_json: AsJson = False,
    vectors: Annotated[
        bool, typer.Option("--vectors/--no-vectors", help="Also make the vectors, and wait.")
    ] = True,
) -> None:
    """Read reports into the store: figures first, then the vectors."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from index.intake import readable_name

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with (
        _assistant(data) as assistant,
        Progress(*columns, console=console, transient=True) as bar,
    ):
        reading = bar.add_task("reading", total=None)

        def show(stage: IngestStage) -> None:
            said = f"{stage.stage} {readable_name(Path(stage.path.name))}"
            bar.update(reading, total=stage.total, completed=stage.done, description=said)

        results = assistant.ingest(paths, progress=show)
        for result in results:
            if as_json:
                _print_json(_result_json(result))
            else:
                _say_result(result)
        if vectors:
            task = bar.add_task("vectors", total=None)
            assistant.wait_for_vectors(lambda done, of: bar.update(task, completed=done, total=of))
    failed = [r for r in results if r.status == "failed"]
    if not as_json:
        typer.echo(f"{len(results)} files, {len(failed)} failed")
    if not results:
        typer.echo("wenbao: the folders hold no files", err=True)
    if failed or not results:
        raise typer.Exit(1)


def _result_json(result: IngestResult) -> dict[str, Any]:
    from index.intake import readable_name

    return {
        "path": readable_name(result.path),
        "status": result.status,
        "error": result.error,
        "reports": [
            {
                "id": r.id,
                "issuer": r.issuer,
                "year": r.year,
                "tables": r.tables,
                "figures": r.figures,
                "passages": r.passages,
            }
            for r in result.reports
        ],
        "warnings": [
            {"code": w.code, "text": w.text, "place": w.place.to_json()} for w in result.warnings
        ],
    }


def _say_result(result: IngestResult) -> None:
    from index.intake import readable_name

    if result.status == "failed":
        typer.echo(f"FAILED  {result.error}", err=True)
        return
    for r in result.reports:
        typer.echo(
            f"{result.status:9} {readable_name(Path(result.path.name))}: {r.issuer or '?'} {r.year or '?'}, "
            f"{r.tables} tables, {r.figures} figures, {r.passages} passages, "
            f"{r.warnings} warnings, {r.findings} findings"
        )
    for w in result.warnings:
        typer.echo(f"          [{w.code}] {w.text}")


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    data: Data = None,
    as_json: AsJson = False,
    batch: Annotated[
        Path | None,
        typer.Option(
            help="A file of questions, one JSON object a line.", exists=True, dir_okay=False
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where --batch writes its answers (default: here).")
    ] = None,
) -> None:
    """Answer a question, or a file of them."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("give either a question or --batch FILE")
    if out is not None and batch is None:
        raise typer.BadParameter("--out belongs to --batch FILE")
    with _assistant(data) as assistant:
        if question is not None:
            _say_answer(assistant.ask(question), as_json)
            return
        assert batch is not None
        failed = _ask_batch(assistant, batch, out)
    if failed:
        raise typer.Exit(1)


def _ask_batch(assistant: Assistant, batch: Path, out: Path | None) -> int:
    """Write an answer a line; name the lines that cannot be asked, and return how many."""
    from index.batch import answer_lines

    failed = 0

    def complain(number: int, why: str) -> None:
        nonlocal failed
        failed += 1
        typer.echo(f"{batch}:{number}: {why}", err=True)

    try:
        text = batch.read_bytes().decode("utf-8")
        target = out.open("w", encoding="utf-8") if out else nullcontext(sys.stdout)
    except UnicodeDecodeError as error:
        raise QuestionError(f"{batch}: is not UTF-8: {error}") from error
    except OSError as error:
        raise QuestionError(f"{out or batch}: {error.strerror}") from error
    with target as stream:
        for answer in answer_lines(text, assistant.ask, complain):
            stream.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return failed


def _say_answer(answer: Answer, as_json: bool) -> None:
    if as_json:
        _print_json(answer.to_json())
        return
    typer.echo(answer.answer)
    for f in answer.figures:
        if f.formula is None and f.table:
            path = " / ".join((*f.row_path, *f.column_path))
            typer.echo(f"  · {f.issuer} {f.year}, {f.table}: {path} = {f.text}  {_where(f.place)}")
    for c in answer.citations:
        typer.echo(f"  · {c.issuer} {c.year}, {' / '.join(c.section)}: {c.text}  {_where(c.place)}")


def _where(place: dict[str, Any]) -> str:
    return f"(line {place['line']})" if "line" in place else ""


@app.command()
def figures(data: Data = None, as_json: AsJson = False) -> None:
    """Every figure in the store with its paths, one a line."""
    from index.lookup import figure_ref

    with _assistant(data, vectors=False) as assistant:
        captions: dict[str, dict[str, str]] = {}
        for report, figure in assistant.figures():
            known = captions.setdefault(report.id, assistant.store.captions(report.id))
            ref = figure_ref(figure, report, known)
            if as_json:
                _print_json(ref.to_json())
            else:
                path = " / ".join((*ref.row_path, *ref.column_path)) or f"sentence {ref.sentence}"
                typer.echo(f"{ref.issuer}\t{ref.year}\t{path}\t{ref.text}\t{ref.unit or ''}")


@app.command()
def check(data: Data = None, as_json: AsJson = False) -> None:
    """What the reports contradict themselves in."""
    with _assistant(data, vectors=False) as assistant:
        found = assistant.findings()
        for report, f in found:
            if as_json:
                _print_json(
                    {
                        "report": report.id,
                        "issuer": report.issuer,
                        "year": report.year,
                        "code": f.code,
                        "state": f.state,
                        "text": f.text,
                        "stated": f.stated,
                        "computed": f.computed,
                        "explanation": f.explanation,
                        "figures": list(f.figures),
                        "sentence": f.sentence,
                    }
                )
            else:
                typer.echo(f"{report.issuer} {report.year}  [{f.code}, {f.state}] {f.text}")
        if not as_json:
            typer.echo(f"{len(assistant.reports())} reports, {len(found)} findings")


@app.command()
def reports(data: Data = None, as_json: AsJson = False) -> None:
    """The reports in the store."""
    from dataclasses import asdict

    with _assistant(data, vectors=False) as assistant:
        for r in assistant.reports():
            if as_json:
                _print_json(asdict(r))
            else:
                typer.echo(
                    f"{r.id}  {r.issuer or '?'} {r.year or '?'}  {r.title or r.source}  "
                    f"({r.tables} tables, {r.figures} figures, "
                    f"{r.vectors}/{r.passages} passages embedded)"
                )


@app.command()
def remove(
    report_id: Annotated[str, typer.Argument(help="The id that `wenbao reports` shows.")],
    data: Data = None,
) -> None:
    """Remove a report from the store."""
    with _assistant(data) as assistant:
        assistant.remove(report_id)
        typer.echo(f"removed {report_id}")


@app.command()
def rebuild(
    data: Data = None,
    read: Annotated[bool, typer.Option("--read", help="Read all kept files again.")] = False,
) -> None:
    """Fill Chroma anew from the database; with --read, read every kept file again first."""
    with _assistant(data) as assistant:
        results = assistant.rebuild(read=read)
        for result in results:
            _say_result(result)
        assistant.wait_for_vectors()
        done, of = assistant.vector_progress()
        typer.echo(f"{done} of {of} passages embedded")
    if any(r.status == "failed" for r in results):
        raise typer.Exit(1)


@app.command("eval")
def evaluate(
    sets: Annotated[list[Path], typer.Argument(help="Question files (JSON lines).")],
    data: Data = None,
    json_out: Annotated[
        Path | None, typer.Option("--json", help="Also write every case to this file.")
    ] = None,
    fail_under: Annotated[
        float | None, typer.Option(help="Exit with 1 where the accuracy (0 to 1) is lower.")
    ] = None,
) -> None:
    """Ask question sets and count right, wrong and refused."""
    from rich.console import Console

    from eval import evaluate as run_sets

    with _assistant(data) as assistant:
        # the table is wider than the 80 columns that a pipe is taken to have
        console = Console(width=max(Console().width, 132))
        code = run_sets(sets, assistant, console, json_out, fail_under=fail_under)
    if code:
        raise typer.Exit(code)


@app.command()
def benchmark(
    name: Annotated[str, typer.Argument(help="reading (parse files) or answers (ask questions).")],
    paths: Annotated[list[Path], typer.Argument(help="Reports, or question files.")],
    data: Data = None,
    rounds: Annotated[int, typer.Option(help="How often each is timed.", min=1)] = 5,
) -> None:
    """Time reading or answering: medians over several rounds."""
    from eval.benchmark import time_answers, time_reading

    if name == "reading":
        typer.echo(time_reading(paths, rounds).to_text())
    elif name == "answers":
        with _assistant(data) as assistant:
            typer.echo(time_answers(paths, assistant, rounds).to_text())
    else:
        raise typer.BadParameter(f"no benchmark is called {name!r}; wanted reading or answers")


def main() -> None:
    """The entry of `wenbao`: what a user can act on is said in one line, exit code 1 or 2."""
    try:
        app()
    except WenbaoError as error:
        typer.echo(f"wenbao: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
