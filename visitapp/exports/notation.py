"""The words around a table in the reader's language: caption, base, marks, notes."""

from __future__ import annotations

from visitapp.i18n import tr
from visitapp.tabulation.table import ALL, SMALL_BASE, Cell, Row, Table


def caption(table: Table) -> str:
    """図表　… with （複数回答可） where it applies: what stands above a figure."""
    if table.answer_type == "multiple":
        return tr("図表　{title}（複数回答可）", title=table.title)
    return tr("図表　{title}", title=table.title)


def base_line(table: Table) -> str:
    """Question number, base and n of a table; a table whose rows differ in n says so in its rows."""
    sizes = {row.n for row in table.rows}
    if len(sizes) == 1:
        return "　".join(filter(None, (table.number, table.base, tr("n={n}", n=f"{sizes.pop():,}"))))
    return "　".join(filter(None, (table.number, table.base)))


def sizes(table: Table) -> str:
    """The bases of a table's rows: one number, or the smallest and the largest."""
    low, high = min(row.n for row in table.rows), max(row.n for row in table.rows)
    return f"{low:,}" if low == high else tr("{low}～{high}", low=f"{low:,}", high=f"{high:,}")


def option_text(cell: Cell) -> str:
    """An option as shown; the marks 合計 and 無回答 in the language in use."""
    if cell.role == "total":
        return tr("合計")
    return tr("無回答") if cell.role == "no_answer" else cell.option


def row_text(row: Row) -> str:
    """A row's label as shown: 全体 in the language in use, ※ after the label of a small base."""
    label = tr("全体") if row.label == ALL else row.label
    return tr("{label}※", label=label) if label and 0 < row.n < SMALL_BASE else label


def legend(table: Table) -> str:
    """How to read the cells."""
    if table.kind == "cross":
        return tr("上段：回答数　下段：回答割合（％）　網掛：各行の第１位（同数はすべて）")
    return tr("網掛：第１位（同数はすべて）")


def notes(table: Table) -> tuple[str, ...]:
    """Sentences under the table."""
    texts = []
    if table.answer_type == "multiple":
        texts.append(tr("複数回答のため、割合の計は100％を超えることがあります。"))
    for code, values in table.notes:
        known = dict(values)
        if code == "unanswered":
            texts.append(tr("未回答が{count}件あり、母数に含み、どの選択肢にも数えていません。", count=known["count"]))
        elif code == "small_base":
            texts.append(tr("※は母数が{n}未満です。割合の読み方に注意してください。", n=known["n"]))
        elif code == "no_category":
            texts.append(tr("「－」は、その系列に選択肢が無いことを表します。"))
    return tuple(texts)
