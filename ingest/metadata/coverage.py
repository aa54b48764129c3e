"""Whom a report's counts cover: the issuer alone, or all bodies below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

#: the whole that an issuer's name may speak for, by the last letters of the name
_WHOLE = {
    "省": "全省", "自治区": "全区", "市": "全市", "区": "全区", "县": "全县", "旗": "全旗", "州": "全州",
    "盟": "全盟", "地区": "全地区", "兵团": "全兵团",
}  # fmt: skip
_APPLICATIONS = r"(?:收到|受理|办理|新收|接收|收办|答复|办结|接到)"
_COUNT = (
    rf"(?:{_APPLICATIONS}[^。;]{{0,24}}?(?:\d|[零一二三四五六七八九十百千]+件)"
    r"|(?:未|没有|无)(?:收到|接到|受理)[^。;]{0,14}申请)"
)
_SELF = (
    r"(?:本|我)(?:单位|机关|行政机关|部门|局|委|厅|办|院|中心|处|署|所|站|公司|校|馆|街道|镇|乡"
    r"|管委会|办公室|办事处|级机关)"
)
_ALONE = re.compile(rf"{_SELF}[^。;]{{0,20}}?{_COUNT}")
_BODIES = (
    r"(?:各级行政机关|各级人民政府|各级政府|下属(?:各)?单位|所属(?:各)?(?:单位|部门|机构)|(?:市|区|县|省)级(?:各)?部门"
    r"|(?:市|区|县|省)政府(?:各)?部门|各(?:县\(区\)|县\(市、区\)|县|区|市|镇|乡|街镇|县区|县市区|区县|部门|单位|街道|乡镇|镇街|委办局|行政机关)"
    r"|所辖[县区市]|(?:乡镇|街镇|镇街|街道|县区|区县|县市区)[^。;]{0,8})"
)
_SCOPE = re.compile(
    rf"(?:数据|统计)[^。;]{{0,30}}?(?:包括|包含|涵盖|汇总|覆盖|含)(?!条例)[^。;]{{0,30}}?{_BODIES}"
    rf"|(?:汇总|综合)(?:了|自)?[^。;]{{0,12}}?{_BODIES}[^。;]{{0,20}}?(?:数据|统计|年报|报告)"
    rf"|{_BODIES}[^。;]{{0,16}}?(?:数据|年度报告|年报)[^。;]{{0,6}}?汇总"
)
_ONLY = re.compile(
    r"(?:数据|统计|报告)[^。;]{0,20}?(?:仅|只)(?:为|含|包括|包含|统计|涉及|反映)?[^。;]{0,12}?"
    r"(?:本级|本机关|本单位)"
    r"|(?:数据|统计)[^。;]{0,30}?不(?:含|包括|包含)[^。;]{0,16}?(?:各|下属|所属|乡镇|街道|县|区|部门)"
)
# what no clause lacks in which `_SCOPE` finds anything
_GATHERED = re.compile("数据|统计|汇总|综合")
_ONLY_WORD = re.compile("仅|只|所属|下属|部门")
# the sentence with which a report presents itself: 现将我局2023年政府信息公开工作情况公布如下
_PRESENTED = (
    r"(?:20\d{2}年度?|本年度|上一?年度)?的?(?:政府|政务)?信息公开(?:工作)?[^。;,]{0,8}(?:情况|报告)"
)
_OWN = re.compile(rf"(?:现将|公布|报告|发布|编制)了?{_SELF}{_PRESENTED}")
_SPEAKS = re.compile(
    r"我(?:单位|局|委|厅|办|院|中心|处|署|所|站|公司|校|馆|街道|镇|乡|管委会|办公室|办事处)"
    r"|本(?:单位|局|委|厅|办|院|中心|署|公司|校|馆|街道|镇|乡)(?![级身土])"
)
_TOLD = re.compile(rf"{_APPLICATIONS}|数据|统计|汇总|综合|信息公开")
_CLAUSES = re.compile("[。;]")
_SYSTEM = re.compile(rf"全(?:省|市|区|县|州)?[^,。;\d]{{0,6}}系统[^。;]{{0,20}}?{_COUNT}")


def coverage_of(issuer: str | None, sentences: Iterable[str]) -> str | None:
    """`本机关`, `全市汇总` (全省, 全区, …), or None where the counts do not say.

    Only sentences that count applications or state what the statistics cover are looked at; where
    they contradict each other the answer is None.
    """
    name = _whole(issuer)
    whole = _of_whole(name) if name else ()
    alone = every = system = speaks = False
    for text in sentences:
        speaks = speaks or bool(_SPEAKS.search(text))
        if not _TOLD.search(text):
            continue
        for clause in _CLAUSES.split(text):
            may_be_only = "只" in clause or "仅" in clause or "不" in clause
            only = may_be_only and _ONLY.search(clause) is not None
            if only and name is not None and not _ONLY_WORD.search(clause):
                return None  # a county's report without its towns still has its departments
            alone = alone or only
            if not alone and ("本" in clause or "我" in clause):  # both begin with 本机关, 我局
                alone = bool(_ALONE.search(clause) or _OWN.search(clause))
            if only:
                continue
            system = system or ("系统" in clause and _SYSTEM.search(clause) is not None)
            every = every or (_GATHERED.search(clause) and _SCOPE.search(clause)) is not None
            if whole and not every and ("我" in clause or "全" in clause or "各级" in clause):
                every = any(pattern.search(clause) for pattern in whole)
    if alone and (every or system):
        return None
    # a department that reports in the first person counts what it did itself
    if alone or (speaks and issuer and name is None and not every and not system):
        return "本机关"
    if every and name is not None:
        return f"{name}汇总"
    return "全系统汇总" if system and name is None else None


@lru_cache(maxsize=32)
def _of_whole(name: str) -> tuple[re.Pattern[str], ...]:
    """How a sentence counts for all bodies of a whole: 全市 and 我市.

    A place that speaks of itself means all its bodies: 我区受理申请787件.
    """
    whole = f"(?:{name}|我{name[1:]})"
    return (
        re.compile(rf"(?:现将|公布|报告|发布|编制)了?{whole}{_PRESENTED}"),
        re.compile(rf"{whole}(?!系统)[^。;,]{{0,24}}?{_COUNT}"),
        re.compile(rf"{whole},?[^。;]{{0,6}}共?{_COUNT}"),
        re.compile(rf"各级行政机关[^。;]{{0,20}}?{_COUNT}"),
    )


def _whole(issuer: str | None) -> str | None:
    if issuer is None:
        return None
    for length in (3, 2, 1):
        if (word := _WHOLE.get(issuer[-length:])) is not None:
            return word
    return None
