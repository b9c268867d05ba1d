"""Set the program up on this machine, then run it or its tests. Needs Python 3.11 or newer and nothing else.

    python3 installers/setup.py run     the window; without a display the same job headless
    python3 installers/setup.py test    linters, types, contracts and all tests

Only the standard library is used here: nothing else is installed yet when this starts.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = Path(__file__).resolve().parent / "locks"
ENVIRONMENT = ROOT / ".venv"
OUTPUT = ROOT / "visitapp-demo"

# What Qt's wheel expects from Debian: the first line for any use, the second for a window (xcb).
SYSTEM_PACKAGES = (
    *("libglib2.0-0", "libgl1", "libegl1", "libxkbcommon0", "libfontconfig1", "libdbus-1-3"),
    *("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0"),
)
# One window test runs on a real X server, because input methods and focus differ from the offscreen platform.
TEST_PACKAGES = ("xvfb", "xauth")


def missing_packages(wanted: Iterable[str], installed: str) -> list[str]:
    """The wanted Debian packages that ``dpkg-query -W`` (status, then name, a line each) does not list as installed."""
    present = {line.split()[-1].split(":")[0] for line in installed.splitlines() if line.startswith("ii")}
    return [name for name in wanted if name not in present]


def needed_system_packages(job: str) -> list[str]:
    """Debian packages to install for ``job`` ("run" or "test"); none on other systems."""
    if not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        return []
    wanted = [*SYSTEM_PACKAGES, *(TEST_PACKAGES if job == "test" else ())]
    if not _has_ensurepip():
        wanted.append("python3-venv")
    listed = subprocess.run(
        ["dpkg-query", "-W", "-f=${db:Status-Abbrev} ${Package}\n"], capture_output=True, text=True, check=True
    )
    return missing_packages(wanted, listed.stdout)


def _has_ensurepip() -> bool:
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        return False
    return True


def install_system_packages(names: Sequence[str]) -> None:
    """Install through apt-get; where that is not allowed, say what to type and go on."""
    if not names:
        return
    # Not everybody who sets this up is root; sudo -n asks nothing and fails at once where it may not.
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and not shutil.which("sudo"):
        say(f"管理者に頼んでください / ask an administrator: apt-get install {' '.join(names)}")
        return
    say(f"システムの部品を入れます / installing system packages: {' '.join(names)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, "apt-get", "update", "-qq"], check=False, env=quiet)
    done = subprocess.run([*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *names], env=quiet)
    if done.returncode != 0:
        say(f"入れられませんでした / failed; ask an administrator: apt-get install {' '.join(names)}")


def environment_python(folder: Path, platform: str = sys.platform) -> Path:
    """The interpreter inside the virtual environment."""
    return folder / ("Scripts/python.exe" if platform == "win32" else "bin/python")


def install_environment(lock: Path) -> Path:
    """Make the virtual environment hold exactly what ``lock`` names (hashes checked); returns its interpreter."""
    python = environment_python(ENVIRONMENT)
    if not python.exists():
        say("仮想環境を作ります / creating the virtual environment (.venv)")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
    stamp = ENVIRONMENT / f"installed-{lock.stem}"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text(encoding="ascii") != digest:
        say("必要な部品を取り寄せます（数分）/ installing locked packages (some minutes)")
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=True)
        # A path file instead of an installation: the checkout itself is what runs.
        site = subprocess.run(
            [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True, text=True, check=True,
        )
        (Path(site.stdout.strip()) / "visitapp-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")
        stamp.write_text(digest, encoding="ascii")
    return python


def has_display(platform: str, variables: Mapping[str, str]) -> bool:
    """Whether a window can be shown."""
    return platform in ("win32", "darwin") or bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))


def run(python: Path) -> int:
    """The main job: the window, or without a display the demonstration and the pictures of every screen."""
    if has_display(sys.platform, os.environ):
        return subprocess.run([str(python), "-m", "visitapp"], check=False).returncode
    say(f"画面がありません。同じ仕事を画面なしで行います / no display: the same job headless\n  -> {OUTPUT}")
    if OUTPUT.exists():
        shutil.rmtree(OUTPUT)
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    demo = subprocess.run([str(python), "-m", "visitapp", "demo", str(OUTPUT)], check=False, env=offscreen)
    if demo.returncode != 0:
        return demo.returncode
    pictures = [str(python), str(ROOT / "docs" / "screenshots" / "make.py"), "--out", str(OUTPUT / "screenshots")]
    done = subprocess.run(pictures, check=False, env=offscreen)
    say(f"できたもの / results: {OUTPUT}")
    return done.returncode


def test_commands(python: Path) -> list[list[str]]:
    """What the test job runs, in order; the test runner comes last so that its closing lines end the output."""
    tools = environment_python(ENVIRONMENT).parent
    return [
        [str(python), "-m", "ruff", "check", "."],
        [str(tools / "lint-imports")],
        [str(python), "-m", "mypy"],
        [str(python), "-m", "pytest", "-q"],
    ]


def test(python: Path) -> int:
    """Linters, contracts, types, tests; goes on after a failure so that one run shows everything."""
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    worst = 0
    for command in test_commands(python):
        say("$ " + " ".join(Path(word).name if word.startswith(str(ROOT)) else word for word in command))
        worst = max(worst, subprocess.run(command, cwd=ROOT, check=False, env=variables).returncode)
    return worst


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Set up for the named job and do it; returns the exit code."""
    if list(arguments) not in (["run"], ["test"]):
        say(__doc__ or "")
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036 - started by whatever Python the machine has
        say("Python 3.11 以上が要ります / Python 3.11 or newer is needed")
        return 2
    job = arguments[0]
    if sys.platform.startswith("linux"):
        install_system_packages(needed_system_packages(job))
    python = install_environment(LOCKS / ("runtime.txt" if job == "run" else "dev.txt"))
    return run(python) if job == "run" else test(python)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
