"""A published form outside the program: a page that anyone's browser fills in, and the answers that come back (FRM-1).

The page holds all that it needs. Opened as a file it offers the answers as a file of their own; served (`crmsim web
--forms`) it sends them home. Either way they enter the game as an action like any other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import msgspec

from crmsim.crm.form import Question, problem_of
from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, Message, _, render, translate

SUFFIX = ".answers.json"
MOST_BYTES = 400_000  # of one file of answers
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:40em;margin:2em auto;padding:0 1em}label,fieldset{display:block;"
    "margin:1em 0}fieldset{border:1px solid #bbb}fieldset label{margin:.2em 0}input:not([type=checkbox]),select,"
    "textarea{display:block;width:100%;font:inherit;box-sizing:border-box}.must::after{content:' *';color:#b00}"
    ".wrong{color:#b00}"
)
SCRIPT = """
const form = document.querySelector('form'), told = document.querySelector('output');
form.addEventListener('submit', async event => {
  event.preventDefault();
  const answers = [...form.querySelectorAll('[data-field]')].map(each => each.tagName === 'FIELDSET'
    ? [...each.querySelectorAll(':checked')].map(box => box.value).join(', ') : each.value);
  const body = JSON.stringify({form: form.dataset.form, answers});
  told.className = '';
  if (form.dataset.home) {
    const reply = await fetch(form.dataset.home, {method: 'POST', body, headers: {'Content-Type': 'application/json'}});
    told.className = reply.ok ? '' : 'wrong';
    told.textContent = reply.ok ? form.dataset.thanks : await reply.text();
    if (reply.ok) form.reset();
  } else {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([body], {type: 'application/json'}));
    link.download = form.dataset.form + '-' + Date.now() + '.answers.json';
    link.click();
    told.textContent = form.dataset.kept;
  }
});
"""


class Answered(msgspec.Struct, forbid_unknown_fields=True):
    """What a page gives back: which form, and one answer a field."""

    form: str
    answers: tuple[str, ...]


def page(view: Any, sheet: Any, language: str, home: str = "") -> str:
    """A form as a page of HTML; `home` is where its answers are sent, "" to keep them in a file."""
    fields = "\n".join(_field(view, each, number, language) for number, each in enumerate(sheet.questions))
    said = {
        "thanks": N_("Thank you. It was sent."),
        "kept": N_("The answers lie in your downloads. Send that file to whoever asked."),
    }
    words = "".join(f' data-{name}="{escape(translate(text, language))}"' for name, text in said.items())
    title, send = escape(safe_text(str(sheet.name), 120)), escape(translate(N_("Send"), language))
    return (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{STYLE}</style>'
        f'<h1>{title}</h1><form data-form="{escape(sheet.id)}" data-home="{escape(home)}"{words}>\n{fields}\n'
        f"<button>{send}</button></form><output></output><script>{SCRIPT}</script></html>\n"
    )


def _field(view: Any, asked: Question, number: int, language: str) -> str:
    """One field of the page, by the kind of the question."""
    label, must = escape(safe_text(asked.label, 120)), " required" if asked.required else ""
    mark, here = ' class="must"' if asked.required else "", f'data-field="{number}"'
    if asked.kind == "multi":
        boxes = "".join(
            f'<label><input type="checkbox" value="{escape(each)}"> {escape(each)}</label>' for each in asked.options
        )
        return f"<fieldset {here}><legend{mark}>{label}</legend>{boxes}</fieldset>"
    if asked.kind in {"long", "attachment"}:
        return f"<label><span{mark}>{label}</span><textarea {here} rows=5{must}></textarea></label>"
    known = _choices(view, asked, language)
    if known is not None:
        options = "".join(f'<option value="{escape(value)}">{escape(words)}</option>' for value, words in known)
        return f"<label><span{mark}>{label}</span><select {here}{must}><option></option>{options}</select></label>"
    types = {"phone": "tel", "email": "email", "number": "number"}
    type_ = "date" if asked.kind == "date" else types.get(asked.check, "text")
    return f'<label><span{mark}>{label}</span><input type="{type_}" {here}{must}></label>'


def _choices(view: Any, asked: Question, language: str) -> list[tuple[str, str]] | None:
    from crmsim.crm.form import kind_of

    if asked.kind == "rating":
        return [(str(each), str(each)) for each in range(1, 6)]
    if asked.kind not in {"single", "member"}:
        return None
    dates = view.scenario.calendar.dates
    return [(each.value, render(each.label, language, dates)) for each in kind_of(asked).options(view, {})]


def write_page(view: Any, sheet: Any, path: Path, language: str) -> None:
    """The page as a file."""
    try:
        path.write_text(page(view, sheet, language), encoding="utf-8")
    except OSError as error:
        raise StoreError(
            _("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or "")
        ) from error  # fmt: skip


def answered(body: bytes, view: Any, sheet: Any) -> tuple[str, ...] | Message:
    """The answers that came back, as the form takes them; what is wrong with them as a sentence."""
    try:
        found = msgspec.json.decode(body[:MOST_BYTES], type=Answered)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _("These are no answers of a form.")
    if found.form != sheet.id or len(found.answers) != len(sheet.questions):
        return _("These are the answers of another form.")
    answers = tuple(_typed(view, *each) for each in zip(sheet.questions, found.answers, strict=True))
    for question, typed in zip(sheet.questions, answers, strict=True):
        problem = problem_of(question, view, typed)
        if problem is not None:
            return _("“{name}”: {problem}", name=question.label, problem=problem)
    return answers


def _typed(view: Any, asked: Question, text: str) -> str:
    """An answer as it would be typed; a browser's date becomes a day of the game."""
    from datetime import date

    if asked.kind == "date" and text:
        try:
            days = (date.fromisoformat(text) - date.fromisoformat(view.scenario.calendar.first_date)).days
        except ValueError:
            return text
        return f"day {days + 1}"
    return safe_text(text, 64_000)


def answer_files(paths: list[Path]) -> Iterator[tuple[Path, bytes]]:
    """The files of answers: those named, and those in the folders named."""
    for path in paths:
        found = sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path]
        for each in found:
            try:
                if each.stat().st_size > MOST_BYTES:
                    raise BadInput(_("{file} is too large; divide it.", file=each.name))
                yield each, each.read_bytes()
            except OSError as error:
                reason = safe_text(error.strerror or str(error), 200)
                raise BadInput(_("The file {file} cannot be read: {reason}.", file=str(each), reason=reason)) from error


def as_file(sheet: str, answers: tuple[str, ...]) -> str:
    """Answers as a page's file holds them."""
    return json.dumps({"form": sheet, "answers": list(answers)}, ensure_ascii=False)
