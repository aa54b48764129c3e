"""The sentences of the invented reports. `[[printed|value|unit|qualifier]]` marks a figure for the gold."""

# fmt: off
# ruff: noqa: E501
from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

from model import Report, comma, han


def pct(part: int, whole: int, places: int = 2) -> str:
    return str((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def f(text: object, unit: str = "件", value: object = "", qualifier: str = "") -> str:
    return f"[[{text}|{value if value != '' else text}|{unit}|{qualifier}]]"


def _received(r: Report, rng: random.Random, voice: str) -> str:
    new, carry, done, left = (r.t3(k) for k in ("new", "carry", "sum", "next"))
    nat = r.t3("new", "nat")
    if new == 0:
        return rng.choice([
            f"{r.year}年，{r.we}未收到公民、法人或者其他组织提出的政府信息公开申请，也没有上年结转办理的申请。",
            f"本年度{r.we}没有收到依申请公开政府信息的申请件，未发生因此收取费用的情形。",
        ])
    if voice == "comma":
        shown = comma(str(new))
        return (f"全年收到政府信息公开申请{f(shown, value=new)}件，连同上年结转的{f(carry)}件，共需办理"
                f"{f(comma(str(new + carry)), value=new + carry)}件；已经答复{f(comma(str(done)), value=done)}件，"
                f"其余{f(left)}件转入下一年度。申请人中，自然人提交{f(comma(str(nat)), value=nat)}件，占{f(pct(nat, new), '%')}%。")
    if voice == "han" and new < 10000:
        return (f"一年来，{r.we}受理依申请公开{f(han(new), value=new)}件，办结{f(han(done), value=done)}件，"
                f"没有出现逾期不答复的情况。")
    if voice == "few":
        return f"本年度新收申请{f(new)}件，均由办公室统一登记、分办、答复，当年办结{f(done)}件。"
    return (f"{r.year}年共收到新申请{f(new)}件，其中自然人{f(nat)}件、法人或其他组织{f(new - nat)}件；上年结转{f(carry)}件。"
            f"按照法定时限办结{f(done)}件，予以公开{f(r.t3('open'))}件，部分公开{f(r.t3('part'))}件，结转下年度{f(left)}件。")


def say_coverage(r: Report, seed: int) -> None:
    """A report that sums up all bodies below its issuer says so."""
    if r.coverage == "汇总":
        low, bodies = {"省": ("市州", "省直"), "市": ("县（市、区）", "市直")}.get(r.level, ("乡镇（街道）", "区直" if r.we == "我区" else "县直"))
        r.prose["前言"][-1] += [
            f"本报告由本级人民政府办公室综合各{low}和{bodies}各部门的年度报告编制而成。",
            f"报告中的数据为各{low}、{bodies}各单位的汇总数。",
        ][seed % 2]


def write(r: Report, seed: int, voice: str = "plain", size: int = 2) -> None:
    """Fill r.prose: 前言, 一 … 六. size 1 is a half-page report of a township, 3 a long one."""
    rng = random.Random(seed)
    we, y = r.we, r.year
    n = rng.randint
    r.prose["前言"] = [rng.choice([
        f"根据《中华人民共和国政府信息公开条例》第五十条的规定，编制本报告。本报告所列数据的统计期限自{y}年1月1日起至{y}年12月31日止。如有疑问，请与{we}政务公开工作人员联系。",
        f"本年度报告按照国务院办公厅政府信息与政务公开办公室规定的格式编写，由总体情况、主动公开、申请办理、复议诉讼、问题改进、其他事项六个部分组成。数据统计时间为{y}年1月1日至12月31日。",
        f"现将{we}{y}年政府信息公开工作情况公布如下。报告的电子版可在本级政府门户网站“政府信息公开年报”栏目下载。",
    ])]
    say_coverage(r, seed)
    first = [rng.choice([
        f"{y}年，{we}把公开透明作为转变作风的抓手，围绕群众最关心的教育、就医、用水、用地等事项，认真做好政府信息公开各项工作。",
        f"过去一年，{we}坚持以公开促规范、以公开促服务，压实科室责任，信息公开工作总体平稳有序。",
        f"{y}年，{we}结合本地实际，细化年度政务公开任务清单，逐条明确牵头单位和完成时间，各项任务基本落实。",
    ])]
    posts, wx = n(120, 900) * size, n(40, 400) * size
    first.append("（一）主动公开情况。" + rng.choice([
        f"全年通过门户网站发布各类信息{f(posts, '条')}条，政务新媒体推送{f(wx, '条')}条，更新机构职能和领导分工信息{f(n(3, 19), '条')}条。",
        f"在门户网站开设专题栏目{f(n(2, 9), '个')}个，发布信息{f(f'{posts}余', '条', posts, '余')}条；通过微信公众号发布{f(wx, '条', wx, '超过').replace('[[', '超过[[')}条。",
        f"公开政策文件{f(n(6, 60), '件')}件，配发图表、音频等形式的解读{f(n(4, 50), '篇')}篇，举办新闻发布活动{f(han(n(2, 9)), '场', '').replace('||', '||')}场。",
    ]))
    first[-1] = _han_values(first[-1])
    first.append("（二）依申请公开情况。" + _received(r, rng, voice))
    if size > 1:
        first.append("（三）政府信息管理情况。" + rng.choice([
            "落实公开前的保密、个人信息和文字三道审查，对历年文件逐件标注有效、失效、废止状态，网上文件库与纸质台账保持一致。",
            f"组织清理历年公文{f(n(100, 700), '件')}件，重新核定公开属性，补录遗漏目录{f(n(6, 80), '条')}条。",
        ]))
        first.append("（四）平台建设情况。" + rng.choice([
            f"完成网站适老化改造，修复错链断链{f(n(5, 70), '处')}处；政务公开专区全年接待来访{f(f'近{(k := n(4, 30) * 100)}', '人次', k, '近').replace('[[近', '近[[')}人次。",
            "整合分散栏目，按照“谁产生、谁发布、谁维护”的办法明确更新责任，关停长期没有内容的账号。",
        ]))
        first.append("（五）监督保障情况。" + rng.choice([
            f"召开专题会议{f(n(1, 5), '次')}次，举办业务培训{f(n(1, 6), '期')}期，参训{f(n(30, 600), '人次')}人次；本年度没有发生需要追究责任的情形。",
            f"把信息公开列入年度考核，占{f(n(2, 5), '分')}分，按季度通报栏目更新情况，对{f(n(2, 8), '家')}家单位进行了提醒。",
        ]))
    r.prose["一"] = first
    r.prose["五"] = [rng.choice([
        "主要问题：一是个别单位主动公开的意识还不够强，更新不够及时；二是政策解读形式单一，群众看得懂的不多；三是基层经办人员变动较快，业务不熟。",
        "当前工作仍有不足：公开内容与群众期待有距离，答复文书的说理不够充分，专职力量薄弱。",
        "对照要求，还存在栏目内容重复、信息查找不便、依申请公开答复质量参差不齐等问题。",
    ]), rng.choice([
        "下一步，将重点抓好三件事：梳理公开目录，提高解读质量，加强跟班培训。",
        "针对这些问题，拟从健全会商机制、统一文书模板、开展轮训三个方面改进。",
        "改进措施：一是每月通报栏目更新；二是疑难申请由法律顾问参与会商；三是定期听取群众意见。",
    ])]
    r.prose["六"] = [rng.choice([
        f"本年度{we}没有收取政府信息公开信息处理费。",
        "没有其他需要报告的事项。",
        f"{y}年未向申请人收取信息处理费；承办人大代表建议和政协提案{f(n(3, 90), '件')}件，已全部答复。",
    ])]


def _han_values(text: str) -> str:
    """Give the Chinese numerals in marks their value."""
    for i in range(2, 10):
        text = text.replace(f"[[{han(i)}|{han(i)}|", f"[[{han(i)}|{i}|")
    return text
