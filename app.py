"""The `wenbao` command. Wiring and presentation only; what it does lives in the packages.

Heavy packages are imported by the commands that need them: a look-up must not pay for a web page.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from index import Answer, Assistant, IngestResult
    from web.terminal import IngestScreen

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
    paths: Annotated[list[Path], typer.Argument(help="Files, folders and ZIP archives.")],
    data: Data = None,
    as_json: AsJson = False,
    vectors: Annotated[
        bool, typer.Option("--vectors/--no-vectors", help="Also make the vectors, and wait.")
    ] = True,
    issuer: Annotated[
        str | None, typer.Option(help="Who issued the report; for a single file.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="Its reporting year; for a single file.", min=1990, max=2100)
    ] = None,
) -> None:
    """Read reports into the store: figures first, then the vectors."""
    from index.intake import is_single
    from ingest.metadata.find import NOTHING_GIVEN, Given
    from web.terminal import IngestScreen

    given = Given(issuer.strip() if issuer else None, year)
    if issuer is not None and not given.issuer:
        raise typer.BadParameter("--issuer is empty; wanted the name of who issued the report")
    if given != NOTHING_GIVEN and not is_single(paths):
        raise typer.BadParameter(
            "--issuer and --year stand above what a file says of itself: give them with one file, "
            "not with several, a folder or an archive"
        )
    with _assistant(data) as assistant, IngestScreen(as_json=as_json) as screen:
        results = assistant.ingesting(
            paths, given=given, progress=screen.stage, passed_over=screen.pass_over
        )
        _show(screen, results, assistant if vectors else None)
    if not screen.done:
        typer.echo("wenbao: the folders hold no files", err=True)
    if screen.outcomes["failed"] or not screen.done:
        raise typer.Exit(1)


def _show(
    screen: IngestScreen, results: Generator[IngestResult], vectors: Assistant | None
) -> None:
    """Show results as they come, make the vectors, say the counts; with Ctrl-C exit code 130."""
    try:
        with closing(results):
            for result in results:
                screen.result(result)
        if vectors is not None:
            vectors.wait_for_vectors(screen.vectors)
    except KeyboardInterrupt:
        screen.end()
        screen.interrupted()
        raise typer.Exit(130) from None
    screen.end()


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
    from web.place import place_text

    said = place_text(place, "en")
    return f"({said})" if said else ""


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
def check(
    data: Data = None,
    as_json: AsJson = False,
    every: Annotated[
        bool, typer.Option("--all", help="Also what holds and what cannot be assessed.")
    ] = False,
) -> None:
    """What the reports contradict themselves and each other in."""
    from collections import Counter

    from index.crosscheck import check_store

    with _assistant(data, vectors=False) as assistant:
        listed = assistant.reports()
        found = check_store(assistant.store, listed, every=every)
    for one in found:
        if as_json:
            _print_json(one.to_json())
        else:
            typer.echo(one.to_text())
    if not as_json:
        states = Counter(one.finding.state for one in found)
        counts = ", ".join(
            f"{states[s]} {s}" for s in ("fails", "uncertain", "holds", "not-assessable")
        )
        typer.echo(
            f"{len(listed)} reports, {len(found)} findings" + (f": {counts}" if every else "")
        )


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
    from web.terminal import IngestScreen

    with _assistant(data) as assistant, IngestScreen() as screen:
        assistant.rebuild()
        if read:
            _show(screen, assistant.read_again(screen.stage), assistant)
        else:
            assistant.wait_for_vectors(screen.vectors)
        done, of = assistant.vector_progress()
        typer.echo(f"{done} of {of} passages embedded")
    if screen.outcomes["failed"]:
        raise typer.Exit(1)


@app.command("eval")
def evaluate(
    sets: Annotated[list[Path] | None, typer.Argument(help="Question files (JSON lines).")] = None,
    data: Data = None,
    generated: Annotated[
        bool,
        typer.Option(
            "--generated", help="Instead of files: every cell of every report, in many wordings."
        ),
    ] = False,
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
    from eval.generated import evaluate_generated

    if bool(sets) == generated:
        raise typer.BadParameter("give either question files or --generated")
    with _assistant(data) as assistant:
        # the table is wider than the 80 columns that a pipe is taken to have
        console = Console(width=max(Console().width, 132))
        if sets:
            code = run_sets(sets, assistant, console, json_out, fail_under=fail_under)
        else:
            code = evaluate_generated(assistant, console, json_out, fail_under=fail_under)
    if code:
        raise typer.Exit(code)


@app.command()
def benchmark(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            help="reading (parse files), arrival (ingest them), answers (ask), pipelines (compare), "
            "lookup (in a large store), retrieval, or fuzz."
        ),
    ],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Reports (default: samples of its own), or question files."),
    ] = None,
    data: Data = None,
    rounds: Annotated[int, typer.Option(help="How often each is timed.", min=1)] = 5,
    count: Annotated[int, typer.Option(help="fuzz: how many questions.", min=1)] = 10_000,
    seed: Annotated[int, typer.Option(help="fuzz: what its questions are drawn from.")] = 1,
    reports: Annotated[
        int, typer.Option(help="lookup: how many made-up reports the large store has.", min=1)
    ] = 20_000,
) -> None:
    """Time reading, answering or ingesting, compare with a plain pipeline, or ask what nobody would ask."""
    from web.benchmarks import Benchmark, run_benchmark

    # a store of made-up reports: never the one that the environment names for real ones
    said = context.get_parameter_source("data")
    own = data if said is not None and said.name == "COMMANDLINE" else None
    asked = Benchmark(name, tuple(paths or ()), own, rounds, count, seed, reports)
    if not run_benchmark(asked, lambda: _assistant(data), typer.echo):
        raise typer.Exit(1)


def main() -> None:
    """The entry of `wenbao`: what a user can act on is said in one line, exit code 1 or 2."""
    try:
        app()
    except WenbaoError as error:
        typer.echo(f"wenbao: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
