"""The command line: ``libskin run``, ``show``, ``explain``, ``presets``, ``check``, ``bench``, ``validate``.

Exit code 0: ok, 1: failed, 2: bad input, 130: stopped by Ctrl-C.
"""

from __future__ import annotations

import difflib
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

import libskin as ls
from libskin import _core

app = typer.Typer(
    name="libskin",
    help="Microneedling of human skin, from the physics up.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

KINDS: dict[str, Callable[[], list[str]]] = {
    "skins": lambda: list(ls.Skin.presets()),
    "devices": ls.devices,
    "actives": ls.actives,
    "vehicles": ls.vehicles,
    "topicals": ls.topicals,
    "treatments": ls.treatments,
    "designs": ls.designs,
}


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"libskin {ls.__version__} ({ls.git_revision()})")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Microneedling of human skin, from the physics up."""


@app.command(epilog="Example: libskin run medical_pen --set skin.age_years=60 --seed 7")
def run(
    treatment: Annotated[
        str,
        typer.Argument(metavar="TREATMENT", help="A treatment file, or the name of a shipped one (libskin presets)."),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder for the files; out/NAME if not given.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of all random numbers, 0 or more.")] = 0,
    change: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Change one entry of the file; may be repeated."),
    ] = None,
) -> None:
    """Run a treatment: summary, result.h5, figure.png and report.html."""
    from libskin._files import make_folder, write_aside
    from libskin._report import report

    overrides = change or []
    for entry in overrides:
        if "=" not in entry or entry.startswith("="):
            raise _core.ParameterError(f"--set {entry!r} is not KEY=VALUE, for example skin.age_years=60")
    case = ls.load_treatment(treatment, overrides)
    folder = make_folder(output if output is not None else Path("out") / _name(treatment))
    result = _quiet(lambda: ls.treat(case.skin, case.protocol, seed=seed, progress=sys.stderr.isatty()))
    ls.save(result, folder / "result.h5")
    _note("drawing figure.png and report.html")
    from libskin import plot

    write_aside(folder / "figure.png", lambda path: plot.overview(result).savefig(path, dpi=120))
    report(result, folder / "report.html")
    _print_result(result)
    typer.echo(f"\nwrote {folder}/result.h5, {folder}/figure.png and {folder}/report.html")


@app.command(epilog="Example: libskin show out/medical_pen/result.h5 --citations")
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A result file (.h5), or bench.h5.")],
    citations: Annotated[bool, typer.Option(help="Print full references.")] = True,
) -> None:
    """Summary, warnings and citations of a stored result; the table of a bench."""
    from libskin._bench_table import is_bench

    result = ls.load(file)
    if is_bench(result):
        _print_bench(result)
        return
    _print_result(result, full=True)
    if citations:
        _print_table("What to cite", ("key", "reference"),
                     [(key, ls.reference(key)) for key in result.info.citations])  # fmt: skip


@app.command(epilog="Example: libskin explain skin.papillary_dermis.thickness")
def explain(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Dotted name, for example device.needle.length.")],
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]", help="Treatment, parameter or result file; the shipped medical_pen if not given."
        ),
    ] = None,
) -> None:
    """Where a parameter comes from, and which physics read it."""
    from libskin.citations import explain_name

    e = explain_name(name, file)
    o = e.origin
    rows = [
        ("value", ls.units.pretty(e.value, e.unit or "1")),
        ("meaning", e.meaning),
        ("kind", str(o.kind)),
        ("source", o.source or "-"),
        ("reference", e.reference or "-"),
        ("set", o.set or "-"),
    ]
    if o.lo == o.lo and o.hi == o.hi:
        unit = e.unit or "1"
        rows.append(("stated range", f"{ls.units.pretty(o.lo, unit)} to {ls.units.pretty(o.hi, unit)}"))
    if o.sd == o.sd:
        of = f", n = {o.n}" if o.n else ""
        rows.append(("standard deviation", ls.units.pretty(o.sd, e.unit or "1") + of))
    if o.note:
        rows.append(("note", o.note))
    rows.append(("read by", ", ".join(e.read_by) or "-"))
    _print_table(e.name, ("", ""), rows, header=False)


@app.command(epilog="Example: libskin presets devices")
def presets(
    kind: Annotated[
        str | None,
        typer.Argument(help="skins, devices, actives, vehicles, topicals, treatments or designs; all if not given."),
    ] = None,
) -> None:
    """List what is shipped."""
    if kind is not None and kind not in KINDS:
        near = difflib.get_close_matches(kind, KINDS, n=1)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        raise _core.ParameterError(f"presets {kind!r} is not one of: {', '.join(KINDS)}{hint}")
    for name in [kind] if kind is not None else list(KINDS):
        head, describe = _DESCRIPTIONS[name]
        _print_table(name, head, [(key, *describe(key)) for key in KINDS[name]()])


@app.command(epilog="Example: libskin check my_skin.toml my_treatment.toml")
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="libskin files of any schema (.toml).")],
) -> None:
    """Read files and validate them; errors name file, line, key, value and range."""
    failed = 0
    for file in files:
        try:
            typer.echo(f"{file}: {_core.check_file(file)}")
        except ls.Error as error:
            failed += 1
            message = str(error)
            _complain(message if str(file) in message else f"{file}: {message}")
    if failed:
        raise typer.Exit(2)


@app.command(epilog="Example: libskin bench twelve_needles -n 1000")
def bench(
    designs: Annotated[
        str,
        typer.Argument(metavar="DESIGNS", help="A designs file, or the name of a shipped one (libskin presets)."),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder for the files; out/NAME if not given.")
    ] = None,
    persons: Annotated[int | None, typer.Option("-n", "--persons", help="How many; what the file says.")] = None,
    seed: Annotated[int | None, typer.Option(help="Of all random numbers; what the file says.")] = None,
    strikes: Annotated[int, typer.Option(help="Strikes on each person.")] = 40,
    threads: Annotated[int, typer.Option(help="0: all cores. Never changes a number.")] = 0,
) -> None:
    """Compare needle designs on the same persons: table, bench.html, bench.h5 and table.csv.

    What was computed is kept in the folder: a run that was stopped goes on where it was.
    """
    from libskin._bench_table import write_bench, write_bench_csv
    from libskin._files import make_folder
    from libskin._report import report

    chosen = ls.load_designs(designs)
    folder = output if output is not None else Path("out") / _name(designs)
    ds = _quiet(
        lambda: ls.bench(
            chosen, n=persons, seed=seed, n_strikes=strikes, threads=threads,
            progress=sys.stderr.isatty(), store=folder / "blocks",
        )
    )  # fmt: skip
    make_folder(folder)  # bad input was found before: it leaves no folder behind
    write_bench(ds, folder / "bench.h5")
    write_bench_csv(ds, folder / "table.csv")
    _note("drawing bench.html")
    report(ds, folder / "bench.html")
    _print_bench(ds)
    typer.echo(f"\nwrote {folder}/bench.html, {folder}/bench.h5 and {folder}/table.csv")


@app.command(epilog="Example: libskin validate insertion --set insertion.rate_model=none")
def validate(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CASE]...", help="Ids (INS-X3) or physics (insertion); all cases if none is given."),
    ] = None,
    draws: Annotated[
        int, typer.Option(help="Persons and set-ups drawn for each 90 % band; 0: no bands.", min=0, max=100000)
    ] = 200,
    seed: Annotated[int, typer.Option(help="Of the draws, 0 or more.")] = 0,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE[,VALUE]",
            help="Compare with a hypothesis or value (insertion.<setting>, skin.<layer>.<member>); may be repeated.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder for validation.csv, validation.html and figures.")
    ] = None,
    calibrate: Annotated[
        bool, typer.Option(help="Print what calibration would give; shipped values stay as they are.")
    ] = True,
) -> None:
    """Run validation cases and print predicted against measured.

    Exit code 1: a check that should hold fails, or a known miss moved. Known misses that stay where they are, and what
    is found under --set, do not fail.
    """
    from libskin import validation
    from libskin.validation import tables

    chosen = validation.cases(names or [])
    others = validation.variants(change or [])
    ids = [case.id for case in chosen]
    reports = [
        validation.run(ids, draws=draws, seed=seed, variant=variant, progress=sys.stderr.isatty())
        for variant in (validation.Variant(), *others)
    ]
    _print_table("Predicted against measured", tables.HEAD, [tables.cells(o) for o in reports[0].outcomes])
    for sentence in tables.summary(reports[0]):
        typer.echo(sentence)
    if others:
        _print_table("\nHypotheses side by side", *tables.comparison(reports))
    calibrated = []
    if calibrate:
        _note("calibrating")
        for physics in dict.fromkeys(case.physics for case in chosen):
            calibrated += validation.calibrate(physics, ids)
        if calibrated:
            _print_table("\nWhat calibration would give, one parameter at a time; shipped values are unchanged",
                         tables.CALIBRATION_HEAD, [tables.calibration_cells(c) for c in calibrated])  # fmt: skip
    if output is not None:
        files = validation.write(reports, output, calibrated)
        typer.echo("wrote " + ", ".join(str(file) for file in files))
    if not reports[0].ok:
        raise typer.Exit(1)


# ----------------------------------------------------------------------------------- tables of presets


def _describe_skin(key: str) -> tuple[str, ...]:
    skin = ls.Skin.preset(key)
    return (skin.title, *(ls.units.pretty(layer.thickness, "m") for layer in skin.layers))


def _describe_device(key: str) -> tuple[str, ...]:
    device = ls.device(key)
    if isinstance(device, ls.Pen):
        many, extra = (
            str(device.count),
            f"{device.frequency:g} Hz, protrusion {ls.units.pretty(device.protrusion, 'm')}",
        )
    elif isinstance(device, ls.Roller):
        many = f"{device.rings} x {device.needles_per_ring}"
        extra = f"drum radius {ls.units.pretty(device.drum_radius, 'm')}"
    else:
        many, extra = f"{device.rows} x {device.columns}", f"pitch {ls.units.pretty(device.pitch, 'm')}"
    return (
        type(device).__name__.lower(),
        str(ls.depth_band(device)),
        ls.units.pretty(device.needle.length, "m"),
        many,
        extra,
    )


def _describe_active(key: str) -> tuple[str, ...]:
    a = ls.active(key)
    return (a.title, str(a.solute_class), f"{1e3 * a.molar_mass:.5g} g/mol", f"{a.log_partition:g}")


def _describe_vehicle(key: str) -> tuple[str, ...]:
    v = ls.vehicle(key)
    particle = ls.units.pretty(v.particle_diameter, "m") if v.particle_diameter is not None else "-"
    return (v.title, ls.units.pretty(v.bulk_viscosity, "Pa s"), f"{v.ph:g}", particle)


def _describe_topical(key: str) -> tuple[str, ...]:
    t = ls.topical(key)
    return (t.title, t.active.id, f"{t.concentration:g} kg/m^3", t.vehicle.id)


def _describe_treatment(key: str) -> tuple[str, ...]:
    case = ls.load_treatment(key)
    p = case.protocol
    products = ", ".join(f"{a.name} ({a.when})" for a in p.applications) or "-"
    return (p.title, case.skin.id, p.device.id, str(p.sessions), products)


def _describe_designs(key: str) -> tuple[str, ...]:
    chosen = ls.load_designs(key)
    return (chosen.title, chosen.skin.id, str(len(chosen.designs)), str(chosen.population.n))


_DESCRIPTIONS: dict[str, tuple[tuple[str, ...], Callable[[str], tuple[str, ...]]]] = {
    "skins": (
        ("id", "what", "stratum corneum", "viable epidermis", "papillary dermis", "reticular dermis", "hypodermis"),
        _describe_skin,
    ),
    "devices": (("id", "kind", "band", "needle", "needles", "more"), _describe_device),
    "actives": (("id", "what", "class", "molar mass", "log P"), _describe_active),
    "vehicles": (("id", "what", "viscosity", "pH", "particles"), _describe_vehicle),
    "topicals": (("id", "what", "active", "concentration", "vehicle"), _describe_topical),
    "treatments": (("id", "what", "skin", "device", "sessions", "products"), _describe_treatment),
    "designs": (("id", "what", "skin", "designs", "persons"), _describe_designs),
}


# -------------------------------------------------------------------------------------------- output


def _name(treatment: str) -> str:
    """The folder's name: the file without .toml (with_suffix would eat the .5 of a name like pen_1.5)."""
    return Path(treatment).name.removesuffix(".toml")


