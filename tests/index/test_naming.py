import pytest

from index import Assistant
from index.naming import Naming, Unnamed
from index.plan.catalogue import make_catalogue
from ingest.forms import load_forms
from ingest.words import load_concepts


@pytest.fixture
def naming(assistant: Assistant) -> Naming:
    lexicon = assistant._lexicon(make_catalogue(assistant.reports()))
    return Naming(load_concepts(), lexicon)


def test_every_cell_of_every_form_by_its_labels_and_its_key(naming: Naming) -> None:
    for form in load_forms():
        for table in form.tables:
            for block in table.blocks:
                for row in block.rows:
                    for column in block.columns:
                        key = table.concept(row, column)
                        column_path = " / ".join(column.path)
                        assert naming.cell(key).concept == key
                        if row.path:
                            trials = [(" / ".join(row.path), column.path[-1])]
                            if sum(r.path[-1] == row.path[-1] for r in block.rows) == 1:
                                trials.append((row.path[-1], column_path))
                        else:  # part four: its rows have no labels
                            trials = [(column_path, None), (column_path, "")]
                        for trial in trials:
                            assert naming.cell(*trial).concept == key, trial


@pytest.mark.parametrize(
    ("row", "column", "concept"),
    [
        ("新收", None, "t3.received.total"),
        ("新收", "企业", "t3.received.enterprise"),
        ("收到的申请", "個人", "t3.received.natural"),
        ("不予公开", None, "t3.refused.total"),
        ("国家秘密", None, "t3.refused.state_secret.total"),
        ("规章", "废止", "t2.rules.repealed"),
        ("行政处罚", None, "t2.penalty.decisions"),
        ("行政诉讼", None, "t4.litigation.total"),
        ("行政诉讼", "结果纠正", "t4.litigation.corrected"),
        ("行政诉讼", "复议后起诉 / 结果维持", "t4.after.upheld"),
        ("行政复议", "其他结果", "t4.reconsideration.other"),
        ("applications received", "enterprises", "t3.received.enterprise"),
        ("t4.reconsideration", "corrected", "t4.reconsideration.corrected"),
    ],
)
def test_words(naming: Naming, row: str, column: str | None, concept: str) -> None:
    assert naming.cell(row, column).concept == concept


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("妇女", None, "no-row"),
        ("", None, "no-row"),
        ("?", None, "no-row"),
        ("t9.nothing.total", None, "no-row"),
        ("规章", None, "no-column"),
        ("规章", "自然人", "no-column"),
        ("行政许可", "自然人", "no-column"),
        ("新收", "火星", "no-column"),
        ("新收", "结果纠正", "no-column"),
        ("行政复议", "复议后起诉 / 火星", "no-column"),
        ("行政许可和行政处罚", None, "which-row"),
    ],
)
def test_what_names_no_cell(naming: Naming, row: str, column: str | None, reason: str) -> None:
    with pytest.raises(Unnamed) as raised:
        naming.cell(row, column)
    assert raised.value.reason == reason


def test_the_columns_of_a_row(naming: Naming) -> None:
    assert naming.columns("t2.rules") == (
        *("made", "repealed", "in_force"),  # the form of 2021
        *("newly_made", "newly_disclosed", "disclosed"),  # the form of 2019
    )
    assert naming.columns("t2.licensing") == ("decisions", "items_before", "items_change")
    assert naming.columns("t4.after")[-1] == "total"
    assert len(naming.columns("t3.refused")) == 7


def test_scope(naming: Naming) -> None:
    slots, rest = naming.scope("上海市2023年有哪些问题")
    assert (slots.issuers, slots.years) == (("上海市",), (2023,))
    assert "上海" not in rest and "2023" not in rest and "问题" in rest
