"""Chinese lexical search on SQLite FTS5, over character bigrams.

FTS5's own tokenizers take a Chinese clause as one word. Bigrams need no dictionary, find names that
none would hold, and cost nothing to load. Each row also holds a word for its report, so that a
search can be narrowed to some reports inside the index.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection, Engine, text

from index.store import direct
from ingest.normalise import clean

# 〇, the unified ideographs and the rare ones of names; then Latin words and numbers
_RUNS = re.compile(r"[\u3007\u3400-\u9fff\U00020000-\U0003ffff]+|[a-z0-9.%]+")
_FEW = 500  # reports whose passages are looked through; of more, the index is asked first
_TABLE = "kindxtable"  # the word that rows of tables hold; no report does
_HALVES = re.compile("[\ud800-\udfff]")


def words_of(printed: str) -> list[str]:
    """Bigrams of each Chinese run (the letter itself for a run of one), Latin words, numbers."""
    out: list[str] = []
    # half a letter (a lone surrogate) is no part of a word, and folding it would raise
    whole = _HALVES.sub(" ", printed)
    for m in _RUNS.finditer(clean(whole).lower()):
        run = m.group()
        if run[0].isascii():
            out.append(run.strip(".%") or run)
        elif len(run) == 1:
            out.append(run)
        else:
            out += [run[i : i + 2] for i in range(len(run) - 1)]
    return [w for w in out if w]


def _report_word(report_id: str) -> str:
    return "rid" + re.sub(r"[^a-z0-9]", "x", report_id)


def add_report(connection: Connection, report_id: str) -> None:
    """Index the passages of a report; part of the transaction that writes them."""
    from index.store import schema

    rows = connection.execute(
        schema.passages.select().where(schema.passages.c.report_id == report_id)
    ).mappings().all()  # fmt: skip
    found = connection.execute(
        text(
            "SELECT p.id, p.labels FROM paths p WHERE p.id IN "
            "(SELECT section FROM passages WHERE report_id = :r)"
        ),
        {"r": report_id},
    )
    labels: dict[int, str] = {r[0]: r[1] for r in found}
    values = [
        {
            "id": r["id"],
            "words": " ".join(
                [
                    _report_word(report_id),
                    *([_TABLE] if r["table_id"] is not None else []),
                    *words_of(labels.get(r["section"], "") + r["text"]),
                ]
            ),
        }
        for r in rows
    ]
    if values:
        connection.execute(
            text("INSERT INTO passages_fts (rowid, words) VALUES (:id, :words)"), values
        )


def remove_report(connection: Connection, report_id: str) -> None:
    """Take a report's passages out of the index; call before the passages go."""
    connection.execute(
        text(
            "DELETE FROM passages_fts WHERE rowid IN (SELECT id FROM passages WHERE report_id = :r)"
        ),
        {"r": report_id},
    )


def search(
    engine: Engine,
    question: str,
    report_ids: Iterable[str] | None,
    limit: int,
    *,
    tables: bool = True,
    more: Iterable[str] = (),
) -> list[tuple[int, float]]:
    """(passage id, score) of the best passages, best first; a higher score is better.

    `report_ids` None searches all reports, `tables` False only their narrative, `more` are further
    words to look for. Empty where nothing of the question occurs.
    """
    words = list(dict.fromkeys([*words_of(question), *(" ".join(words_of(w)) for w in more)]))
    if not words:
        return []
    match = " OR ".join(f'"{w}"' for w in words if w)
    if report_ids is not None:
        names = [f'"{_report_word(r)}"' for r in report_ids]
        if not names:
            return []
        match = f"({' OR '.join(names)}) AND ({match})"
    if not tables:
        match = f"({match}) NOT {_TABLE}"
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT rowid, -bm25(passages_fts) AS score FROM passages_fts "
                "WHERE passages_fts MATCH :m ORDER BY score DESC, rowid LIMIT :n"
            ),
            {"m": match, "n": limit},
        ).all()
    return [(r[0], float(r[1])) for r in rows]


def reports_with(engine: Engine, word: str, report_ids: Collection[str]) -> Iterator[str]:
    """The reports whose narrative holds a word as it is written; at least those of `report_ids`."""
    like = "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"
    if len(report_ids) <= _FEW:
        names = direct.marks(len(report_ids))
        yield from direct.column(
            engine,
            "SELECT DISTINCT report_id FROM passages "
            f"WHERE report_id IN ({names}) AND table_id IS NULL AND text LIKE ? ESCAPE '\\'",
            (*report_ids, like),
        )
    elif len(word) > 1 and _RUNS.fullmatch(word) and not word.isascii():
        # the index knows where all pairs of its letters stand, some of them apart from each other
        match = " AND ".join(f'"{pair}"' for pair in words_of(word))
        yield from direct.column(
            engine,
            "SELECT DISTINCT p.report_id FROM passages_fts f JOIN passages p ON p.id = f.rowid "
            "WHERE passages_fts MATCH ? AND p.table_id IS NULL AND p.text LIKE ? ESCAPE '\\'",
            (match, like),
        )
    else:
        yield from direct.column(
            engine,
            "SELECT DISTINCT report_id FROM passages "
            "WHERE table_id IS NULL AND text LIKE ? ESCAPE '\\'",
            (like,),
        )
