"""An installed wheel carries all that the program needs and runs from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(command: list[str], cwd: Path, **variables: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | variables
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_installed_wheel_runs_from_another_folder(tmp_path: Path) -> None:
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")], ROOT)
    wheel = next((tmp_path / "dist").glob("*.whl"))
    clean = tmp_path / "clean"
    venv.create(clean, with_pip=True)
    python = clean / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    run([str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)], tmp_path)
    # The dependencies of this environment, without its own visitapp: a path file inside it is not followed.
    site = run([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], tmp_path).strip()
    (Path(site) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")

    where = run([str(python), "-c", "import visitapp; print(visitapp.__file__)"], tmp_path).strip()
    assert where.startswith(str(clean))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    secret = {"VISITAPP_PASSPHRASE": "車輪の中身を確かめる合言葉"}
    data = ["--data-dir", str(elsewhere / "office")]
    run([str(python), "-m", "visitapp", *data, "store", "create", "--role", "headquarters"], elsewhere, **secret)
    run([str(python), "-m", "visitapp", *data, "import", str(ROOT / "tests/data/microdata")], elsewhere, **secret)
    run([str(python), "-m", "visitapp", *data, "tables", "--out", str(elsewhere / "tables")], elsewhere, **secret)
    assert len(list((elsewhere / "tables").glob("*.csv"))) == 75
    listing = "from visitapp.resources import resource_path as r; print(*r('fonts').iterdir())"
    fonts = run([str(python), "-c", listing], elsewhere)
    assert "NotoSansJP-Regular.ttf" in fonts
    assert str(ROOT) not in fonts
