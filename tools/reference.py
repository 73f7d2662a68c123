"""Writes docs/reference.md and docs/reference.zh.md from the declarations: actions, desk tables, facts and mishaps."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from crmsim.crm.labels import ROLES
from crmsim.crm.mishaps import MISHAPS, Mishap
from crmsim.engine.action import fields_of, help_of, label_of
from crmsim.engine.words import Message, render, translate
from crmsim.roles import ACTIONS, TABLES
from crmsim.vocabulary import all_facts, kind_name

DOCS = Path(__file__).parent.parent / "docs"
DESKS = {role for table in TABLES for role in table.roles}
PEOPLE = tuple(role for role in ROLES if role in DESKS)
HEADINGS = {
    "en": (
        "Reference",
        "Made from the declarations by `make reference`.",
        "Actions",
        "Tables",
        "Facts",
        "min",
        "optional",
    ),
    "zh": ("参考手册", "由 `make reference` 根据声明生成。", "操作", "工作台表格", "事实", "分钟", "可选"),
}

MISHAP_HEADS = {
    "en": ("Mishaps", "Mishap", "Fact", "Who learns of it", "Accounts", "Satisfaction", "Trust", "What follows"),
    "zh": ("意外情况", "情况", "事实", "谁会知道", "账目", "满意度", "信任", "后果"),
}
NAMED = {  # who is told because the fact names them
    "owner": ("its owner", "负责人"), "agent": ("its agent", "受理客服"), "seat": ("whoever handles it", "经办人"),
    "customer": ("the customer", "客户"), "role": ("the desk it waited at", "所等待的岗位"),
}  # fmt: skip
ACCOUNTS = {
    "sales": ("sales", "销售收入"), "stock": ("stock", "库存"), "bad_debt": ("bad debt", "坏账"),
    "wages": ("wages", "工资"),
}  # fmt: skip


def page(language: str) -> str:
    """The whole reference in one language, as Markdown."""
    return "\n".join(_lines(language)).rstrip() + "\n"


def _lines(language: str) -> Iterator[str]:
    title, made, actions, tables, facts, minutes, optional = HEADINGS[language]
    yield from (f"# {title}", "", made, "")
    for role in PEOPLE:
        yield from (f"## {_seat(role, language)}", "", f"### {actions}", "")
        for action in ACTIONS:
            if role in action.roles:
                label, what = translate(label_of(action), language), translate(help_of(action), language)
                yield f"- **{label}** (`{action.__name__}`, {action.minutes} {minutes}): {what}"
                for field in fields_of(action).values():
                    name = translate(field.kind.label, language)
                    rest = "" if field.required else f", {optional}"
                    yield f"    - {name} (`{field.name}`, {kind_name(field.kind)}{rest})"
        yield from ("", f"### {tables}", "")
        for table in TABLES:
            if role in table.roles:
                columns = " · ".join(translate(each.label, language) for each in table.columns)
                label, menu = translate(table.label, language), translate(table.menu, language)
                yield f"- **{label}** (`{table.id}`, {menu}): {columns}"
        yield ""
    yield from (f"## {facts}", "")
    for fact in all_facts():
        yield f"- `{fact.__name__}`: {translate(fact.summary, language) or '-'}"
    title, *heads = MISHAP_HEADS[language]
    yield from ("", f"## {title}", "", f"| {' | '.join(heads)} |", "|" + "---|" * len(heads))
    for mishap in MISHAPS:
        yield f"| {' | '.join(_cells(mishap, language))} |"


def _seat(role: str, language: str) -> str:
    """What a seat of this role is called; as a matter sales and service are other words."""
    return render(Message("{role:role}", {"role": role}), language)


def _cells(mishap: Mishap, language: str) -> tuple[str, ...]:
    chinese = language == "zh"
    told = [
        NAMED[each[1:]][chinese] if each[0] in "@#" else _seat(each, language) for each in mishap.fact.tells
    ]  # fmt: skip
    falls = ("-", "falls") if not chinese else ("-", "下降")
    return (
        f"`{mishap.id}`",
        f"`{mishap.fact.__name__}`",
        ("、" if chinese else ", ").join(told),
        ", ".join(ACCOUNTS[each][chinese] for each in mishap.costs) or "-",
        falls[mishap.felt],
        falls[mishap.trust],
        translate(mishap.follows, language),
    )


def main() -> int:
    """Write both pages; with --check only say whether they are up to date."""
    stale = []
    for language, name in (("en", "reference.md"), ("zh", "reference.zh.md")):
        text, path = page(language), DOCS / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    print("written: " + ", ".join(stale) if stale else "up to date")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
