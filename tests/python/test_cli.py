"""The command line: what it writes, what it says, and the exit codes 0 (ok), 1 (failed), 2 (bad input)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import libskin as ls

TREATMENTS = Path(__file__).resolve().parents[2] / "examples" / "treatments"
ENVIRONMENT = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1", "TERM": "dumb", "MPLBACKEND": "Agg"}


def libskin(*arguments: str, cwd: Path | None = None, data: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = ENVIRONMENT if data is None else {**ENVIRONMENT, "SKIN_DATA": str(data)}
    return subprocess.run(
        [sys.executable, "-m", "libskin", *arguments],
        capture_output=True, text=True, env=environment, cwd=cwd, timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """One run that several tests look at."""
    out = tmp_path_factory.mktemp("run")
    done = libskin("run", "home_roller", "-o", str(out), "--seed", "3", "--set", "skin.age_years=60")
    assert done.returncode == 0, done.stderr
    (out / "stdout").write_text(done.stdout)
    return out


def test_run_writes_three_files_and_says_so(folder) -> None:
    assert sorted(p.name for p in folder.iterdir()) == ["figure.png", "report.html", "result.h5", "stdout"]
    printed = (folder / "stdout").read_text()
    assert "report.html" in printed
    assert (folder / "figure.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert "<h2>What to cite</h2>" in (folder / "report.html").read_text()


def test_run_equals_python_to_the_last_bit(folder) -> None:
    case = ls.load_treatment("home_roller", ["skin.age_years=60"])
    here = ls.treat(case.skin, case.protocol, seed=3)
    there = ls.load(folder / "result.h5")
    assert there.summary == here.summary
    assert there.sessions == here.sessions
    assert there.healing == here.healing
    assert there.skin.person.age_years == 60.0


def test_show_repeats_the_summary(folder) -> None:
    done = libskin("show", str(folder / "result.h5"))
    assert done.returncode == 0, done.stderr
    assert ls.summary(ls.load(folder / "result.h5")).strip() in done.stdout
    assert "What to cite" in done.stdout


def test_explain_prints_value_unit_kind_source_and_readers() -> None:
    done = libskin("explain", "skin.papillary_dermis.thickness")
    assert done.returncode == 0, done.stderr
    for word in ("um", "kind", "source", "insertion"):
        assert word in done.stdout


def test_explain_reads_every_kind_of_file(folder) -> None:
    data = Path(ls.data_folder())
    for name, file in (
        ("skin.papillary_dermis.thickness", folder / "result.h5"),
        ("skin.papillary_dermis.thickness", data / "skins" / "back.toml"),
        ("device.needle.length", data / "devices" / "medical_pen_1.5.toml"),
        ("active.log_partition", data / "topicals" / "niacinamide_serum.toml"),
        ("device.frequency", TREATMENTS / "medical_pen.toml"),
        ("device.frequency", Path("salon_pen")),
    ):
        done = libskin("explain", name, str(file))
        assert done.returncode == 0, (name, file, done.stderr)
        assert "kind" in done.stdout


@pytest.mark.parametrize("kind", ["skins", "devices", "actives", "vehicles", "topicals", "treatments", "designs"])
def test_presets_lists_everything(kind) -> None:
    done = libskin("presets", kind)
    assert done.returncode == 0, done.stderr
    ids = {"skins": ls.Skin.presets}.get(kind) or getattr(ls, kind)
    for name in ids():
        assert name in done.stdout


def test_check_takes_ours_and_names_what_is_wrong(tmp_path) -> None:
    data = Path(ls.data_folder())
    done = libskin("check", str(data / "skins" / "back.toml"), str(TREATMENTS / "medical_pen.toml"))
    assert done.returncode == 0, done.stderr
    broken = tmp_path / "broken.toml"
    text = (data / "devices" / "medical_pen_1.5.toml").read_text()
    broken.write_text(text.replace("protrusion =", "protrussion =").replace('id = "medical_pen_1.5"', 'id = "broken"'))
    done = libskin("check", str(broken))
    assert done.returncode == 2
    assert "protrussion" in done.stderr
    assert "protrusion" in done.stderr
    assert "broken.toml:" in done.stderr  # file and line


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("run", "medical_pem"), 2, "medical_pen"),
        (("run", "no/such/file.toml"), 2, "file.toml"),
        (("run", "medical_pen", "--set", "skin.age_yeers=60"), 2, "age_years"),
        (("run", "medical_pen", "--set", "skin.age_years"), 2, "KEY=VALUE"),
        (("run", "medical_pen", "--set", "session.device.protrusion=1 kg"), 2, "protrusion"),
        (("run", "medical_pen", "--seed", "-1"), 2, "-1"),
        (("run",), 2, "TREATMENT"),
        (("fly",), 2, "fly"),
        (("show", "no_such.h5"), 2, "no_such.h5"),
        (("show", __file__), 2, "test_cli.py"),
        (("explain", "skin.papillary_dermis.thicknes"), 2, "thickness"),
        (("explain", "skin.papillary_dermis.thickness", "no_such.toml"), 2, "no_such"),
        (("presets", "device"), 2, "did you mean 'devices'"),
        (("check", "no_such.toml"), 2, "no_such.toml"),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence_and_exit_code_2(arguments, code, words, tmp_path) -> None:
    done = libskin(*arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.rglob("*.h5"))


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc/1/mounts").exists(), reason="needs /proc")
def test_a_folder_that_cannot_be_made_is_exit_code_1(tmp_path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = libskin("run", "home_roller", "-o", str(tmp_path / "file" / "out"))
    assert done.returncode == 1
    assert "cannot be made" in done.stderr
    assert (tmp_path / "file").read_text() == "in the way"


def test_every_command_has_help_with_an_example() -> None:
    for command in ("run", "show", "explain", "presets", "check", "bench", "validate"):
        done = libskin(command, "--help")
        assert done.returncode == 0
        assert f"Example: libskin {command}" in done.stdout


def test_version_says_the_version() -> None:
    assert ls.__version__ in libskin("--version").stdout


def test_ctrl_c_is_one_even_where_a_library_calls_it_another_error() -> None:
    """matplotlib, interrupted while it draws a line, says "Invalid bounding box"."""
    code = """
import os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from libskin import cli
def draws(**_):
    try:
        os.kill(os.getpid(), signal.SIGINT)
        signal.pause()
    except KeyboardInterrupt:
        raise ValueError("Invalid bounding box") from None
cli.app = draws
cli.main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 130, done.stderr
    assert "stopped" in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_leaves_no_half_written_file(tmp_path) -> None:
    """Interrupted at many moments, the folder holds whole files or none."""
    for delay in (0.5, 1.0, 1.5, 2.0, 2.5):
        out = tmp_path / f"{delay}"
        process = subprocess.Popen(
            [sys.executable, "-m", "libskin", "run", "medical_pen", "-o", str(out)],
            env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        assert process.returncode in (0, 1, -signal.SIGINT, 130), errors
        if process.returncode == 1:
            assert "Traceback" not in errors
        found = {p.name for p in out.iterdir()} if out.exists() else set()
        assert found <= {"result.h5", "figure.png", "report.html"}, found
        if "result.h5" in found:
            ls.load(out / "result.h5")
        if "report.html" in found:
            assert (out / "report.html").read_text().endswith("</html>\n")
