"""The built wheel carries everything, nothing else, and serves without the checkout."""

import os
import re
import socket
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.soak]

INSIDE = {"notebooks/": "playbook/_kit/notebooks/", "case_studies/": "playbook/_kit/case_studies/"}
TEMPLATE = "playbook/server/http/template/"
LOOK = "playbook/look/"
SCRIPT = re.compile(
    r'"(/voila/(?:kit|scripts)/[^"]+\.js)"'
)  # ours; of Voila only the code was borrowed
VOILA_TEMPLATE = "data/share/jupyter/voila/templates/playbook/"


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", target, root)
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def alone(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a new environment that has the wheel, and borrows its dependencies.

    Dependencies come through a .pth line, which does not follow our own editable install.
    """
    home = tmp_path_factory.mktemp("environment")
    call(sys.executable, "-m", "venv", "--without-pip", home)
    paths = {"base": str(home), "platbase": str(home)}
    python = Path(sysconfig.get_path("scripts", "venv", paths), Path(sys.executable).name)
    site = Path(sysconfig.get_path("purelib", "venv", paths))
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    call(sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", wheel)
    return python.parent


def call(*command: str | Path, **options: object) -> str:
    run = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def shipped(root: Path) -> Iterator[str]:
    """Where the wheel must hold each file of the checkout that is meant to travel."""
    listing = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate")
    folders = ("playbook", "widgets", *INSIDE)
    for name in call(*listing, "--", *folders, cwd=root).splitlines():
        source = next((place for place in INSIDE if name.startswith(place)), "")
        yield INSIDE.get(source, "") + name.removeprefix(source)
        if name.startswith(TEMPLATE):
            yield VOILA_TEMPLATE + name.removeprefix(TEMPLATE)
        if name.startswith(LOOK):
            yield VOILA_TEMPLATE + name.removeprefix("playbook/")


def test_the_wheel_has_all_that_travels_and_nothing_else(root: Path, wheel: Path) -> None:
    names = [re.sub(r"^[^/]+\.data/", "", name) for name in zipfile.ZipFile(wheel).namelist()]
    found = {name for name in names if ".dist-info/" not in name}
    assert found == {*shipped(root), "widgets/static/vega.js"}


@pytest.mark.parametrize(
    "pattern",
    [
        r"playbook/content/.+\.toml",
        r"playbook/content/sheets/.+\.toml",
        r"playbook/look/.+\.css",
        r"playbook/server/http/template/.+",
        r"playbook/_kit/notebooks/.+\.ipynb",
        r"playbook/_kit/case_studies/.+",
        r"widgets/static/vega\.js",
        r"widgets/static/THIRD_PARTY_NOTICES\.txt",
        r".+\.data/data/share/jupyter/voila/templates/playbook/.+",
        r".+\.dist-info/licenses/LICENSE",
    ],
)
def test_the_wheel_has_each_kind_of_file(wheel: Path, pattern: str) -> None:
    assert any(re.fullmatch(pattern, name) for name in zipfile.ZipFile(wheel).namelist())


def test_installed_alone_it_finds_its_own_files(alone: Path, tmp_path: Path) -> None:
    code = """
from playbook.model import resources as r
for find in (r.content_dir, r.look_dir, r.template_dir, r.notebooks_dir, r.cases_dir):
    print(find())
"""
    places = call(alone / Path(sys.executable).name, "-c", code, cwd=tmp_path, env=clean()).split()
    assert len(places) == 5
    assert all(Path(place).is_relative_to(alone.parent) for place in places)


def test_installed_alone_it_serves_pages_and_the_scripts_they_name(
    alone: Path, tmp_path: Path
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with subprocess.Popen(
        [alone / "playbook", "serve", "--no-browser", "--port", port],
        cwd=tmp_path,
        env=clean(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            with httpx.Client(follow_redirects=True, timeout=60) as browser:
                home = browser.get(printed_address(server))
                sheet = browser.get(home.url.join("02_catalyst.ipynb"))
                named = {home.url.join(name) for name in SCRIPT.findall(sheet.text)}
                found = {str(one): browser.get(one).status_code for one in named}
        finally:
            server.terminate()
    for page in (home, sheet):
        assert page.status_code == 200
        assert "Redefining Work" in page.text
        assert "Traceback" not in page.text
    assert "vega.js" in {Path(name).name for name in found}
    assert {name: status for name, status in found.items() if status != 200} == {}


def printed_address(server: subprocess.Popen) -> str:
    """The first address the server prints, or a failure with all that it printed."""
    printed = []
    for line in server.stdout:
        printed.append(line)
        if found := re.search(r"http://\S+", line):
            return found[0]
    pytest.fail("the server ended without an address:\n" + "".join(printed))


def clean() -> dict[str, str]:
    """This environment without what would lead Python back to the checkout."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