def _quiet(work: Callable[[], Any]) -> Any:
    """Run without Python's warning lines: the warnings are printed with the summary."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ls.ValidityWarning)
        return work()


def _note(text: str) -> None:
    if sys.stderr.isatty():
        typer.echo(text, err=True)


def _complain(message: str) -> None:
    typer.secho("libskin: ", fg=typer.colors.RED, nl=False, err=True)
    typer.echo(message, err=True)


def _print_result(result: Any, *, full: bool = False) -> None:
    typer.echo(ls.summary(result) if isinstance(result, ls.TreatmentResult) else repr(result))
    if full and result.info.warnings:  # the summary names them in short
        _print_table("Warnings", ("what", "where", "message"),
                     [(w.code.replace("_", " "), w.where, w.message) for w in result.info.warnings])  # fmt: skip


def _print_bench(ds: Any) -> None:
    from libskin._bench_report import printed_table

    head, rows = printed_table(ds)
    _print_table(ds.attrs["title"], head, rows)
    persons, strikes = ds.sizes["person"], ds.attrs["strikes_per_person"]
    typer.echo(
        f"{persons} persons x {strikes} strikes. entry, dermis: median force on one needle when the skin opens and "
        "when the tip gets into the dermis;\ndepth: median (5-95 %); between persons / within one: standard deviation "
        "of depth; then the probability to reach each layer."
    )
    for line in ds.attrs["warnings"].splitlines():
        typer.echo(f"warning: {line if len(line) < 200 else line[:160] + ' ... (all in bench.html)'}")


def _print_table(title: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]], *, header: bool = True) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table(title=title, title_justify="left", box=box.SIMPLE, show_header=header, pad_edge=False)
    for k, name in enumerate(head):
        table.add_column(name, overflow="fold", no_wrap=k == 0)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def main() -> None:
    """Entry point: one sentence for an error, never a traceback."""
    pressed: list[int] = []  # a library that is drawing may turn Ctrl-C into an error of its own

    def interrupt(number: int, _frame: object) -> None:
        pressed.append(number)
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a background job ignores it: so be it
        signal.signal(signal.SIGINT, interrupt)
    try:
        app(standalone_mode=True)
    except KeyboardInterrupt:
        sys.exit(_stopped())
    except BrokenPipeError:  # the reader of our output went away
        sys.exit(1)
    except Exception as error:
        if pressed:
            sys.exit(_stopped())
        if not isinstance(error, ls.Error | OSError):
            raise
        _complain(str(error))
        wrong_input = isinstance(error, ls.ParameterError | ls.DataError)
        unreadable = isinstance(error, ls.FileError) and sys.argv[1:2] in (["show"], ["explain"])
        sys.exit(2 if wrong_input or unreadable else 1)


def _stopped() -> int:
    _complain("stopped; files that were not finished were not written")
    return 128 + signal.SIGINT
