"""What runs for each submission: the hand-in, as a zip or as the service unpacked it, becomes a results.json."""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from pathlib import Path
from typing import Any

from crmsim.engine.errors import BadInput, CrmsimError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import Message, _, render
from crmsim.grading.batch import Task, grade_handed
from crmsim.grading.gradebook import UNSCORED, gradescope, rows_of
from crmsim.grading.policy import Policy, read_policy
from crmsim.grading.rubric import read_rubric
from crmsim.grading.submission import MEMBERS, MOST_MEMBER, MOST_ZIP, Submission, read, read_content
from crmsim.store.sealing import host_key_of

LANGUAGE = "zh" if os.environ.get("CRMSIM_LANG") == "zh" else "en"


def results(home: Path) -> dict[str, Any]:
    """The result of what lies in `home`/submission, by the rules in `home`/source."""
    source = home / "source"
    try:
        task = _task(source)
        handed = _handed(home / "submission")
        record = grade_handed(handed, "submission", task).record
    except CrmsimError as error:
        return _failed(safe_text(render(error.message, LANGUAGE), 400))
    except Exception as error:  # a foreign file may bring about what nobody thought of; the student is told
        return _failed(safe_text(f"{type(error).__name__}: {error}", 400))
    (row,) = rows_of([record], task.policy)
    found = gradescope(record, row)
    said = [
        _("Handling {handling}, lab report {report}, taken off for lateness {penalty}.",
          **{name: "-" if row[name] == "" else str(row[name]) for name in ("handling", "report", "penalty")}),
        *_unscored(row), *_pending(row), *_stranger(home, handed.header.student),
    ]  # fmt: skip
    return found | {"output": "\n".join(render(each, LANGUAGE) for each in said)}


def _unscored(row: dict[str, Any]) -> list[Message]:
    """The service wants a number: that it is none is said beside it."""
    return [_("Too little came up in this game to be scored: the instructor sets the mark.")] * (
        row["counts"] == UNSCORED
    )


def _pending(row: dict[str, Any]) -> list[Message]:
    return [_("{points} points of free words wait for the instructor.", points=str(row["pending"]))] * bool(
        row["pending"]
    )


def _failed(said: str) -> dict[str, Any]:
    return {"score": 0, "output": said, "output_format": "text", "visibility": "visible", "tests": []}


def _task(source: Path) -> Task:
    policy, rubric, key = (source / name for name in ("policy.toml", "rubric.toml", "host.key"))
    return Task(
        read_rubric(rubric) if rubric.exists() else None,
        read_policy(policy) if policy.exists() else Policy(),
        language=LANGUAGE,
        host_key=host_key_of(str(key)) if key.exists() else b"",
    )


def _handed(folder: Path) -> Submission:
    """The hand-in: one zip, or its three members, since the service unpacks a zip that is uploaded alone."""
    zips = sorted(folder.glob("*.zip"))
    if len(zips) == 1:
        return read(zips[0])
    files = {each.name: each for each in folder.iterdir() if each.is_file() and not each.is_symlink()}
    if len(zips) > 1 or not set(MEMBERS) <= set(files):
        raise BadInput(_("Hand in the one zip that `crmsim report pack` made."))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in MEMBERS:
            if files[name].stat().st_size > MOST_MEMBER:
                raise BadInput(_("The zip is larger than {most} bytes.", most=MOST_ZIP))
            archive.writestr(name, files[name].read_bytes())
    return read_content(out.getvalue())


def _stranger(home: Path, student: str) -> list[Message]:
    """A line when the upload's student number is another than the game's: for a person to look at."""
    try:
        users = json.loads((home / "submission_metadata.json").read_text(encoding="utf-8"))["users"]
        numbers = [str(each["sid"]) for each in users if each.get("sid")]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
    if not numbers or student in numbers:
        return []
    who = safe_text(", ".join(numbers), 120)
    return [_("The game names student {student}; it was uploaded by {who}.", student=student or "-", who=who)]


def main(home: Path) -> None:
    """Write results.json; a submission that cannot be graded gets a sentence, never a crash."""
    place = home / "results"
    place.mkdir(parents=True, exist_ok=True)
    text = json.dumps(results(home), ensure_ascii=False, indent=1)
    (place / "results.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
