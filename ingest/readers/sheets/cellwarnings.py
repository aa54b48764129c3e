"""What cells of a sheet show where that is not what they hold, with the warnings that say so."""

from __future__ import annotations

from decimal import Decimal

from ingest.model import Place, Warning_
from ingest.readers.sheets.numberformat import show
from ingest.readers.sheets.sheet import cell_name

_MOST_TOLD = 20

At = tuple[int, int]  # row and column, from 0


class CellWarnings:
    """Collects the warnings of one sheet; of each code not more than can be read."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._told: dict[str, list[Warning_]] = {}

    @property
    def all(self) -> list[Warning_]:
        """The warnings, those of one code together."""
        out = []
        for code, warnings in self._told.items():
            out += warnings[:_MOST_TOLD]
            if len(warnings) > _MOST_TOLD:
                text = f"工作表“{self._sheet}”另有 {len(warnings) - _MOST_TOLD} 个这样的单元格"
                out.append(Warning_(code, text, Place(sheet=self._sheet)))
        return out

    def uncached(self, formula: str, at: At) -> None:
        """A formula whose result the file does not hold."""
        text = (
            f"{self._name(at)} 是公式（{formula}），文件里没有它的计算结果，不作数值；"
            "用 Excel 打开、保存后再读"
        )
        self.add("formula-uncached", text, at)

    def shown(
        self, value: Decimal, code: str, at: At, *, mac_epoch: bool = False, zeros: bool = True
    ) -> str:
        """What the number `value` shows under the format `code`; `zeros`: the sheet shows zeros."""
        shown = show(value, code, mac_epoch=mac_epoch)
        if not shown.faithful:
            text = (
                f"{self._name(at)} 的数字格式（{code}）不认识，按数值 {shown.text} 读取，"
                "与页面显示可能不同"
            )
            self.add("number-format", text, at)
        if value != 0 or (zeros and any(c.isdigit() for c in shown.text)):
            return shown.text
        seen = shown.text.strip() if zeros else ""
        text = f"{self._name(at)} 的值是 0，但格式使它显示为“{seen}”，按显示读取"
        self.add("zero-not-shown", text, at)
        return seen

    def unread(self, code: str, how: str, quote: str, at: At) -> None:
        """Text of a cell that is not read because of how it looks."""
        self.add(code, f"{self._name(at)} 有{how}文字，未读：“{quote}”", at)

    def unclear(self, printed: str, letter: str, at: At) -> None:
        """A number that cannot be told: its print changes inside it, or it may not be seen."""
        text = (
            f"{self._name(at)}（“{printed}”）的数字字号前后不一或颜色与底色相近，"
            f"无法确定，读作“{letter}”，未采用"
        )
        self.add("number-unclear", text, at)

    def add(self, code: str, text: str, at: At) -> None:
        """A warning at a cell."""
        place = Place(sheet=self._sheet, cell=cell_name(*at))
        self._told.setdefault(code, []).append(Warning_(code, text, place))

    def _name(self, at: At) -> str:
        return f"“{self._sheet}”的 {cell_name(*at)}"
