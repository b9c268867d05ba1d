"""The set-up script: what it decides before anything is installed."""

from __future__ import annotations

import re
from pathlib import Path

from installers import setup

ROOT = Path(__file__).resolve().parents[2]


def test_names_only_packages_that_are_not_installed() -> None:
    listed = "ii  libgl1\nii  libegl1:amd64\nrc  xvfb\nun  xauth\n"
    assert setup.missing_packages(["libgl1", "libegl1", "xvfb", "xauth"], listed) == ["xvfb", "xauth"]


def test_a_display_is_expected_on_windows_and_asked_for_on_linux() -> None:
    assert setup.has_display("win32", {})
    assert setup.has_display("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert not setup.has_display("linux", {"DISPLAY": ""})


def test_the_interpreter_of_the_environment_follows_the_platform() -> None:
    assert setup.environment_python(Path("v"), "win32") == Path("v/Scripts/python.exe")
    assert setup.environment_python(Path("v"), "linux") == Path("v/bin/python")


def test_the_test_runner_comes_last() -> None:
    assert "pytest" in setup.test_commands(Path("python"))[-1]


def test_locks_name_no_host_and_hash_everything() -> None:
    for lock in sorted((ROOT / "installers" / "locks").glob("*.txt")):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock.name
        pinned = re.findall(r"^[a-z0-9_.-]+==", text, flags=re.MULTILINE | re.IGNORECASE)
        assert pinned, lock.name
        assert text.count("--hash=sha256:") >= len(pinned), lock.name


def test_runtime_and_development_pin_the_same_versions() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / "installers" / "locks" / name).read_text(encoding="utf-8")
        return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", text, flags=re.MULTILINE))

    development = pins("dev.txt")
    assert {name: development.get(name) for name in pins("runtime.txt")} == pins("runtime.txt")


def test_readme_gives_exactly_the_two_commands() -> None:
    commands = re.findall(r"^python3? installers/setup\.py (\w+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    assert commands == ["run", "test"]
    assert "installers/setup.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
