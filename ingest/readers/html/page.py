"""A page on its way to a Document: its lines and tables in reading order, and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.errors import UnreadableFile
from ingest.model import Place, Warning_, make_place
from ingest.numbers import looks_like_value
from ingest.readers.base import Document
from ingest.readers.encoding import Decoded
from ingest.readers.html.grid import write_grid
from ingest.readers.html.markup import Element, Paths, Printed, Pruned
from ingest.readers.html.table import DataRows
from ingest.readers.rendition import Rendition
from ingest.readers.seams import UNKNOWN, tell

_FEW_VALUES = 3
_MANY_VALUES = 10
_LAST_SANE_LINE = 65534  # libxml2 stops counting there


def left_out(pruned: Pruned, place: Place = Place()) -> list[Warning_]:  # noqa: B008
    """Warnings for text that is struck out or hidden, and so not read."""
    out = []
    for code, how, found in (
        ("struck-text", "划去的", pruned.struck),
        ("hidden-text", "页面上看不见的", pruned.hidden),
    ):
        if found:
            text = f"有 {len(found)} 处{how}文字未读，如“{found[0]}”"
            out.append(Warning_(code, text, place))
    return out


@dataclass(frozen=True, slots=True)
class Tabled:
    """Rows of data where they stand among the lines."""

    element: Element
    rows: DataRows
    caption: str


@dataclass
class Page:
    """What a page holds. `has_lines`: whether its line numbers are those of the file."""

    decoded: Decoded
    has_lines: bool
    # held: lxml makes an element anew each time that it is asked for one that nobody holds
    elements: tuple[Element, ...] = ()
    pruned: Pruned = field(default_factory=lambda: Pruned(0, ()))
    blocks: list[Printed | Tabled] = field(default_factory=list)
    warnings: list[Warning_] = field(default_factory=list)
    title: tuple[str, Place] | None = None  # None where a block prints it
    source: str | None = None
    images: int = 0
    frames: int = 0
    attachments: list[str] = field(default_factory=list)
    pictured: list[str] = field(default_factory=list)  # headings with nothing but a picture below
    paths: Paths = field(default_factory=Paths)

    @property
    def lines(self) -> list[str]:
        """The texts of its lines."""
        return [b.text for b in self.blocks if isinstance(b, Printed)]

    @property
    def values(self) -> int:
        """How many cells and lines hold a number and nothing else; stops counting at ten."""
        found = 0
        for block in self.blocks:
            texts = (
                (block.text,)
                if isinstance(block, Printed)
                else tuple(c.cell.text for c in block.rows.cells)
            )
            for text in texts:
                found += text[:1].isdigit() and looks_like_value(text)
                if found >= _MANY_VALUES:
                    return found
        return found

    @property
    def worth(self) -> tuple[int, int]:
        """How much of a report it holds."""
        return self.values, sum(map(len, self.lines))

    def place(self, element: Element) -> Place:
        """Where an element stands."""
        line = element.sourceline
        sane = self.has_lines and line is not None and 0 < line <= _LAST_SANE_LINE
        return make_place(line=line if sane else None, element=self.paths(element))

    def document(self, name: str) -> Document:
        """Lines and grids with their places. Raises UnreadableFile where there are none."""
        out = Rendition()
        if self.title is not None:
            out.line(*self.title)
        if self.source is not None:
            out.line(f"来源：{self.source}", Place(element="head>meta"))
        if not self.blocks and self.title is None:
            raise UnreadableFile(f"{name}: the page holds no text{self._elsewhere()}")
        warnings = [*self.decoded.warnings, *self.warnings]
        for block in self.blocks:
            if isinstance(block, Printed):
                out.line(block.text, self.place(block.element))
            else:
                warnings += write_grid(block.rows, block.element, block.caption, out, self.place)
        if UNKNOWN in out.text:
            warnings += tell(out.blocks, self.decoded.text)
        warnings += self._unread()
        return Document(name, out.text, tuple(out.blocks), tuple(warnings))

    def _elsewhere(self) -> str:
        kinds = {"picture": self.images, "frame": self.frames, "attachment": len(self.attachments)}
        held = [f"{n} {kind}{'s' if n > 1 else ''}" for kind, n in kinds.items() if n]
        return f", only {', '.join(held)}" if held else ""

    def _unread(self) -> list[Warning_]:
        """Warnings for what a person sees on the page, or looks for in it, and code does not read."""
        out = []
        if self.pruned.hidden_tables:
            text = f"页面有 {self.pruned.hidden_tables} 个不显示的表格，未读"
            out.append(Warning_("table-hidden", text))
        out += left_out(self.pruned)
        for heading in self.pictured:
            text = f"“{heading}”之下只有图片，图片里的文字和表格不读"
            out.append(Warning_("section-as-image", text))
        if self.values >= _FEW_VALUES:
            return out
        names = "、".join(self.attachments[:3])
        for code, found, text in (
            (
                "tables-as-image",
                self.images,
                f"没有统计表，只有 {self.images} 张图片；图片里的表格不读",
            ),
            ("content-in-frame", self.frames, "没有统计表；内容在内嵌框架里，不在这个文件中"),
            ("content-in-attachment", len(names), f"没有统计表；内容在附件里：{names}"),
        ):
            if found:
                out.append(Warning_(code, f"页面{text}"))
        return out
