"""The command line's own words in the reader's language: usage, headings of a help page, what was mistyped."""

from __future__ import annotations

import re
import sys
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from crmsim.cli.speech import say
from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, Message

# What the library says in English, and the same as a text of ours; groups fill its slots.
PHRASES = tuple(
    (re.compile(pattern, re.MULTILINE), source)
    for pattern, source in (
        (r"^Usage: ", N_("Usage: ")),
        (r"^Arguments:$", N_("Arguments:")),
        (r"^Options:$", N_("Options:")),
        (r"^Commands:$", N_("Commands:")),
        (r"Show this message and exit\.", N_("Show this message and exit.")),
        (r"\[required\]", N_("[required]")),
        (r"\[default: (?P<value>[^\]]*)\]", N_("[default: {value}]")),
        (r"; required\]", N_("; required]")),
        (r"\[OPTIONS\]", N_("[OPTIONS]")),
        (r"COMMAND \[ARGS\]\.\.\.", N_("COMMAND ...")),
        (r"\{(?P<name>[A-Z|.]+)\}", "{name}"),
        (r"\[(?P<name>\[[^\[\]]*\](?:\.\.\.)?)\](?:\.\.\.)?", "{name}"),
        (r"\.{6}", "..."),
    )
)
SHOWN = 60  # letters of a mistyped value
MISTAKES = tuple(
    (re.compile(pattern, re.DOTALL), source)
    for pattern, source in (
        (r"Missing argument (?P<name>'[^']*')\.?", N_("{name} is missing.")),
        (r"Missing option (?P<name>'[^']*')\.?", N_("The option {name} is missing.")),
        (r"Missing command\.", N_("A command is missing.")),
        (r"No such command (?P<name>'[^']*')\. Did you mean (?P<known>.*)\?",
         N_("There is no command {name}. Did you mean {known}?")),
        (r"No such command (?P<name>'[^']*')\.", N_("There is no command {name}.")),
        (r"No such option: (?P<name>\S+) \(Possible options: (?P<known>.*)\)",
         N_("There is no option {name}. Did you mean {known}?")),
        (r"No such option: (?P<name>\S+)", N_("There is no option {name}.")),
        (r"Option (?P<name>'[^']*') requires an argument\.", N_("The option {name} needs a value.")),
        (r"Option (?P<name>'[^']*') does not take a value\.", N_("The option {name} takes no value.")),
        (r"Got unexpected extra argument(?:s|\(s\))? \((?P<what>.*)\)", N_("This is too much: {what}")),
        (r"Invalid value for (?P<name>'[^']*'): Input should be a valid integer.*",
         N_("{name} is a whole number, not {got}.")),
        (r"Invalid value for (?P<name>'[^']*'): Input should be less than or equal to (?P<most>\S+)",
         N_("{name} is at most {most}, not {got}.")),
        (r"Invalid value for (?P<name>'[^']*'): Input should be greater than or equal to (?P<least>\S+)",
         N_("{name} is at least {least}, not {got}.")),
        (r"Invalid value: (?P<what>.*)", "{what}"),
    )
)  # fmt: skip


def page(text: str) -> str:
    """A help page or a usage line, its fixed words translated."""
    for pattern, source in PHRASES:
        text = pattern.sub(lambda found, source=source: say(Message(source, found.groupdict())), text)  # type: ignore[misc]
    return text


def explain(error: Any) -> None:
    """What was mistyped, how the command is used, and where its help is."""
    context, told = getattr(error, "ctx", None), error.format_message()
    for pattern, source in MISTAKES:
        if found := pattern.fullmatch(told):
            told = say(Message(source, found.groupdict() | {"got": _typed(error)}))
            break
    lines = [told]
    if context is not None:
        lines.append(context.get_usage())
        lines.append(say(Message(N_("Help: {command} --help"), {"command": context.command_path})))
    print("\n".join(lines), file=sys.stderr)


def _typed(error: Any) -> str:
    """The value that did not fit, where the library kept it."""
    faults: list[dict[str, Any]] = getattr(error.__cause__, "errors", list)()
    return safe_text(str(faults[0].get("input", "")), SHOWN) if faults else ""


def _record(found: tuple[str, str]) -> tuple[str, str]:
    """A line of help without the names that types have in the program, and without bounds that nobody reaches."""
    name, told = found
    name = re.sub(r" <(?:int|float)[^>]*>", " N", name)
    name = re.sub(r" <[^>]*>(?:\.\.\.)?", " TEXT" if name.startswith("-") else "", name)
    told = re.sub(r"(?:; )?(?:(?:\b0<=)?x<=9223372036854775807|x>=-?\d+)|default: -1(?=;|\])", "", told).replace(
        "  []", ""
    )
    return name, re.sub(r"(\d+)<=x<=(\d+)", r"\1..\2", told)


class _Speaking:
    """What a command's help says, in the reader's language."""

    def get_usage(self, ctx: Any) -> str:
        """How it is called."""
        return page(super().get_usage(ctx))  # type: ignore[misc]

    def get_help(self, ctx: Any) -> str:
        """Its page of help."""
        return page(super().get_help(ctx))  # type: ignore[misc]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments, then options; a group's commands after them."""
        for heading, kind in ((N_("Arguments:"), "argument"), (N_("Options:"), "option")):
            found = [each.get_help_record(ctx) for each in self.get_params(ctx) if each.param_type_name == kind]  # type: ignore[attr-defined]
            if lines := [_record(each) for each in found if each is not None]:
                with formatter.section(heading.removesuffix(":")):
                    formatter.write_dl(lines)
        if hasattr(self, "format_commands"):
            self.format_commands(ctx, formatter)


class Command(_Speaking, TyperCommand):
    """A command whose help speaks the reader's language."""


class Group(_Speaking, TyperGroup):
    """Commands under one name, the same way."""


def speak(app: typer.Typer) -> None:
    """Every command of the app, and of the apps within it, speaks so."""
    app.info.cls = Group
    for command in app.registered_commands:
        command.cls = Command
    for group in app.registered_groups:
        group.cls = Group
        if group.typer_instance is not None:
            speak(group.typer_instance)
