"""Whole treatments: as the verbs one by one, progress, Ctrl-C, what they say about themselves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import libskin as ls
from libskin import _core

SHIPPED = ("home_roller", "medical_pen", "medical_roller", "salon_pen", "salon_roller")


def test_five_treatments_are_shipped() -> None:
    assert set(SHIPPED) <= set(ls.treatments())


def test_parts_of_the_first_session_have_their_own_names(treated) -> None:
    first = treated.sessions[0]
    for name in ("insertion", "tearing", "bleeding", "recovery", "safety", "dose"):
        assert getattr(treated, name) == getattr(first, name)
    assert dict(treated.delivery) == dict(first.delivery)
    assert str(treated) == ls.summary(treated)
    assert treated.warnings == treated.info.warnings


def test_treat_is_the_verbs_one_by_one(case, treated) -> None:
    """design.md 5: each line can be run alone with the same bits."""
    skin, protocol = case.skin, case.protocol
    r = ls.insert(skin, protocol.device, protocol.use, seed=7)
    assert r == treated.insertion
    t = ls.tear(skin, protocol.device, protocol.use, r.wound, seed=7)
    assert t == treated.tearing
    b = ls.bleed(skin, t.wound)
    assert b == treated.bleeding
    for application in protocol.applications:
        d = ls.deliver(
            skin, b.wound, application, closure=treated.recovery.closure, duration=protocol.delivery_duration
        )
        assert d == treated.delivery[application.name]
    exposures = [treated.delivery[a.name].exposure for a in protocol.applications]
    assert ls.assess(skin, exposures, b.wound, closure=treated.recovery.closure) == treated.safety
    doses = [session.dose for session in treated.sessions]
    assert ls.heal(skin, doses, duration=protocol.horizon) == treated.healing


def test_threads_never_change_a_number(case, treated) -> None:
    for threads in (1, 2):
        again = ls.treat(case.skin, case.protocol, seed=7, threads=threads)
        assert again.sessions == treated.sessions
        assert again.healing == treated.healing


def test_another_seed_gives_other_strikes(case, treated) -> None:
    assert ls.treat(case.skin, case.protocol, seed=8).insertion != treated.insertion


def test_progress_reaches_its_end(case) -> None:
    seen: list[tuple[int, int, str]] = []
    ls.treat(case.skin, case.protocol, seed=1, progress=lambda *report: seen.append(report))
    assert seen
    done, total, what = seen[-1]
    assert 0 < done <= total
    assert what


def test_a_progress_callback_that_raises_stops_the_run(case) -> None:
    class Enough(Exception):
        pass

    def stop(done: int, total: int, what: str) -> None:
        raise Enough

    with pytest.raises(Enough):
        ls.treat(case.skin, case.protocol, seed=1, progress=stop)


def test_progress_true_draws_a_bar(case, capsys) -> None:
    ls.treat(case.skin, case.protocol, seed=1, progress=True)
    assert capsys.readouterr().out == ""  # the bar is on stderr, results on stdout


def test_ctrl_c_raises_keyboard_interrupt_soon(case) -> None:
    """Ctrl-C during treat(): KeyboardInterrupt, long before the run would have ended."""
    protocol = case.protocol.replace(sessions=300, interval=86400.0, horizon=400 * 86400.0)
    # A shell that starts its jobs in the background has them ignore Ctrl-C, and Python keeps to that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    start = time.perf_counter()
    try:
        with pytest.raises(KeyboardInterrupt):
            ls.treat(case.skin, protocol, seed=1)
    finally:
        timer.join()
        signal.signal(signal.SIGINT, before)
    assert time.perf_counter() - start < 30.0  # 300 sessions take minutes


def test_it_knows_its_inputs_and_sources(treated, case) -> None:
    assert treated.skin == case.skin
    assert treated.protocol == case.protocol
    assert treated.provenance.seed == 7
    assert treated.provenance.libskin_version == ls.__version__
    assert "face_cheek" in treated.provenance.parameter_texts
    for key in treated.info.citations:
        assert ls.reference(key)


def test_print_citations_prints_all_of_them(treated, capsys) -> None:
    ls.print_citations(treated)
    lines = capsys.readouterr().out.strip().splitlines()
    assert lines == ls.citations(treated)
    assert len(lines) == len(treated.info.citations) > 3
    with pytest.raises(ls.ParameterError, match="not a result"):
        ls.print_citations(3)


def test_explain_reaches_skin_device_and_products(treated) -> None:
    e = ls.explain(treated, "skin.papillary_dermis.thickness")
    assert e.value == treated.skin.layer("papillary_dermis").thickness
    assert e.unit == "m"
    assert "insertion" in e.read_by
    assert e.reference
    assert ls.explain(treated, "device.needle.length").value == treated.protocol.device.needle.length
    product = treated.protocol.applications[0]
    value = ls.explain(treated, f"{product.name}.active.molar_mass").value
    assert value == product.topical.active.molar_mass


def test_a_file_and_its_name_are_the_same_treatment() -> None:
    path = Path(__file__).resolve().parents[2] / "examples" / "treatments" / "salon_pen.toml"
    shipped = ls.load_treatment("salon_pen")
    assert ls.load_treatment(path) == shipped
    assert ls.load_treatment(str(path)) == shipped


def test_a_protocol_can_be_built_in_code() -> None:
    protocol = ls.Protocol(
        device=ls.device("salon_pen_0.5"), use=ls.Gliding(), sessions=1,
        applications=[ls.Application(ls.topical("hyaluronic_serum"), name="serum")],
    )  # fmt: skip
    skin = ls.Skin.preset("forearm_volar")
    result = ls.treat(skin, protocol, settings=ls.TreatmentSettings(insertion={"n_needles": 100}))
    assert result.insertion.depth.shape == (100,)
    assert list(result.delivery) == ["serum"]
    with pytest.raises(ls.ParameterError):
        protocol.replace(device=ls.device("medical_roller_1.5"))  # a roller is not glided


@pytest.mark.parametrize("name", SHIPPED)
def test_cpp_python_and_the_command_line_give_the_same_numbers(name, tmp_path) -> None:
    """The C++ example and the command line write what they computed; Python must compute the same to the last bit."""
    build = os.environ.get("SKIN_BUILD_DIR") or str(Path(_core.__file__).resolve().parents[2])
    program = Path(build) / "examples" / "medical_pen"
    assert program.exists(), "the C++ examples are not built: configure with SKIN_BUILD_EXAMPLES=ON"
    environment = {k: v for k, v in os.environ.items() if k != "SKIN_FAST"} | {"MPLBACKEND": "Agg"}
    cpp = [str(program), str(tmp_path / "cpp.h5"), name]
    cli = [sys.executable, "-m", "libskin", "run", name, "--seed", "7", "--output", str(tmp_path / "cli")]
    printed = {}
    for way, command in {"cpp": cpp, "cli": cli}.items():
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        printed[way] = done.stdout
    case = ls.load_treatment(name)
    here = ls.treat(case.skin, case.protocol, seed=7)
    for file in (tmp_path / "cpp.h5", tmp_path / "cli" / "result.h5"):
        there = ls.load(file)
        assert there.summary == here.summary, file
        assert there.sessions == here.sessions, file
        assert there.healing == here.healing, file
    assert ls.summary(here) in printed["cpp"]
