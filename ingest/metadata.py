"""Who issued a report, for which year, at which level, covering whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.model import Sentence, Warning_
from ingest.normalise import clean
from ingest.numbers import chinese_to_int
from ingest.readers import TextLine

_YEAR = r"(?:(?<!\d)(?P<digits>20\d{2})(?!\d)|(?P<chinese>二[〇零○O0][〇零一二三四五六七八九]{2}))"
_SUBJECT = r"政府信息公开(?:工作)?(?:年度|年(?!报))?(?:工作)?(?:年度)?(?:报告|年报)"
_TITLE_FIRST = re.compile(rf"^{_YEAR}年?度?(?P<issuer>.*?)(?:年度)?(?:的)?{_SUBJECT}")
_TITLE_SECOND = re.compile(rf"^(?P<issuer>.*?){_YEAR}年?度?(?:年度)?(?:的)?{_SUBJECT}")
# a link to another report, not this one's title
_NEIGHBOUR = re.compile(r"^(上|下)一?(篇|条|页)|^相关|^返回|^首页|^当前位置|^推荐")
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_PERIOD = re.compile(r"20\d{2}年1月1日(?:起)?(?:至|到|—|-)(?:20\d{2}年)?12月31日")
_DEPARTMENT = re.compile(
    r"(厅|局|委|委员会|办公室|办|处|院|大学|学院|中心|公司|集团|署|总队|支队|医院|银行|馆)$"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the front matter says; None where it says nothing."""

    title: str | None
    issuer: str | None
    region: str | None
    level: str | None
    coverage: str | None
    year: int | None
    period: str | None
    warnings: tuple[Warning_, ...]


def read_metadata(lines: list[TextLine], sentences: tuple[Sentence, ...], name: str) -> Metadata:
    """Find title, issuer, year, level and coverage in the first lines, else in the file's name."""
    title, issuer, year = _from_title(lines)
    warnings = []
    if year is None or not issuer:
        named_title, named_issuer, named_year = _from_line(clean(name.rsplit(".", 1)[0]))
        if named_year is not None and year is None:
            year = named_year
            warnings.append(Warning_("year-from-name", f"报告年度 {year} 取自文件名"))
        if named_issuer and not issuer:
            issuer = named_issuer
            warnings.append(Warning_("issuer-from-name", f"发布机关“{issuer}”取自文件名"))
        title = title or named_title
    if issuer is None:
        warnings.append(Warning_("issuer-unknown", "没有找到发布机关"))
    if year is None:
        warnings.append(Warning_("year-unknown", "没有找到报告年度"))
    level, region = _level(issuer) if issuer else (None, None)
    period = next((m.group() for s in sentences if (m := _PERIOD.search(s.text))), None)
    if year is not None and period and not period.startswith(str(year)):
        warnings.append(
            Warning_("year-conflict", f"标题的报告年度是 {year}，正文的统计期限是“{period}”")
        )
    return Metadata(
        title, issuer, region, level, _coverage(issuer, sentences), year, period, tuple(warnings)
    )


def _from_title(lines: list[TextLine]) -> tuple[str | None, str | None, int | None]:
    filled = [line for line in lines if line.text.strip()][:40]
    for i, line in enumerate(filled):
        text = clean(line.text).strip(" #*")
        if _NEIGHBOUR.match(text):
            continue
        found = _from_line(text)
        if found[2] is None and i + 1 < len(filled) and len(text) < 40:
            # a title that is broken in two lines
            found = _from_line(text + clean(filled[i + 1].text).strip(" #*"))
        if found[2] is not None:
            return found
    return None, None, None


def _from_line(text: str) -> tuple[str | None, str | None, int | None]:
    if len(text) > 80:
        return None, None, None
    for pattern in (_TITLE_FIRST, _TITLE_SECOND):
        m = pattern.match(text)
        if m:
            written = m["digits"] or re.sub("[○O0]", "〇", m["chinese"])
            year = int(written) if written.isdigit() else chinese_to_int(written)
            issuer = re.sub(
                r"^(关于|发布|公布)|(关于|发布|公布)$", "", m["issuer"].strip(" 《“:：-_")
            )
            issuer = re.sub(r"(人民政府|政府)$", "", issuer) if _place(issuer) else issuer
            issuer = issuer.removesuffix("人民")  # 上海市人民政府信息公开: one 政府 for both
            return text[: m.end()].strip("《》"), issuer or None, year
    return None, None, None


def _place(issuer: str) -> bool:
    return bool(re.search(r"(省|市|区|县|旗|州|盟|镇|乡|街道)(人民政府|政府)$", issuer))


def _level(issuer: str) -> tuple[str | None, str | None]:
    """Level and region; a municipality is of the level of a province (直辖市)."""
    if _DEPARTMENT.search(issuer):
        region = re.match(r"^.*?(省|自治区|市|州|盟|县|区|旗)", issuer)
        return "部门", region.group() if region else None
    if issuer.startswith(("国务院", "国家")):
        return "国家", None
    if issuer in _MUNICIPALITIES or re.search(r"(省|自治区|特别行政区)$", issuer):
        return "省", issuer
    if re.search(r"(镇|乡|街道|苏木)$", issuer):
        return "乡镇", issuer
    if re.search(r"(县|旗|区)$", issuer):
        return "区县", issuer
    if re.search(r"(市|州|盟|地区)$", issuer):
        return "市", issuer
    return None, None


def _coverage(issuer: str | None, sentences: tuple[Sentence, ...]) -> str | None:
    """`all bodies` where the narrative counts 全市/全县…, `issuer alone` where it says so."""
    whole = {"省": "全省", "市": "全市", "区": "全区", "县": "全县", "旗": "全旗", "州": "全州"}
    word = whole.get(issuer[-1]) if issuer else None
    text = "".join(s.text for s in sentences[:40])
    if re.search(r"本(单位|机关|部门|局|委|厅)(共|全年|收到|主动公开|新收)", text):
        return "本机关"
    if word and word in text:
        return f"{word}汇总"
    if issuer and re.search(r"各级行政机关|县区|各区|各县", text) and issuer[-1] in whole:
        return f"{whole[issuer[-1]]}汇总"
    return None
