from pathlib import Path

import pytest

from playbook.model import PlaybookError, resources

FINDERS = ["content_dir", "look_dir", "template_dir", "notebooks_dir", "cases_dir"]


@pytest.mark.parametrize("finder", FINDERS)
def test_a_checkout_has_every_folder(finder: str) -> None:
    assert any(getattr(resources, finder)().iterdir())


@pytest.mark.parametrize("finder", FINDERS)
def test_a_missing_folder_is_one_sentence_that_names_it(
    finder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "playbook")
    with pytest.raises(PlaybookError, match=r"folder is missing: it should be .*playbook"):
        getattr(resources, finder)()


def test_the_package_comes_before_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, beside = tmp_path / "playbook" / "_kit" / "notebooks", tmp_path / "notebooks"
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "playbook")
    beside.mkdir()
    assert resources.notebooks_dir() == beside
    inside.mkdir(parents=True)
    assert resources.notebooks_dir() == inside
