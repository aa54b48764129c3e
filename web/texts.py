"""Every word of the page that is not from a report or an answer, in both languages.

`TEXTS[key][language]`; a text may hold `{names}`, the same ones in both languages.
"""

from __future__ import annotations

from typing import Final, Literal

Language = Literal["zh", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")

#: what the switch shows: each language in its own words
LANGUAGE_NAMES: Final[dict[Language, str]] = {"zh": "中文", "en": "English"}

#: for the `lang` attribute; without it Chinese is drawn with Japanese letter forms
LANGUAGE_TAGS: Final[dict[Language, str]] = {"zh": "zh-CN", "en": "en"}

TEXTS: Final[dict[str, dict[Language, str]]] = {
    # the page
    "title": {"zh": "问报", "en": "wenbao 问报"},
    "tagline": {
        "zh": "向政府信息公开工作年度报告提问，每个数字都能点回它所在的单元格或句子。",
        "en": "Ask government annual reports on information disclosure. "
        "Every figure leads back to its cell or its sentence.",
    },
    "ask": {"zh": "提问", "en": "Ask"},
    "ask_hint": {
        "zh": "输入问题，按回车发送",
        "en": "Type a question and press Enter",
    },
    "new_talk": {"zh": "重新开始", "en": "Start over"},
    "examples": {"zh": "可以这样问", "en": "Questions to start with"},
    "chat_empty": {
        "zh": "问一个数字、一次比较，或者一个“为什么”。可以接着追问，例如“那2022年呢？”。",
        "en": "Ask for a figure, a comparison or a reason. "
        "Follow-up questions work, such as “And in 2022?”.",
    },
    "chat_no_reports": {
        "zh": "这里还没有报告。请先在下面上传一份，或在命令行运行 wenbao ingest。",
        "en": "There are no reports here yet. Upload one below, or run wenbao ingest.",
    },
    "working": {"zh": "正在查找……", "en": "Looking it up…"},
    # what sort of answer it is
    "chip_cell": {"zh": "出自表格单元", "en": "From a table cell"},
    "chip_text": {"zh": "出自原文", "en": "From the text"},
    "chip_formula": {"zh": "按公式计算", "en": "Computed by formula"},
    "chip_conflict": {"zh": "有出入", "en": "The report disagrees with itself"},
    "chip_abstain": {"zh": "报告里没有", "en": "Not in the reports"},
    "chip_unsure": {"zh": "没有作答", "en": "No answer given"},
    "chip_clarify": {"zh": "需要再说明", "en": "Please say more"},
    "chip_error": {"zh": "没有回答", "en": "Not answered"},
    "chip_none": {"zh": "回答", "en": "Answer"},
    "understood": {"zh": "理解为：{words}", "en": "Read as: {words}"},
    "error_question": {"zh": "这个问题没有回答：{error}", "en": "This was not answered: {error}"},
    "error_inside": {
        "zh": "程序出错，没有回答（{error}）。详情在运行 wenbao serve 的窗口里。",
        "en": "The program failed and gave no answer ({error}). "
        "Details are in the window where wenbao serve runs.",
    },
    # evidence
    "evidence": {"zh": "出处", "en": "Evidence"},
    "evidence_empty": {
        "zh": "回答之后，这里显示数字所在的表格或句子，用到的单元格会标亮。",
        "en": "After an answer, the table or sentence that holds the figure appears here, "
        "with its cell highlighted.",
    },
    "evidence_none": {
        "zh": "这条回答没有给出数字或引文，所以没有出处可看。",
        "en": "This answer gives no figure and no quotation, so there is no evidence to show.",
    },
    "evidence_failed": {
        "zh": "出处没有显示出来（{error}）。",
        "en": "The evidence could not be shown ({error}).",
    },
    "evidence_for": {"zh": "问：{question}", "en": "Question: {question}"},
    "copy": {"zh": "复制回答和出处", "en": "Copy answer and sources"},
    "copied": {"zh": "已复制", "en": "Copied"},
    "notices": {"zh": "请留意", "en": "Please note"},
    "formulas": {"zh": "怎么算出来的", "en": "How it was computed"},
    "formulas_aside": {"zh": "回答里另外算的", "en": "Also computed in the answer"},
    "operands": {"zh": "用到的数字（{n} 个）", "en": "Figures used ({n})"},
    "operand_name": {"zh": "项目", "en": "Item"},
    "operand_value": {"zh": "报告所印", "en": "As printed"},
    "operand_place": {"zh": "位置", "en": "Place"},
    "table": {"zh": "表：{caption}", "en": "Table: {caption}"},
    "table_gone": {
        "zh": "这张表已经不在库里，只剩下它的位置。",
        "en": "This table is no longer in the store; only its place is left.",
    },
    "table_unit": {"zh": "单位：{unit}", "en": "Unit: {unit}"},
    "rows_left_out": {"zh": "……此处略去 {n} 行……", "en": "… {n} rows left out here …"},
    "sentence": {"zh": "原文", "en": "Text"},
    "report_unknown": {"zh": "报告 {id}", "en": "Report {id}"},
    "issuer_unknown": {"zh": "发布机关不详", "en": "Issuer unknown"},
    "year_of": {"zh": "{year}年", "en": "{year}"},
    "source_file": {"zh": "文件：{name}", "en": "File: {name}"},
    "status_zero": {"zh": "印的是 0", "en": "printed as 0"},
    "status_blank": {"zh": "空白，不是 0", "en": "blank, which is not 0"},
    "status_slash": {"zh": "印的是 /，不是 0", "en": "printed as /, which is not 0"},
    "status_dash": {"zh": "印的是短横，不是 0", "en": "printed as a dash, which is not 0"},
    "status_text": {"zh": "印的是文字", "en": "printed as words"},
    "blank": {"zh": "空白", "en": "blank"},
    "place_line": {"zh": "第 {line} 行", "en": "line {line}"},
    "place_page": {"zh": "第 {page} 页", "en": "page {page}"},
    "place_sheet": {"zh": "工作表 {sheet}", "en": "sheet {sheet}"},
    "place_element": {"zh": "位置 {element}", "en": "at {element}"},
    "place_cell": {"zh": "单元格 {cell}", "en": "cell {cell}"},
    # reports
    "reports": {"zh": "库里的报告", "en": "Reports in the store"},
    "reports_count": {"zh": "共 {n} 份", "en": "{n} in all"},
    "reports_more": {
        "zh": "只列出前 {shown} 份，其余 {n} 份可用 wenbao reports 查看。",
        "en": "Only the first {shown} are listed; wenbao reports shows the other {n}.",
    },
    "reports_empty": {
        "zh": "还没有报告。上传之后，或别的程序写入之后，会自动出现在这里。",
        "en": "No reports yet. They appear here once uploaded here or ingested elsewhere.",
    },
    "reports_failed": {
        "zh": "报告列表没有读出来（{error}）。",
        "en": "The list of reports could not be read ({error}).",
    },
    "col_issuer": {"zh": "发布机关", "en": "Issuer"},
    "col_year": {"zh": "年度", "en": "Year"},
    "col_title": {"zh": "标题", "en": "Title"},
    "col_tables": {"zh": "表", "en": "Tables"},
    "col_figures": {"zh": "数字", "en": "Figures"},
    "col_passages": {"zh": "段落", "en": "Passages"},
    "col_vectors": {"zh": "向量", "en": "Vectors"},
    "col_notes": {"zh": "提醒", "en": "Notes"},
    "note_warnings": {"zh": "读取提醒 {n}", "en": "Reading warnings: {n}"},
    "note_findings": {"zh": "内部出入 {n}", "en": "Disagreements: {n}"},
    "note_none": {"zh": "无", "en": "none"},
    "vectors_ready": {
        "zh": "向量已全部就绪（{done} 段）。",
        "en": "All vectors are ready ({done} passages).",
    },
    "vectors_going": {
        "zh": "正在生成向量：{done} / {total} 段。查数字和按词检索现在就能用。",
        "en": "Making vectors: {done} of {total} passages. Figures and word search work already.",
    },
    # upload
    "upload": {"zh": "上传报告", "en": "Upload reports"},
    "upload_drop": {
        "zh": "把文件或 ZIP 拖到这里，或点击选择（可多选）",
        "en": "Drop files or ZIPs here, or click to choose (several at once)",
    },
    "upload_reading": {
        "zh": "正在读取：{name}（{stage}）",
        "en": "Reading {name} ({stage})",
    },
    "stage_read": {"zh": "读文件", "en": "reading the file"},
    "stage_store": {"zh": "写入", "en": "storing"},
    "upload_added": {
        "zh": "已收入：{tables} 张表，{figures} 个数字，{passages} 段文字",
        "en": "Added: {tables} tables, {figures} figures, {passages} passages",
    },
    "upload_unchanged": {
        "zh": "库里已有同样的文件，没有改动",
        "en": "The same file is already in the store; nothing changed",
    },
    "upload_failed": {"zh": "没有读成：{error}", "en": "Could not be read: {error}"},
    "upload_skipped": {"zh": "没有读：{reason}", "en": "Not read: {reason}"},
    "upload_no_report": {
        "zh": "没有从这个文件里读到报告",
        "en": "No report was found in this file",
    },
}


def say(language: Language, key: str, **values: object) -> str:
    """The text for `key` with `values` filled in. KeyError for a key or value that is missing."""
    return TEXTS[key][language].format(**values)
