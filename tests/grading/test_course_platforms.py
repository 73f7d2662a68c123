"""What learning platforms take: Gradescope's autograder run as the service runs it; every export read back."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from python_calamine import CalamineWorkbook

from crmsim.cli.app import run
from crmsim.grading.autograder.running import results
from crmsim.grading.gradebook import COLUMNS, heading, shown

from .handins import STUDENT, handed_in

OTHER = "2025002"


@pytest.fixture(scope="module")
def zips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    handed_in(folder, name="a")
    handed_in(folder, name="b", student=OTHER)
    (folder / "c.zip").write_bytes(b"no zip")
    return folder


def unpacked(archive: Path, to: Path) -> None:
    """As the service does: with the modes that the zip gives."""
    with zipfile.ZipFile(archive) as found:
        for each in found.infolist():
            place = to / each.filename
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(found.read(each))
            place.chmod(each.external_attr >> 16 & 0o777)


@pytest.mark.validation
@pytest.mark.covers("GAME-6", "GAME-12")
@pytest.mark.skipif(os.name == "nt", reason="only on Windows the service's own shell is missing")
def test_gradescope_runs_the_zip_and_shows_each_student_the_marks(
    zips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, policy = tmp_path / "autograder", tmp_path / "policy.toml"
    policy.write_text("handling = 100\nreport = 0\n", encoding="utf-8")
    assert run(["--lang", "zh", "autograder", "--to", str(tmp_path / "g.zip"), "--policy", str(policy)]) == 0
    unpacked(tmp_path / "g.zip", home / "source")
    # The machine has no network: what is installed here stands in for the index.
    site = sysconfig.get_paths()["purelib"]
    environment = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "AUTOGRADER_HOME": str(home),
                   "PYTHONPATH": site, "PIP_NO_INDEX": "1", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}  # fmt: skip

    def service(script: Path) -> None:
        assert script.stat().st_mode & stat.S_IXUSR
        done = subprocess.run([str(script)], env=environment, cwd="/", capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr

    service(home / "source" / "setup.sh")
    copied = home / "run_autograder"  # the service copies it there
    copied.write_bytes((home / "source" / "run_autograder").read_bytes())
    copied.chmod(0o755)

    def graded(files: dict[str, bytes], sid: str = STUDENT) -> dict[str, Any]:
        place = home / "submission"
        for each in place.glob("*") if place.exists() else ():
            each.unlink()
        place.mkdir(exist_ok=True)
        for name, content in files.items():
            (place / name).write_bytes(content)
        (home / "submission_metadata.json").write_text(json.dumps({"users": [{"sid": sid, "name": "王"}]}))
        (home / "results" / "results.json").unlink(missing_ok=True)
        service(copied)
        found: dict[str, Any] = json.loads((home / "results" / "results.json").read_text(encoding="utf-8"))
        return found

    whole = (zips / "a.zip").read_bytes()
    found = graded({"handin.zip": whole})
    assert run(["grade", str(zips / "a.zip"), "--policy", str(policy), "--json"]) == 0
    record = json.loads(capsys.readouterr().out.split("\n", 1)[1])
    scores = [seat["score"] for seat in record["seats"] if seat["score"] is not None]
    assert found["score"] == round(sum(scores) / len(scores), 1)
    assert found["tests"] and all(0 <= each["score"] <= each["max_score"] for each in found["tests"])
    assert set(found["tests"][0]) == {"name", "score", "max_score", "output", "visibility"}
    assert "处理" in found["output"] and STUDENT not in found["output"]
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:  # a zip that is uploaded alone is unpacked by the service
        members = {name: archive.read(name) for name in archive.namelist()}
    again = graded(members, sid="9")
    assert again["score"] == found["score"] and "上传者是9" in again["output"]
    for bad in ({"handin.zip": whole[:-300]}, {"notes.txt": b"x"}, {}, members | {"journal.jsonl": b"{}"}):
        refused = graded(bad)
        assert refused["score"] == 0 and refused["tests"] == [] and len(refused["output"]) > 5
    loaded = subprocess.run(
        [str(home / "venv" / "bin" / "python"), "-c", "import crmsim; print(crmsim.__file__)"],
        cwd="/", env=environment | {"PYTHONPATH": f"{home / 'source'}:{site}"},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert loaded.startswith(str(home / "source"))  # it was the zip's own program that graded


@pytest.mark.covers("GAME-6")
def test_the_autograder_takes_a_zip_or_what_the_service_unpacked_and_refuses_the_rest(
    zips: Path, tmp_path: Path
) -> None:
    (tmp_path / "source").mkdir()
    place = tmp_path / "submission"
    place.mkdir()
    with zipfile.ZipFile(zips / "a.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, content in members.items():
        (place / name).write_bytes(content)
    (tmp_path / "submission_metadata.json").write_text('{"users": [{"sid": "9"}]}', encoding="utf-8")
    whole = results(tmp_path)
    assert whole["score"] > 0 and "uploaded by 9" in whole["output"]
    assert "lab report 0.0" in whole["output"]  # no answers: a report that earned nothing
    (place / "journal.jsonl").write_bytes(members["journal.jsonl"][:-50])
    assert "changed after" in results(tmp_path)["output"]
    (place / "journal.jsonl").unlink()
    assert results(tmp_path)["score"] == 0 and "Hand in the one zip" in results(tmp_path)["output"]
    (tmp_path / "source" / "policy.toml").write_text("late = -1\n", encoding="utf-8")
    assert "policy.toml" in results(tmp_path)["output"]


@pytest.mark.covers("GAME-6")
def test_the_autograder_pins_what_it_needs_and_checks_what_goes_along(tmp_path: Path) -> None:
    bad = tmp_path / "policy.toml"
    bad.write_text("late = -3\n", encoding="utf-8")
    assert run(["autograder", "--to", str(tmp_path / "g.zip"), "--policy", str(bad)]) == 2
    assert run(["autograder", "--to", str(tmp_path / "g.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "g.zip") as archive:
        names, needed = archive.namelist(), archive.read("requirements.txt").decode().split()
        assert b"\r" not in archive.read("setup.sh")
    assert {"setup.sh", "run_autograder", "crmsim/scenarios/bundled/first_month.toml"} <= set(names)
    assert all("==" in each and "://" not in each for each in needed) and any(
        each.startswith("msgspec") for each in needed
    )
    assert "host.key" not in names and not any("__pycache__" in each for each in names)


@pytest.fixture(scope="module")
def exports(zips: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("out")
    policy = folder / "policy.toml"
    policy.write_text(
        f'due = 2025-06-01T12:00:00\nlate = 10\nsubmitted = {{ "{OTHER}" = 2025-06-02T13:00:00 }}\n'
        f'[[overrides]]\nstudent = "{STUDENT}"\nscore = 88\nby = "Wang"\nwhy = "=ill, \\"王\\""\n', encoding="utf-8",
    )  # fmt: skip
    files = {form: folder / f"o.{form}" for form in ("csv", "xlsx", "moodle", "canvas", "gradescope", "xapi")}
    words = [word for form, file in files.items() for word in (f"--{form}", str(file))]
    assert run(["grade", str(zips), "--policy", str(policy), *words]) == 0
    return files


def read_csv(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding=encoding), newline="")))


@pytest.mark.covers("GAME-6", "CTL-2")
def test_moodle_and_canvas_read_back_with_one_row_a_student(exports: dict[str, Path]) -> None:
    book = {row["student"]: row for row in read_csv(exports["csv"], "utf-8-sig") if row["student"]}
    moodle = read_csv(exports["moodle"])
    assert [row["ID number"] for row in moodle] == [STUDENT, OTHER] and list(moodle[0]) == [
        "ID number", "Grade", "Feedback comments",
    ]  # fmt: skip
    assert moodle[0]["Grade"] == "88.0" and moodle[0]["Feedback comments"] == '\'=ill, "王"'
    assert moodle[1]["Grade"] == book[OTHER]["final"]
    canvas = read_csv(exports["canvas"])
    assert list(canvas[0]) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "crmsim class_week"]
    assert canvas[0]["Student"].strip() == "Points Possible" and canvas[0]["crmsim class_week"] == "100"
    assert [(row["SIS User ID"], row["SIS Login ID"], row["crmsim class_week"]) for row in canvas[1:]] == [
        (STUDENT, STUDENT, "88.0"), (OTHER, OTHER, book[OTHER]["final"]),
    ]  # fmt: skip
    assert float(book[OTHER]["penalty"]) == 20 and book[OTHER]["raw"] != book[OTHER]["final"]


@pytest.mark.covers("GAME-6")
def test_the_gradebook_reads_back_as_numbers_and_text(exports: dict[str, Path]) -> None:
    rows = CalamineWorkbook.from_path(str(exports["xlsx"])).get_sheet_by_index(0).to_python()
    names = {name: at for at, name in enumerate(rows[0])}
    assert [row[names["student"]] for row in rows[1:]] == [STUDENT, OTHER, ""]
    assert rows[1][names["final mark"]] == 88.0 and isinstance(rows[2][names["raw"]], float)
    assert (
        rows[1][names["override by"]] == "Wang" and rows[1][names["override why"]] == '=ill, "王"'
    )  # text, no formula
    assert rows[3][names["error"]] and rows[1][names["counts"]] == "yes" and rows[1][names["attested"]] == "unattested"


@pytest.mark.covers("GAME-6", "GAME-10")
def test_a_gradebook_speaks_the_instructors_language() -> None:
    names = [heading(each, "zh") for each in COLUMNS]
    assert names[:2] == ["学生", "提交的文件"] and "最终成绩" in names and "终审" not in names
    row = dict.fromkeys(COLUMNS, "") | {"seats": "service sales-2", "tools": "by hand", "attested": "unattested"}
    told = shown([row], "zh")[0]
    assert (told["seats"], told["attested"]) == ("客服人员, 销售人员 2", "未认证")


@pytest.mark.covers("GAME-6")
def test_xapi_statements_and_gradescope_results_have_their_shape(exports: dict[str, Path]) -> None:
    statements = json.loads(exports["xapi"].read_text(encoding="utf-8"))
    assert [each["actor"]["account"]["name"] for each in statements] == [STUDENT, OTHER]
    assert len({UUID(each["id"]) for each in statements}) == 2  # of their content: sent twice they are known again
    for each in statements:
        assert set(each) == {"id", "actor", "verb", "object", "result"} and each["actor"]["objectType"] == "Agent"
        assert urlsplit(each["actor"]["account"]["homePage"]).netloc and set(each["actor"]) == {"objectType", "account"}
        assert urlsplit(each["object"]["definition"]["type"]).netloc and each["object"]["definition"]["name"]["en"]
        assert each["verb"]["id"].startswith("http://adlnet.gov/") and each["object"]["id"].startswith("urn:")
        score = each["result"]["score"]
        assert score["min"] <= score["raw"] <= score["max"] and score["scaled"] == pytest.approx(score["raw"] / 100)
    results = json.loads(exports["gradescope"].read_text(encoding="utf-8"))
    assert results[0]["score"] == 88.0
    assert [each["extra_data"]["student"] for each in results] == [STUDENT, OTHER]
