"""The door for scripts and notebooks: a sheet's id and answers in, an assessment out.

Here a clock is read and files are opened, so that what stands behind it (assessing.assess) needs
neither. Whatever is given wrong is an InputError with one sentence.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import Any

from playbook.assessing import assess as assessment
from playbook.assessing.assess import NOTHING
from playbook.assessing.workbook import GivenWorkbook, Workbook
from playbook.framework import Framework, load_framework
from playbook.model import Assessment, InputError, Sheet, Value, Worksheet
from playbook.worksheet.numbers import brief
from playbook.worksheet.parse import read_worksheet

FILE_LIMIT = 2_000_000

Answers = Worksheet | Mapping[str, Any] | str | PathLike[str]


def assess(
    sheet: Sheet | str,
    worksheet: Answers,
    framework: Framework | None = None,
    today: date | None = None,
    carried: Mapping[str, Value] = NOTHING,
) -> Assessment:
    """What the rules say about the answers to one sheet.

    Parameters
    ----------
    sheet
        The sheet, or its id: "catalyst", "champion", ... (`playbook sheets` lists them).
    worksheet
        The answers: {question id: value, table id: [{question id: value}, ...]}, the path of a
        JSON or TOML file with the same, or a Worksheet. `playbook questions SHEET` lists the ids,
        their kinds and the choices. Numbers are in the question's unit, shares in per cent; dates
        are `datetime.date` or "2027-03-31".
    framework
        The framework to assess by; the installed one when left out.
    today
        The day from which time is counted; the computer's own when left out.
    carried
        What other sheets decided: {id of the sheet's `carries`: value}.

    Returns
    -------
    Assessment
        `verdict` ("fail", "warn", "unknown" or "pass"), `findings` (gravest first, each with the
        catalogue's `rule` and its source), `numbers` by name, `completeness.share` between 0 and 1,
        and `rows`, an assessment of each candidate.

    Raises
    ------
    InputError
        For an unknown sheet or question, a value that can't be, or a file that can't be read.

    Examples
    --------
    >>> from playbook import assess
    >>> reason = {"what": "Clients leave for online rivals", "breaks": "no"}
    >>> told = assess("catalyst", {"candidates": [reason]})
    >>> told.verdict.value
    'fail'
    >>> told.findings[0].rule
    'CAT-04'
    >>> assess("catalist", {})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
      ...
    playbook...InputError: There is no sheet catalist; did you mean catalyst?
    """
    framework = _framework(framework)
    found = find_sheet(framework, sheet)
    given = given_worksheet(found, worksheet, framework)
    return assessment.assess(found, given, framework, _day(today), carried)


def example(sheet: Sheet | str, framework: Framework | None = None) -> dict[str, Any]:
    """What `assess` takes to assess a sheet's filled example: worksheet, today and carried.

    The dict is the caller's own: what is changed in it changes nothing else. InputError for an
    unknown sheet, or one without an example.

    Examples
    --------
    >>> from playbook import assess, example
    >>> assess("catalyst", **example("catalyst")).verdict.value
    'pass'
    """
    framework = _framework(framework)
    found = find_sheet(framework, sheet)
    if found.id not in framework.examples:
        raise InputError(f"The sheet {found.id} has no example.")
    told = framework.examples[found.id]
    carried = Workbook(framework, told.today).examples.carried(found)
    values = {one.carry.id: one.value for one in carried if one.value is not None}
    return {"worksheet": deepcopy(dict(told.answers)), "today": told.today, "carried": values}


def assess_folder(
    folder: Path, framework: Framework | None = None, today: date | None = None
) -> list[Assessment]:
    """What the rules say about a whole story: answer files of a folder, each with what the others
    decided, in the order of the pathway.

    A file is called as its sheet (catalyst.json, champion.toml). The gates of the stages that they
    belong to are among the results; one without a file is a blank one. InputError as in `assess`.
    """
    framework = _framework(framework)
    given = {
        name: _from_file(framework.sheets[name], file, framework)
        for name, file in _answer_files(folder, framework).items()
    }
    workbook = GivenWorkbook(framework, _day(today), given)
    gates = {stage.gate for stage in framework.stages if given.keys() & set(stage.sheets)}
    told = [name for name in framework.order if name in given or name in gates]
    return [workbook.assess(framework.sheets[it]) for it in told if it in framework.sheets]


def find_sheet(framework: Framework, sheet: Sheet | str) -> Sheet:
    """The sheet of that id; InputError with what there is, and what may have been meant."""
    if isinstance(sheet, Sheet):
        return sheet
    if not isinstance(sheet, str):
        raise InputError(f'A sheet is named by its id, such as "catalyst"; not by {_kind(sheet)}.')
    if sheet in framework.sheets:
        return framework.sheets[sheet]
    known = ", ".join(framework.sheets)
    if sheet in framework.order:
        raise InputError(f"The sheet {sheet!r} is not built yet; these are: {known}.")
    if near := get_close_matches(sheet.lower(), framework.order, 1):
        raise InputError(f"There is no sheet {brief(sheet)}; did you mean {near[0]}?")
    raise InputError(f"There is no sheet {brief(sheet)}; these are built: {known}.")


def _framework(framework: object) -> Framework:
    if framework is None:
        return load_framework()
    if isinstance(framework, Framework):
        return framework
    raise InputError(f"The framework is what load_framework() gives; not {_kind(framework)}.")


def _day(today: object) -> date:
    if today is None:
        return date.today()
    if isinstance(today, date):
        return today
    raise InputError(f"`today` is a datetime.date; not {_kind(today)}.")


def given_worksheet(sheet: Sheet, given: object, framework: Framework) -> Worksheet:
    """The worksheet that answers stand for, in whichever form; InputError as in `assess`."""
    if isinstance(given, Worksheet):
        if given.sheet != sheet.id:
            raise InputError(f"That worksheet answers {given.sheet}; not {sheet.id}.")
        return given
    if isinstance(given, Mapping):
        return read_worksheet(sheet, given, framework.words)
    if isinstance(given, str | PathLike):
        return _from_file(sheet, Path(given), framework)
    raise InputError(
        f"Answers are a dict, the path of a JSON or TOML file, or a Worksheet; not {_kind(given)}."
    )


def _kind(given: object) -> str:
    return f"a {type(given).__name__}"


# --------------------------------------------------------------------------- files


def _from_file(sheet: Sheet, file: Path, framework: Framework) -> Worksheet:
    try:
        return read_worksheet(sheet, _data(file), framework.words)
    except InputError as error:
        raise InputError(f"{brief(file.name)}: {error}") from None


def _answer_files(folder: Path, framework: Framework) -> dict[str, Path]:
    """The answer files of a folder by sheet; InputError names one that belongs to no sheet."""
    if not folder.is_dir():
        raise InputError(
            f"{brief(str(folder))} is no folder: name one with answer files (catalyst.json), or a "
            "sheet and its file."
        )
    found: dict[str, Path] = {}
    for file in sorted(folder.iterdir()):
        if file.suffix not in (".json", ".toml"):
            continue
        sheet = find_sheet(framework, file.stem).id
        if sheet in found:
            raise InputError(f"{found[sheet].name} and {file.name} are both for {sheet}; keep one.")
        found[sheet] = file
    if not found:
        raise InputError(
            f"{brief(str(folder))} has no answer file; call one catalyst.json, for instance."
        )
    return found


def _data(file: Path) -> Any:
    kind = "TOML" if file.suffix == ".toml" else "JSON"
    text = _text(file)
    try:
        return tomllib.loads(text) if kind == "TOML" else json.loads(text, object_pairs_hook=_once)
    except RecursionError:
        raise InputError(
            f"The file is not {kind} that we can read: it is nested too deeply."
        ) from None
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"The file is not {kind}: {str(error)[:200]}.") from None
    except ValueError:
        raise InputError(
            f"The file is not {kind} that we can read: a number is too long."
        ) from None


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > FILE_LIMIT:
            raise InputError(
                f"The file has more than {FILE_LIMIT} bytes; an answer file has far fewer."
            )
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"The file can't be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise InputError("The file is not text in UTF-8; save it as UTF-8.") from None
    if not text.strip():
        raise InputError("The file is empty; it takes question ids and values.")
    return text


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; InputError when it says something twice, because one of the two would go."""
    data = dict(pairs)
    if len(data) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise InputError(f"{brief(twice)} is there twice in one place; keep one of them.")
    return data
