"""The processes that read, with real children: slow ones, dying ones, greedy ones."""

import logging
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import ingest.apart
from ingest import read_report, reader_version
from ingest.apart import Job, ReadingFault, ReadingHere, ReadingPool, ReadsJobs
from ingest.errors import UnreadableFile, UnsupportedFile
from ingest.metadata.find import NOTHING_GIVEN, Given

Make = Callable[..., bytes]
MEMORY = 2_000_000_000

#: a child whose reader does what its file is called
HOSTILE = textwrap.dedent("""
    import sys; sys.path[:] = sys.argv[1:]
    import os, signal, time
    import ingest.apart
    real = ingest.apart.read_report
    ingest.apart._GRACE_SECONDS = 0

    def hostile(data, name, given):
        match name:
            case "slow": time.sleep(60)
            case "busy":
                while True: pass
            case "crash": os.kill(os.getpid(), signal.SIGKILL)
            case "exit": os._exit(3)
            case "greedy": bytearray(10**12)
            case "fault": return 1 / 0
            case "chatty": print("x" * 100_000); os.write(1, b"noise")
        return real(data, name, given)

    ingest.apart.read_report = hostile
    ingest.apart.serve()
""")


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Children whose readers misbehave."""
    monkeypatch.setattr(ingest.apart, "_START", HOSTILE)


@pytest.fixture
def pool() -> Iterator[ReadingPool]:
    made = ReadingPool(1, 30, MEMORY)
    yield made
    made.close()


def read(reader: ReadsJobs, name: str, data: bytes = b"x") -> object:
    return reader.submit(Job(data, name, NOTHING_GIVEN)).result(60)


def test_reading_apart_gives_the_same_reports(pool: ReadingPool, report: Make) -> None:
    data, given = report("甲市"), Given("乙市", 2019)
    for said in (NOTHING_GIVEN, given):
        apart = pool.submit(Job(data, "a.txt", said)).result(60)
        here = ReadingHere().submit(Job(data, "a.txt", said)).result(0)
        assert apart == here == read_report(data, "a.txt", said)
    assert apart[0].issuer == "乙市"
    assert apart[0].reader == reader_version(data, "a.txt")  # what the store compares later


def test_errors_of_files_come_back(pool: ReadingPool) -> None:
    for reader in (pool, ReadingHere()):
        with pytest.raises(UnsupportedFile, match=r"^a\.bin: "):
            read(reader, "a.bin", b"\0\1\2")
        with pytest.raises(UnreadableFile, match=r"^a\.txt: "):
            read(reader, "a.txt", b"   ")


def test_a_child_that_hangs_is_ended(hostile: None, report: Make) -> None:
    pool = ReadingPool(1, 0.5, MEMORY)
    try:
        for name in ("slow", "busy"):
            with pytest.raises(
                UnreadableFile, match=rf"^{name}: reading it takes more than 0.5 s$"
            ):
                read(pool, name)
    finally:
        pool.close()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("crash", f"crash: the process that read it ended with code {-signal.SIGKILL}"),
        ("exit", "exit: the process that read it ended with code 3"),
        ("greedy", f"greedy: reading it takes more than {MEMORY} bytes of memory"),
    ],
)
def test_a_child_that_dies_costs_its_own_file(
    hostile: None, pool: ReadingPool, report: Make, name: str, said: str,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    waiting = [
        pool.submit(Job(data, called, NOTHING_GIVEN))
        for data, called in ((b"x", name), (report(), "a.txt"))
    ]
    with caplog.at_level(logging.CRITICAL), pytest.raises(UnreadableFile) as caught:
        waiting[0].result(60)
    assert str(caught.value) == said
    assert waiting[1].result(60)[0].issuer == "甲市"


def test_what_a_library_prints_is_no_reply(hostile: None, pool: ReadingPool) -> None:
    with pytest.raises(UnreadableFile, match="chatty"):
        read(pool, "chatty")


def test_a_fault_of_ours_is_logged_with_its_trace(
    hostile: None, pool: ReadingPool, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(ReadingFault, match=r"^ZeroDivisionError: "):
        read(pool, "fault")
    assert "in hostile" in caplog.text


def test_two_read_at_once_and_closing_ends_them(hostile: None) -> None:
    pool = ReadingPool(2, 60, MEMORY)
    slow = [pool.submit(Job(b"x", "slow", NOTHING_GIVEN)) for _ in range(3)]
    while len(children := list(pool._children)) < 2:
        time.sleep(0.01)
    began = time.monotonic()
    pool.close()
    assert time.monotonic() - began < 10
    assert slow[2].cancelled() and all(s.done() for s in slow)
    assert all(c._process.returncode is not None for c in children)


def test_one_child_serves_jobs_that_come_one_by_one(report: Make) -> None:
    pool = ReadingPool(2, 30, MEMORY)
    try:
        for _ in range(3):
            read(pool, "a.txt", report())
        assert len(pool._children) == 1
    finally:
        pool.close()


def test_nothing_is_started_for_nothing() -> None:
    pool = ReadingPool(2, 30, MEMORY)
    pool.close()
    assert not pool._children


def test_a_busy_child_does_not_outlive_a_killed_parent() -> None:
    script = (
        "import sys, time; sys.path[:] = sys.argv[2:]\n"
        "import ingest.apart as apart\n"
        "apart._START = sys.argv[1]\n"
        "pool = apart.ReadingPool(1, 1, 2_000_000_000)\n"
        "pool.submit(apart.Job(b'x', 'busy', apart.Given()))\n"
        "while not any(c._ready for c in pool._children): time.sleep(0.01)\n"
        "print(*(c._process.pid for c in pool._children), flush=True); time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, HOSTILE, *sys.path], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = Path("/proc") / parent.stdout.readline().strip()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    ended = time.monotonic() + 30
    while child.exists() and " Z " not in (child / "stat").read_text():
        assert time.monotonic() < ended
        time.sleep(0.05)
