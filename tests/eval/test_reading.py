"""What the benchmark of reading reports; never how fast this machine is."""

import re
from pathlib import Path

import pytest

import eval.reading
from eval.reading import FormatSpeed, ReadingSpeed, peak_memory, time_reading
from eval.samples import Sample
from ingest.errors import EvaluationError

SHARES = {"tables": 0.25, "decode and parse": 0.75}


@pytest.mark.parametrize(
    ("name", "seconds", "pages", "rate"),
    [
        ("text", {"a": 0.01, "b": 0.03}, None, (50.0, "reports/s", "≥ 50", True)),
        ("html", {"a": 0.021}, None, (1 / 0.021, "reports/s", "≥ 50", False)),
        ("docx", {"a": 0.1}, None, (10.0, "reports/s", "≥ 10", True)),
        ("xlsx", {"a": 0.5}, None, (2.0, "reports/s", "", None)),
        ("pdf", {"a": 1.0, "b": 1.0}, 8, (0.25, "s/page", "≤ 0.25", True)),
        ("pdf", {"a": 1.1, "b": 1.0}, 8, (0.2625, "s/page", "≤ 0.25", False)),
    ],
)
def test_rates_stand_beside_their_targets(
    name: str, seconds: dict[str, float], pages: int | None, rate: tuple[object, ...]
) -> None:
    assert FormatSpeed(name, seconds, pages, {}).rate() == rate


def test_the_table() -> None:
    formats = (
        FormatSpeed("text", {"a.txt": 0.04}, None, SHARES),
        FormatSpeed("pdf", {"b.pdf": 0.2}, 4, {}),
    )
    lines = ReadingSpeed(3, formats, ("100 pages of PDF", 301.0, False), ("left out: x",)).to_text()
    squeezed = [re.sub(" +", " ", line).strip() for line in lines.splitlines()]
    assert squeezed == [
        "40.0 ms a.txt",
        "200.0 ms b.pdf",
        "",
        "format files measured target",
        "text 1 25 reports/s ≥ 50 MISSED",
        "pdf 1 0.05 s/page ≤ 0.25 ok",
        "100 pages of PDF 301 MB ≤ 300 MISSED",
        "",
        "where the time goes",
        "text decode and parse 75%, tables 25%",
        "pdf not measured",
        "left out: x",
        "reading: n=2, time of one core, median of 3 rounds after one to warm up",
    ]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eval.reading, "_PROFILE_SECONDS", 0.2)


def test_files_folders_and_archives_are_timed(quick: None, examples: Path, tmp_path: Path) -> None:
    one = sorted(examples.iterdir())[0]
    (tmp_path / "nothing.txt").write_text("今天天气很好。")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / one.name).write_bytes(one.read_bytes())
    speed = time_reading([tmp_path], 1)
    (text,) = speed.formats
    assert text.name == "text" and list(text.seconds) == [one.name] and text.pages is None
    assert speed.memory is None
    assert sorted(note[: note.index(": ", 12)] for note in speed.notes) == [
        "left out: empty.txt", "left out: nothing.txt",
    ]  # fmt: skip


def test_the_shares_are_of_the_whole(quick: None, examples: Path) -> None:
    (text,) = time_reading([sorted(examples.iterdir())[0]], 1).formats
    assert sum(text.shares.values()) == pytest.approx(1)
    assert {"tables", "decode and parse", "narrative, metadata"} <= set(text.shares)


def test_nothing_to_time(quick: None, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"no-such\.txt: no such file"):
        time_reading([tmp_path / "no-such.txt"], 1)
    with pytest.raises(EvaluationError, match="wanted reports"):
        time_reading([tmp_path], 1)


def test_memory_is_that_of_a_process_of_its_own(examples: Path) -> None:
    held = bytearray(400_000_000)  # were it counted, there would be more than this
    held[::4096] = b"x" * len(held[::4096])
    peak = peak_memory(Sample("a.txt", sorted(examples.iterdir())[0].read_bytes()))
    assert 20 < peak < 300
    del held


def test_memory_of_what_cannot_be_read() -> None:
    with pytest.raises(EvaluationError, match=r"a\.txt was not read: "):
        peak_memory(Sample("a.txt", b"\0\1\2"))
