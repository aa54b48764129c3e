"""The straight rules and the pictures that a PDF page draws."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

MOST_PATHS = 20_000  # of a page; a page full of dotted borders has 10,000
THIN = 2.6  # points; a filled rectangle that is thinner draws a line
_DEEPEST_FORM = 6
_MOST_FILLS = 600
SAME_SHADE = 0.07  # share of the way from black to white in which two shades are one
_OTHER = -1.0  # of a picture or a gradient: what is drawn on it is seen

Box = tuple[float, float, float, float]


class Rule(NamedTuple):
    """A straight line: at `at`, from `start` to `end` along the other axis."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Frame:
    """From the page's own coordinates to those of the page as it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int  # quarter turns clockwise

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as the page is shown, in points."""
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if self.turn % 2 else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as the page is shown: points from its left and top."""
        match self.turn:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the file as the page is shown: left, top, right, bottom in points."""
        xs, ys = zip(self.point(left, bottom), self.point(right, top), strict=True)
        return min(xs), min(ys), max(xs), max(ys)


_Matrix = tuple[float, float, float, float, float, float]


class _Fill(NamedTuple):
    """An area that is filled: its place among all that is drawn, and how light it is.

    `shade` goes from 0, black, to 1, white.
    """

    order: int
    box: Box
    shade: float


def colour_of(part: Any, *, stroke: bool = False) -> tuple[float, float]:
    """How light an object is drawn (0 black, 1 white; 0.5 not known) and how opaque (0 to 1)."""
    colour = [ctypes.c_uint() for _ in range(4)]
    get = pdfium.FPDFPageObj_GetStrokeColor if stroke else pdfium.FPDFPageObj_GetFillColor
    if not get(part, *colour):
        return 0.5, 1.0
    red, green, blue, alpha = (c.value / 255 for c in colour)
    return 0.3 * red + 0.59 * green + 0.11 * blue, alpha


class Drawing:
    """The straight rules, fills and pictures of a page, forms inside it included.

    `orders`: the address of a text object → its place among all that is drawn.
    """

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.horizontal: list[Rule] = []
        self.vertical: list[Rule] = []
        self.pictures = 0.0
        self.paths = 0
        self.full = False
        self.orders: dict[int, int] = {}
        self.shades = {1.0}  # how light the page is here or there
        self._fills: list[_Fill] = []
        self._seen = 0
        self._texts = 0
        self._covered = 0

    @property
    def hidden(self) -> bool:
        """Whether most of the text lies under a picture that fills the page."""
        return 2 * self._covered > self._texts

    def read(self, page: pypdfium2.PdfPage) -> None:
        """Walk all that the page draws."""

        def get(index: int) -> Any:
            return pdfium.FPDFPage_GetObject(page, index)

        self._walk(pdfium.FPDFPage_CountObjects(page), get, (1, 0, 0, 1, 0, 0), 0)

    def _walk(self, count: int, get: Callable[[int], Any], outer: _Matrix, depth: int) -> None:
        for i in range(count):
            self._seen += 1
            if self._seen > 20 * MOST_PATHS or self.paths > MOST_PATHS:
                self.full = True
                return
            part = get(i)
            kind = pdfium.FPDFPageObj_GetType(part)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._texts += 1
                self.orders[ctypes.addressof(part.contents)] = self._seen
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.paths += 1
                self._path(part, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(part, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
                self._fill(self._bounds(part, outer), _OTHER)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                inner = _multiply(_matrix(part), outer)

                def nested(index: int, form: Any = part) -> Any:
                    return pdfium.FPDFFormObj_GetObject(form, index)

                self._walk(pdfium.FPDFFormObj_CountObjects(part), nested, inner, depth + 1)

    def paper(self, x: float, y: float, before: float) -> float:
        """How light it is behind what is drawn at this point as number `before`; -1: not known."""
        if len(self._fills) >= _MOST_FILLS:
            return _OTHER
        for fill in reversed(self._fills):
            x0, top, x1, bottom = fill.box
            if fill.order < before and x0 <= x <= x1 and top <= y <= bottom:
                return fill.shade
        return 1.0

    def _bounds(self, part: Any, outer: _Matrix) -> Box:
        corners = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(part, *corners)
        left, bottom, right, top = (c.value for c in corners)
        ends = [
            self._frame.point(*_apply(outer, x, y)) for x in (left, right) for y in (bottom, top)
        ]
        xs, ys = zip(*ends, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def _fill(self, box: Box, shade: float) -> None:
        if min(box[2] - box[0], box[3] - box[1]) > THIN and len(self._fills) < _MOST_FILLS:
            self._fills.append(_Fill(self._seen, box, shade))
            self.shades.add(shade)

    def _picture(self, part: Any, outer: _Matrix) -> None:
        box = self._bounds(part, outer)
        self._fill(box, _OTHER)
        area = (box[2] - box[0]) * (box[3] - box[1])
        self.pictures += area
        width, height = self._frame.size
        if area > 0.7 * width * height:
            self._covered = self._texts

    def _path(self, part: Any, outer: _Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(part, fill, stroke)
        if not fill.value and not stroke.value:
            return
        if fill.value:
            light, alpha = colour_of(part)
            if alpha > 0.3:
                self._fill(self._bounds(part, outer), light if alpha > 0.95 else _OTHER)
        segments = pdfium.FPDFPath_CountSegments(part)
        if segments > 20 * MOST_PATHS:
            self.full = True
            return
        self.paths += segments // 50
        matrix = _multiply(_matrix(part), outer)
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        curved = False
        for i in range(segments):
            segment = pdfium.FPDFPath_GetPathSegment(part, i)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                self._outline(points, curved, bool(stroke.value))
                points, curved = [], False
            curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(self._frame.point(*_apply(matrix, x.value, y.value)))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        self._outline(points, curved, bool(stroke.value))

    def _outline(self, points: list[tuple[float, float]], curved: bool, stroked: bool) -> None:
        """Rules of one outline: all of it where it is thin, else its straight stroked sides."""
        if len(points) < 2:
            return
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        if y1 - y0 <= THIN or x1 - x0 <= THIN:
            # a dot of a dotted border belongs to a rule of either direction
            if y1 - y0 <= THIN:
                self.horizontal.append(Rule((y0 + y1) / 2, x0, x1))
            if x1 - x0 <= THIN:
                self.vertical.append(Rule((x0 + x1) / 2, y0, y1))
            return
        if not stroked or curved:
            return
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ay - by) <= 0.5 < abs(ax - bx):
                self.horizontal.append(Rule((ay + by) / 2, min(ax, bx), max(ax, bx)))
            elif abs(ax - bx) <= 0.5 < abs(ay - by):
                self.vertical.append(Rule((ax + bx) / 2, min(ay, by), max(ay, by)))


def _matrix(part: Any) -> _Matrix:
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(part, m)
    return m.a, m.b, m.c, m.d, m.e, m.f


def _multiply(m: _Matrix, n: _Matrix) -> _Matrix:
    """First `m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _apply(m: _Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]
