"""What only looks like a figure in a sentence: names, dates, words, halves of numbers, not one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ingest.narrative.units import HAN, load_units
from ingest.numbers import chinese_to_int

_ANY = rf"\d{HAN}万亿"
_FORMAL = "廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟萬億"
# part of a longer number or of a range: 1,23件, 1/3件; 二〇23; 12 . 5%, 3☐5件; ×100%
_CONTINUED = re.compile(
    rf"\d[ ,.~～—–至到]$|[\d{HAN}余多][万亿千百十]$|[{HAN}][~—至到]$|[{HAN}][万亿]?$|[≥≤<>±~]$"
    rf"|\d ?[^\w\s;:=、()\[\]〔〕“”《》<>%‰] ?$|[×÷*+]$|[{_FORMAL}]$|(?<![减担自肩抱欠胜])负$"
)
_CONTINUES = re.compile(rf"[{_ANY}]")
_NUMBER_AT = re.compile(rf"\d+(?![\d.])|[{HAN}](?=十?(?![{HAN}]))")
_NEXT = re.compile(rf"(\d{{1,3}}|(?<![{HAN}])[{HAN}])、$")
_ARTICLE = rf"[{HAN}\d]+[条项款章]?"
_ARTICLES = re.compile(rf"第{_ARTICLE}(?:[、至到和及]{_ARTICLE})*[、至到和及]$")
_WIDE_COMMAS = re.compile(r"[\d０-９]+(?:，[\d０-９]+)+")
# names of documents, names in quotes, addresses, times, numbers of documents and telephones
_NO_FIGURES = re.compile(
    r"《[^《》]*》|“[^“”]{1,20}”|‘[^‘’]{1,20}’|\"[^\"]{1,20}\""
    r"|(?:https?://|www\.)[\w./%?=&-]+|[A-Za-z0-9_.-]+@[\w.-]+"
    r"|[〔\[(](?:19|20)\d\d[〕\])](?:第)?\d+号"
    r"|(?:7[×*xX])?(?<!\d)24小时|\d{1,2}:\d\d(?:[-~至到—]+\d{1,2}:\d\d)?|\d{1,2}[时点]\d{1,2}分"
    r"|\d{3,4}-\d{7,8}|\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d+(?:\.\d+){2,}"
    rf"|[{HAN}\d]季度"
)
# what any of these begins with, and the same where there is no address
_MAY_BE_NONE = re.compile(rf"[《“‘\"〔\[(A-Za-z0-9_.\-\d{HAN}]")
_MAY_BE_ADDRESS = re.compile(r"@|http|www\.")
_MAY_BE_OTHER = re.compile(rf"[《“‘\"〔\[(]|\d(?=\d*[×*xX:时点./小季-])|[{HAN}](?=季度)")
_COUNTED = re.compile(r"(?:量|数|额|次数|人数)(?:已|共|约|总计|累计)*(?:达|为|是|有)?(?:到)?[:]?$")
_EDGE = re.compile(r"$|[,;。、)!]")
_CASE = "诉讼|复议|案件?|投诉|举报|信访|事件|事故|纠纷|申请|舆情|违[法规纪]|败诉"
_CASE_BEHIND = re.compile(
    rf"(?:因[^,;。]{{0,16}}的|因|涉及?|信息公开|政府信息公开|行政|民事)*(?:{_CASE})"
)
_CASE_BEFORE = re.compile(rf"(?:{_CASE})(?:共|仅|有|为)*$")
_POINTS = re.compile(r"[得均总评为达占计扣加]$|得分[为达]?$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLAUSE = re.compile(r"[,;。:()、!?]")
_EACH = re.compile(
    r"(?:每|任何?|哪怕|单)$|每(?![年月周日天季半个家次期场人位名件条项])[^,;。\d]{1,4}$"
)
_ONE_EACH = re.compile(r"一[^\d,;。]$|^一[^\d,;。]{1,8}对应$")  # 一人一档
_ALWAYS = re.compile(
    r"一|(?:也|都|就)?[不没未](?!予|属|存在|符|服|受理|公开|被|能提供)|[^,;。\d]{0,6}"
    r"(?:只[能可]|应当|必须|不得|可以|对应|涉及多个|涉及几个)"
)
# 五台县, 七台河市, 三家店村; but 三家县级医院, 五家市直部门
_PLACE = re.compile(
    r"[河渠沟店桥营堡庄湾岭寨站]?(?:(?:市|县|区|镇|乡)(?![级属直委政民人里内办公局务域、和及与]|[县市镇乡村区])"
    r"|村(?![级民里委]))"
)
_PLACE_UNITS = frozenset("家台户条站座")


def no_figures(text: str) -> Iterator[re.Match[str]]:
    """`_NO_FIGURES.finditer(text)` in a third of the time: tried only where one can begin."""
    begins = _MAY_BE_NONE if _MAY_BE_ADDRESS.search(text) else _MAY_BE_OTHER
    at = 0
    while (first := begins.search(text, at)) is not None:
        m = _NO_FIGURES.match(text, first.start())
        if m is not None:
            yield m
        at = m.end() if m is not None else first.end()


def is_continued(text: str, at: int, unit: str | None, end: int) -> bool:
    """Whether the number at `at` is a part of a longer one: 1,23件, 负3%, 3、4件左右."""
    before = text[max(at - 4, 0) : at]
    if _CONTINUED.search(before) or (unit is None and _CONTINUES.match(text, end)):
        return True
    m = _NEXT.search(before) if before.endswith("、") else None
    if m is None:
        return False
    number = _NUMBER_AT.match(text[at:])
    if number is None or re.search(r"分别[^,;。]*$", text[:at]):
        return False
    low, high = (
        int(n) if n.isascii() else chinese_to_int(n) or 0 for n in (m[1], number[0])
    )  # fmt: skip
    return high == low + 1 and m[1].isascii() == number[0].isascii()


def is_none(text: str, m: re.Match[str], unit: str | None) -> bool:
    """未发生一起, 无1例, 每办理1件, 一件不漏: not one, or any one. 不予公开1件 is a count."""
    number, at = m["number"], m.start("number")
    if number not in ("一", "1") or unit is None or m["scale"] or m["inner"] or m["after"]:
        return False
    clause = _CLAUSE.split(text[:at])[-1]
    if _EACH.search(clause):
        return True
    words = load_units()
    none = words.none.search(clause)
    if none is not None:
        return not (none[0] == "不存在" and clause[: none.start()].endswith(words.absent))
    if number == "1":
        return False
    return _ALWAYS.match(text, m.end()) is not None or bool(_ONE_EACH.search(clause))


def is_bare_count(text: str, m: re.Match[str]) -> bool:
    """`访问量达7854070。`: a number without a unit that a word for a count stands before."""
    return bool(
        len(m["number"]) > 1 and _COUNTED.search(text[: m.start()]) and _EDGE.match(text, m.end())
    )


def is_word(text: str, m: re.Match[str], unit: str, chinese: bool) -> bool:
    """六个部分, 三项制度, 八成立, 十分, 12345部门: number and unit are part of a name or a word."""
    words = load_units()
    rest = text[m.end() :]
    if m["behind"] is None:
        if rest[:1] and rest[0] in words.not_units.get(unit, ""):
            return True
        if rest.startswith(words.not_unit_words.get(unit, ())):
            return True
        if (
            len(m["number"]) == 4
            and _YEAR.fullmatch(m["number"])
            and (unit + rest).startswith(words.year_words)
        ):
            return True
    if not chinese or m["before"]:
        return unit == "分" and not _POINTS.search(text[: m.start()])
    if unit == "分" or rest.startswith(words.names + words.phrases.get(unit, ())):
        return True
    if len(m["number"]) < 3 and unit in _PLACE_UNITS and _PLACE.match(rest):
        return True
    if unit == "次" and (
        rest.startswith(("全会", "全体")) or (rest[:2] == "会议" and _ends(text, m, words.sessions))
    ):
        return True
    if unit == "起" and m["number"] == "一" and not _is_one_case(text, m):
        return True
    if unit == "站":  # 十八站, 三站
        return True
    small = len(m["number"]) == 1
    return small and unit in words.kinds and not re.match(r"$|[,;。、)的]", rest)


def _is_one_case(text: str, m: re.Match[str]) -> bool:
    """一起诉讼, 诉讼一起: one; else 一起 is "together"."""
    if _CASE_BEHIND.match(text, m.end()):
        return True
    return bool(_EDGE.match(text, m.end()) and _CASE_BEFORE.search(text[: m.start()]))


def _ends(text: str, m: re.Match[str], words: tuple[str, ...]) -> bool:
    return text.endswith(words, 0, m.start())


def is_list(number: str, printed: str, before: str) -> bool:
    """`15，234，108件` is a list, `分别为15，234件` too; `1，234件` is one number, printed wide."""
    runs = [
        run
        for run in _WIDE_COMMAS.findall(printed)
        if run.count("，") > 1 or re.search(r"分别[^,;。]*$", before)
    ]
    return any(unicodedata.normalize("NFKC", run) == number for run in runs)


def is_name(text: str, start: int, end: int, chinese: bool, unit: str | None = None) -> bool:
    """A number inside a word: after an ordinal, between Latin letters, in a document number."""
    before = text[:start]
    words = load_units()
    if before.endswith(words.ordinals) and not before.endswith(words.not_ordinals):
        return True
    if before[-1:].isalnum() and before[-1:].isascii():
        return True
    if _ARTICLES.search(before):
        return True
    after = text[end : end + 1]
    if unit is None and after.isascii() and after.isalpha():
        return True
    if before[-1:] in {"-", "/", "."} or after in {"〕", "]"}:
        return True
    if after not in {"、", ")"} and not (chinese and after == "是"):
        return False
    lead = before.removesuffix("(")  # （1）, 1、, 一是: markers of a list
    return not lead or lead[-1] in "。;,:"


def is_date(text: str, m: re.Match[str], unit: str | None) -> bool:
    """5月, 2023年, 3点, 16区."""
    if unit is not None and unit not in ("年", "日", "点", "区", "市", "县", "版"):
        return False
    if m["scale"] or m["inner"] or m["after"]:
        return False
    rest = text[m.end("number") : m.end("number") + 2]
    return rest.startswith(load_units().not_figures) or unit is not None


def counts(number: str, m: re.Match[str], unit: str | None) -> bool:
    """Chinese numerals count only with a unit: `一是`, `一体化`, `十三五` are words.

    `数十件` and `三四件` are no numbers, `零件` and `一件事` are words.
    """
    if m.string[: m.start("number")].endswith(("数", "几", "上", "好")) or number == "零":
        return False
    if re.fullmatch(r"[〇零一二两三四五六七八九]{2,}", number):
        return False
    if unit is None:
        return bool(m["scale"] and (m["inner"] or m["after"] or m["before"]))
    if m.string.startswith("事", m.end()) and unit in {"件", "类"}:
        return False
    return not (
        number in {"一", "两"}
        and m["after"] is None
        and m["scale"] is None
        and unit in load_units().loose
        and not (number == "两" and m["before"] in load_units().bounds)
    )


_OPEN = re.compile(rf"[{_ANY}十百千点][,.，]?$|\d[,.。]$")


def cut_before(before: str, text: str) -> bool:
    """Whether the number that `text` begins with may be the end of one that `before` leaves open."""
    return bool(re.match(rf"[{_ANY}]", text) and _OPEN.search(before))


def cut_behind(unit: str | None, after: str) -> bool:
    """Whether `after` goes on with the number, or with its unit, that the text before it ends in."""
    if unit is None:
        return bool(re.match(rf"[{_ANY},.%‰]", after)) or after.startswith(load_units().units)
    words = load_units()
    if after[:1] and after[0] in words.not_units.get(unit, ""):
        return True
    return any(
        len(u) > len(unit) and u.startswith(unit) and after.startswith(u[len(unit) :])
        for u in words.units
    )
