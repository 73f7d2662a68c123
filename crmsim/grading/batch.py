"""Many hand-ins at once: each in a process, one bad file never stops the rest, and the order is that of the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from crmsim.engine.errors import BadInput, CrmsimError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import Message, _, render
from crmsim.game import Game
from crmsim.grading import labreport
from crmsim.grading.answers import read_answers
from crmsim.grading.course import Broken, Course, finished
from crmsim.grading.labreport import ReportMarks
from crmsim.grading.policy import Policy
from crmsim.grading.report import Report, as_json, grade_course
from crmsim.grading.submission import Submission, read, told
from crmsim.grading.workers import Progress, processes, share_out
from crmsim.scenarios.schema import CriterionWeight
from crmsim.store.folders import COPIES
from crmsim.store.jsonl import read_any
from crmsim.store.reading import Saved
from crmsim.store.sealing import attested

ZIP = ".zip"
KINDS = (ZIP, ".crmsim", ".jsonl")
FOREIGN = (".7z", ".doc", ".docx", ".gz", ".pdf", ".rar", ".tar", ".wps")  # what else students send
Record = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """How to grade each file."""

    rubric: Mapping[str, CriterionWeight] | None = None
    policy: Policy = field(default_factory=Policy)
    outcomes: bool = False
    language: str = "en"
    host_key: bytes = b""


class Graded(NamedTuple):
    """A grade with what it rests on: the game told again, and the marks of the report that came with it."""

    game: Game
    report: Report
    record: Record
    marks: ReportMarks | None = None
    sealed: Message | None = None  # what the host's seals say, where there are any


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files meant: a folder stands for everything in it that may be a hand-in."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if _handed_in(each, path))
            if not inside:
                raise BadInput(_("There is nothing to grade in {folder}.", folder=str(path)))
            found += inside
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def foreign_files(paths: Sequence[Path]) -> list[Path]:
    """What lies in these folders that somebody may have taken for a hand-in: documents, archives of another kind."""
    inside = (each for path in paths if path.is_dir() for each in path.rglob("*") if _handed_in(each, path, FOREIGN))
    return sorted(set(inside))


def _handed_in(file: Path, folder: Path, kinds: Sequence[str] = KINDS) -> bool:
    """Whether a file of a folder may be a hand-in: no copy that a game kept while it ran, nothing hidden."""
    parts = file.relative_to(folder).parts
    aside = any(each.startswith((".", "__")) or each == COPIES for each in parts)
    return not aside and file.suffix.lower() in kinds and file.is_file()


def grade_one(path: Path, task: Task) -> Graded:
    """The grade of one file; errors are raised."""
    if path.suffix.lower() == ZIP:
        return grade_handed(read(path), str(path), task)
    saved = read_any(path)
    return _graded_course(finished(saved.header, saved.entries), saved, str(path), task, saved.seals)


def grade_handed(handed: Submission, file: str, task: Task) -> Graded:
    """The grade of a hand-in that was read; `file` is what it is called."""
    course = told(handed, task.policy)
    found = _graded_course(course, handed, file, task, handed.manifest.seals)
    marks = labreport.mark_report(course.game, read_answers(handed.report))
    return found._replace(marks=marks, record=found.record | {"report": labreport.as_json(marks, task.language)})


def _graded_course(course: Course, saved: Saved | Submission, file: str, task: Task, seals: Sequence[str]) -> Graded:
    said = attested(task.host_key, saved.header, saved.entries, seals)
    report = grade_course(course, outcomes=task.outcomes or bool(task.policy.outcome), rubric=task.rubric)
    record = as_json(report, file, task.language, render(said, "en"))
    return Graded(course.game, report, record, sealed=said if seals else None)


def _graded(path: Path, task: Task) -> Record:
    """The record of one file, or a row that says why it was not graded."""
    try:
        return grade_one(path, task).record
    except Broken as error:
        said, where = safe_text(render(error.message, task.language), 400), f"broken at entry {error.entry}"
        return {"file": str(path), "error": said, "attested": where}
    except CrmsimError as error:
        return {"file": str(path), "error": safe_text(render(error.message, task.language), 400)}
    except Exception as error:  # a foreign file may bring about what nobody thought of; the batch goes on
        return {"file": str(path), "error": safe_text(f"{type(error).__name__}: {error}", 400)}


def _died(path: Path, language: str) -> Record:
    return {"file": str(path), "error": render(_("The program ended while it was graded."), language)}


def grade_all(
    files: Sequence[Path], task: Task, *, jobs: int = 0, progress: Progress | None = None
) -> Iterator[Record]:
    """The records of all files, in order, by as many processes as there are processors."""
    work, died = partial(_graded, task=task), partial(_died, language=task.language)
    return share_out(work, files, processes(jobs, len(files)), died=died, progress=progress)
