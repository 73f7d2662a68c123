"""Everything that people read exists in Chinese, with the same slots, once."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from crmsim.engine.action import fields_of
from crmsim.engine.words import _, render
from crmsim.roles import ACTIONS
from tools.compile_locale import LOCALE, Translations, compile_language, read
from tools.extract_locale import KEYWORDS, LANGUAGE, ROOT, called, has_words, missing, modules, room_of


def slots(text: str) -> set[tuple[str, str]]:
    """The names and forms of a text's slots; ValueError when its braces do not match."""
    return {(name, form or "") for _, name, form, _ in string.Formatter().parse(text) if name is not None}


def wrong_slots(found: Translations) -> list[str]:
    """Translations whose slots are not those of their source."""
    wrong = []
    for source, text in found.texts.items():
        try:
            if slots(source) == slots(text):
                continue
        except ValueError as error:
            wrong.append(f"{found.rooms[source]}: {source!r} -> {text!r}: {error}")
        else:
            wrong.append(f"{found.rooms[source]}: {source!r} -> {text!r}")
    return wrong


def loose_calls(source: str) -> list[str]:
    """Calls of `_` that no catalogue can serve, or that leave a slot empty."""
    wrong = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS):
            continue
        text = node.args[0] if node.args else None
        if isinstance(text, (ast.JoinedStr, ast.BinOp)) or (
            isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr == "format"
        ):
            wrong.append(f"{node.lineno}: put together before it is translated; use {{named}} slots")
        elif node.func.id == "_" and isinstance(text, ast.Constant) and isinstance(text.value, str):
            given = {each.arg for each in node.keywords}
            empty = {name for name, _ in slots(text.value)} - given
            if empty and None not in given:
                wrong.append(f"{node.lineno}: nothing fills {', '.join(sorted(empty))}")
    return wrong


def po(folder: Path, name: str, *entries: tuple[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    body = "\n".join(f'msgid "{source}"\nmsgstr "{text}"\n' for source, text in entries)
    (folder / name).write_text(body, encoding="utf-8")


def test_every_text_has_a_translation() -> None:
    lacking = [f"{text.room}.po  {text.place}: {text.source!r}" for text in missing()]
    assert not lacking, f"\n{len(lacking)} without a translation:\n" + "\n".join(lacking)


def test_a_catalogue_file_is_named_after_a_room() -> None:
    files = {path.stem for path in (LOCALE / LANGUAGE).glob("*.po")}
    assert files <= {room_of(path) for path in modules()}


def test_slots_are_the_same_in_both_languages() -> None:
    wrong = wrong_slots(read(LOCALE / LANGUAGE))
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_rooms_do_not_disagree() -> None:
    problems = read(LOCALE / LANGUAGE).problems
    assert not problems, "\n" + "\n".join(problems)


def test_a_text_is_written_whole_and_its_slots_are_filled() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{each}"
        for path in modules()
        for each in loose_calls(path.read_text(encoding="utf-8"))
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_text_within_an_f_string_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "crmsim").mkdir()
    (tmp_path / "crmsim" / "room.py").write_text("x = f\"{_('then {what}', what=1)}\", N_('a' 'b')\n", encoding="utf-8")
    monkeypatch.setattr("tools.extract_locale.ROOT", tmp_path)
    monkeypatch.setattr("tools.extract_locale.SOURCE", tmp_path / "crmsim")
    assert [(text.room, text.source) for text in called()] == [("room", "then {what}"), ("room", "ab")]


def test_planted_disagreement_is_found(tmp_path: Path) -> None:
    po(tmp_path / "zh_CN", "a.po", ("Order", "订单"), ("Same", "同"))
    po(tmp_path / "zh_CN", "b.po", ("Order", "命令"), ("Same", "同"))
    (problem,) = read(tmp_path / "zh_CN").problems
    assert problem.startswith("b.po: 'Order'")


def test_planted_empty_and_fuzzy_texts_count_as_missing(tmp_path: Path) -> None:
    po(tmp_path / "zh_CN", "a.po", ("Empty", ""), ("Kept", "有"))
    with (tmp_path / "zh_CN" / "a.po").open("a", encoding="utf-8") as file:
        file.write('\n#, fuzzy\nmsgid "Guessed"\nmsgstr "猜"\n')
    assert read(tmp_path / "zh_CN").texts == {"Kept": "有"}


@pytest.mark.parametrize("text", ["{sum:money}元", "{amount}", "{amount:money} {more}", "无", "{amount:money"])
def test_planted_other_slots_are_found(text: str) -> None:
    found = Translations("zh_CN", {"{amount:money} due": text}, {"{amount:money} due": "a.po"})
    assert wrong_slots(found) != []
    found.texts["{amount:money} due"] = "应付{amount:money}"
    assert wrong_slots(found) == []


@pytest.mark.parametrize(
    "content",
    [
        'msgid "open\nmsgstr "x"\n',
        'msgid "a"\nmsgstr x\n',
        'msgid "a" "b"\nmsgstr "x"\n',
        'msgid "a"\nmsgid "b"\nmsgstr "x"\n',
        'msgstr "x"\n',
        'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\n',
    ],
)
def test_planted_broken_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.po").write_text(content, encoding="utf-8")
    (problem,) = read(tmp_path).problems
    assert problem.startswith("a.po: cannot be read: line ")


def test_long_quoted_and_neighbouring_texts_are_read(tmp_path: Path) -> None:
    content = '#: a.py\nmsgid ""\n"one "\n"\\"two\\"\\n"\nmsgstr "一“二”\\n"\nmsgid "next"\nmsgstr "下"\n# last\n'
    (tmp_path / "a.po").write_text(content, encoding="utf-8")
    assert read(tmp_path).texts == {'one "two"\n': "一“二”\n", "next": "下"}


def test_a_text_of_slots_alone_needs_no_translation() -> None:
    assert not has_words("{amount:money} {share:percent}")
    assert has_words("{amount:money}: {share:percent}")  # its colon stands otherwise in Chinese
    assert has_words("{amount:money} due")


@pytest.mark.parametrize(
    "call", ['_(f"{x} left")', '_("a" + x)', '_("a {x}".format(x=1))', '_("{n} left")', 'N_("a" % x)']
)
def test_planted_loose_calls_are_found(call: str) -> None:
    assert len(loose_calls(call)) == 1


@pytest.mark.parametrize(
    "call", ['_("{n} left", n=1)', '_("a" " b")', "_(label)", '_("{n}", **more)', 'N_("{n} left")']
)
def test_calls_that_can_be_translated_pass(call: str) -> None:
    assert loose_calls(call) == []


def test_the_compiled_catalogue_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    folder = tmp_path / "zh_CN"
    po(folder, "b.po", ("Stage", "阶段"))
    po(folder, "a.po", ("Order", "订单"))
    compile_language(folder)
    made = folder / "LC_MESSAGES" / "crmsim.mo"
    first = made.read_bytes()
    made.unlink()
    compile_language(folder)
    assert made.read_bytes() == first
    assert "订单".encode() in first


def test_a_reason_that_is_chosen_is_told_in_chinese_afterwards() -> None:
    chosen = {
        id
        for action in ACTIONS
        for name, field in fields_of(action).items()
        if name == "reason" and isinstance(getattr(field.kind, "words", None), tuple)
        for id, _label in field.kind.words
    }
    assert {"no_stock", "pestered"} <= chosen
    told = {id: render(_("{reason:label}", reason=id), "zh") for id in chosen}
    assert not [each for each in told.items() if each[1].isascii()]
