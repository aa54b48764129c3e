"""Which issuers and years there are, and what people call the issuers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from index.plan.words import fold
from index.store.store import ReportSummary

_SUFFIX = re.compile(r"(特别行政区|自治区|自治州|自治县|省|市|区|县|旗|州|盟|镇|乡|街道)$")
_PLACES = re.compile(r".+?(?:省|自治区|自治州|市|州|盟|县|区|旗|镇|乡|街道)")


@dataclass(frozen=True)
class Catalogue:
    """The reports that a question may be answered from.

    `issuers` in the store's order; `reports` by (issuer, year); `names` maps what people write
    (folded) to the issuers it may mean.
    """

    issuers: tuple[str, ...]
    reports: dict[tuple[str, int], tuple[ReportSummary, ...]]
    names: dict[str, tuple[str, ...]]

    def years(self, issuer: str) -> tuple[int, ...]:
        """The years that an issuer has reports of, ascending."""
        return tuple(sorted({y for i, y in self.reports if i == issuer}))

    @property
    def all_years(self) -> tuple[int, ...]:
        """The years that any issuer has reports of, ascending."""
        return tuple(sorted({y for _, y in self.reports}))


def make_catalogue(summaries: Iterable[ReportSummary]) -> Catalogue:
    """The catalogue of some reports; those without issuer or year cannot be named."""
    reports: dict[tuple[str, int], list[ReportSummary]] = {}
    for s in summaries:
        if s.issuer is not None and s.year is not None:
            reports.setdefault((s.issuer, s.year), []).append(s)
    issuers = tuple(dict.fromkeys(issuer for issuer, _ in reports))
    names: dict[str, list[str]] = {}
    strong: dict[str, str] = {}
    for issuer in issuers:
        for rank, name in issuer_names(issuer):
            if rank == 0:
                strong.setdefault(name, issuer)
            names.setdefault(name, []).append(issuer)
    merged = {
        name: (strong[name],) if name in strong else tuple(dict.fromkeys(found))
        for name, found in names.items()
    }
    return Catalogue(issuers, {k: tuple(v) for k, v in reports.items()}, merged)


@lru_cache(maxsize=50000)
def issuer_names(issuer: str) -> tuple[tuple[int, str], ...]:
    """(rank, folded name) of what people call an issuer; rank 0 names it whole, 1 in part."""
    out = [(0, issuer)]
    short = _SUFFIX.sub("", issuer)
    if len(short) >= 2:
        out.append((0, short))
    if _SUFFIX.search(issuer):
        out += [(0, issuer + "人民政府"), (0, issuer + "政府"), (0, short + "政府")]
        if issuer.endswith("街道"):
            out += [(0, issuer + "办事处"), (0, issuer + "办")]
        parts = _PLACES.findall(issuer)
        if len(parts) > 1 and "".join(parts) == issuer:
            last = parts[-1]
            out.append((1, last))
            if len(_SUFFIX.sub("", last)) >= 2:
                out.append((1, _SUFFIX.sub("", last)))
        out += [(0, name) for name in _latin(short)]
    return tuple((rank, fold(name)) for rank, name in out)


def _latin(short: str) -> list[str]:
    from pypinyin import Style, pinyin

    sounds = [p[0] for p in pinyin(short, style=Style.NORMAL)]
    return ["".join(sounds), " ".join(sounds)] if all(s.isascii() for s in sounds) else []
