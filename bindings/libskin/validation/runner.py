"""Run validation cases: predictions, their 90 % bands, and a verdict for each check."""

from __future__ import annotations

import difflib
import importlib
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np

from libskin import _core
from libskin._choice import choice, number, whole
from libskin._core import Error, ParameterError, Skin
from libskin.progress import ProgressCallback, reporter
from libskin.validation.data import Case, Check, Datum, cases, to_si
from libskin.validation.draw import GROUP, Stream, draw_setup, draw_skin, still

SETTINGS: dict[str, type] = {
    "insertion": _core.InsertionSettings, "tearing": _core.TearingSettings, "bleeding": _core.BleedingSettings,
    "recovery": _core.RecoverySettings, "transport": _core.DeliverySettings, "healing": _core.HealingSettings,
    "safety": _core.SafetySettings,
}  # fmt: skip
SKIN_GROUPS: dict[str, type] = {
    "mechanics": _core.Mechanics, "tear_resistance": _core.TearResistance, "vasculature": _core.Vasculature,
    "barrier": _core.Barrier, "solute_transport": _core.SoluteTransport, "healing_biology": _core.HealingBiology,
    "tolerance": _core.Tolerance,
}  # fmt: skip

__all__ = ["NotRun", "Outcome", "Report", "Variant", "Verdict", "World", "judge", "predict", "run", "variants"]

# A known miss is deterministic but for roots (1e-9 m of 1e-4 m) and the libm of the machine; 0.5 % is far above both
# and far below what a changed law or parameter does.
FROZEN = 0.005
LEVELS = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class NotRun:
    """Why a prediction could not be made."""

    reason: str


class Verdict(StrEnum):
    """What a line of the table says."""

    inside = "inside"  # within what is accepted
    known_miss = "known miss"  # outside, listed, and where it was
    outside = "OUTSIDE"  # outside and not listed
    changed = "CHANGED"  # listed as a miss, but elsewhere than it was, or no miss any more
    not_run = "not run"  # the model for it does not exist, or it failed: see the note


@dataclass(frozen=True)
class Variant:
    """Choices that differ from the defaults, by dotted name: ``insertion.toughness_law``, ``skin.dermis.toughness``."""

    choices: Mapping[str, Any] = field(default_factory=dict)

    @property
    def default(self) -> bool:
        return not self.choices

    @property
    def title(self) -> str:
        return ", ".join(f"{name.rpartition('.')[2]} = {value}" for name, value in self.choices.items()) or "default"


@dataclass(frozen=True)
class Outcome:
    """One check, predicted against measured; numbers in the unit of the check."""

    case: Case
    check: Check
    predicted: float  # NaN: not run
    band: tuple[float, float]  # 5 and 95 % of the draws; NaN: no draws
    draws: int  # that gave a number
    failed: int  # that did not
    verdict: Verdict
    note: str

    @property
    def in_band(self) -> bool | None:
        """The measured value (or a part of its range) lies in the band; None: no number or no band."""
        if not self.check.numeric or not math.isfinite(self.band[0]):
            return None
        _, low, high = self.check.measured
        return self.band[0] <= high and low <= self.band[1]


@dataclass(frozen=True)
class Report:
    """All outcomes of one variant."""

    variant: Variant
    outcomes: tuple[Outcome, ...]
    draws: int
    seed: int

    @property
    def ok(self) -> bool:
        """Nothing that should hold fails, and no known miss moved."""
        return not any(o.verdict in (Verdict.outside, Verdict.changed) for o in self.outcomes)

    def count(self, *verdicts: Verdict, use: str | None = None) -> int:
        return sum(o.verdict in verdicts and use in (None, o.check.use) for o in self.outcomes)

    def in_band(self, use: str | None = None) -> tuple[int, int]:
        """How many measured values lie in their 90 % band, and of how many."""
        judged = [o.in_band for o in self.outcomes if o.in_band is not None and use in (None, o.check.use)]
        return sum(judged), len(judged)


class World:
    """What a prediction sees of its case: nominal values, or one draw from their spreads."""

    def __init__(self, case: Case, variant: Variant, stream: Stream | None = None) -> None:
        self.case, self.variant, self.nominal = case, variant, stream is None
        self._setup = {n: q.value for n, q in case.setup.items()} if stream is None else draw_setup(case.setup, stream)
        self._skins = {}
        for name in case.skins:
            skin = change_skin(case.skin(name), variant)
            self._skins[name] = (
                still(skin)
                if stream is None
                else draw_skin(skin, stream.within(name), chosen_values(skin, variant), case.physics)
            )

    def __getitem__(self, name: str) -> float:
        """A quantity of the set-up, in SI."""
        return self._setup[name]

    def skin(self, name: str = "skin") -> Skin:
        return self._skins[name]

    def datum(self, row: str) -> Datum:
        return self.case.data[row]

    def settings(self, physics: str, kind: type, without: frozenset[str] = frozenset(), **fixed: Any) -> Any:
        """Settings of a verb with the choices of the variant, but for those it would refuse; ``fixed`` goes before."""
        wanted = {n.partition(".")[2]: v for n, v in self.variant.choices.items() if n.startswith(f"{physics}.")}
        wanted = {name: value for name, value in wanted.items() if name not in without}
        return make_settings(kind, {**wanted, **fixed})


Prediction = Mapping[str, float | NotRun]
Predictor = Callable[[World], Prediction]


def predict(case: Case, variant: Variant | None = None, stream: Stream | None = None) -> dict[str, float | NotRun]:
    """The predictions of a case in SI, by the names of its checks."""
    module = importlib.import_module(f"libskin.validation.{case.physics}")
    predictor: Predictor = module.PREDICT[case.id]
    return dict(predictor(World(case, variant or Variant(), stream)))


def run(
    names: Sequence[str] = (),
    *,
    draws: int = 200,
    seed: int = 0,
    variant: Variant | None = None,
    progress: bool | ProgressCallback = False,
) -> Report:
    """Run cases by id or physics (all if none is named) and judge every check.

    Parameters
    ----------
    names
        ``"INS-X3"``, ``"insertion"``, ...
    draws
        Persons and set-ups drawn for the 90 % band; 0: no bands.
    variant
        Choices other than the defaults. Frozen figures belong to the defaults, so with a variant a known miss is not
        compared with them.

    Examples
    --------
    >>> from libskin import validation
    >>> report = validation.run(["INS-X2"], draws=0)
    >>> report.ok
    True
    """
    variant, draws, seed = variant or Variant(), whole(draws, "draws"), whole(seed, "seed")
    chosen = cases(list(names))
    check_names(variant)
    outcomes: list[Outcome] = []
    total, done = len(chosen) * (draws + 1), 0
    with reporter(progress) as report:
        for case in chosen:
            samples: dict[str, list[float]] = {}
            nominal = _attempt(case, variant, None)
            failed = 0
            for i in range(draws):
                drawn = _attempt(case, variant, Stream(seed, i))
                failed += isinstance(drawn, NotRun)
                for name, value in {} if isinstance(drawn, NotRun) else drawn.items():
                    if isinstance(value, float) and math.isfinite(value):
                        samples.setdefault(name, []).append(value)
                done += 1
                if report is not None and done % 20 == 0:
                    report(done, total, case.id)
            done += 1
            outcomes += [_judge(case, check, nominal, samples, failed, variant) for check in case.checks]
    return Report(variant=variant, outcomes=tuple(outcomes), draws=draws, seed=seed)


def variants(entries: Sequence[str]) -> list[Variant]:
    """Variants that ``--set name=value`` asks for; ``name=a,b`` gives one for each value, several names all pairs.

    >>> [v.title for v in variants(["insertion.rate_model=none,power_law"])]
    ['rate_model = none', 'rate_model = power_law']
    """
    if not entries:
        return []
    axes = []
    for entry in entries:
        name, equals, values = entry.partition("=")
        if not equals or not name or not values:
            raise ParameterError(f"--set {entry!r} is not NAME=VALUE, for example insertion.rate_model=none")
        axes.append([(name, value) for value in values.split(",")])
    result = [Variant(dict(chosen)) for chosen in itertools.product(*axes)]
    for variant in result:
        check_names(variant)
    return result


# ------------------------------------------------------------------------------------------- judging


def _attempt(case: Case, variant: Variant, stream: Stream | None) -> dict[str, float | NotRun] | NotRun:
    try:
        return predict(case, variant, stream)
    except ParameterError as error:
        if variant.default:
            raise
        return NotRun(f"refused: {error}")  # names were checked: these hypotheses do not go together
    except Error as error:
        return NotRun(f"failed: {error}")


def _judge(case: Case, check: Check, nominal: dict[str, float | NotRun] | NotRun, samples: Mapping[str, list[float]],
           failed: int, variant: Variant) -> Outcome:  # fmt: skip
    drawn = samples.get(check.name, [])
    value = nominal if isinstance(nominal, NotRun) else nominal.get(check.name, NotRun("no prediction"))
    scale = 1.0 / to_si(1.0, check.unit)
    band = (math.nan, math.nan)
    if check.statistic == "share_below_measured":
        if drawn:
            value = float(np.mean(np.asarray(drawn) < check.rows[0].number("value")))
        elif not isinstance(value, NotRun):
            value = NotRun("needs draws")
    elif drawn:
        low, high = np.quantile(drawn, LEVELS)
        band = (float(low) * scale, float(high) * scale)
    if isinstance(value, float) and not math.isfinite(value):
        value = NotRun("the prediction is no number")
    if isinstance(value, NotRun):
        return Outcome(case, check, math.nan, band, len(drawn), failed, Verdict.not_run, value.reason)
    predicted = value * scale
    verdict, note = judge(case, check, predicted, variant)
    return Outcome(case, check, predicted, band, len(drawn), failed, verdict, note)


def judge(case: Case, check: Check, predicted: float, variant: Variant) -> tuple[Verdict, str]:
    """Verdict on a prediction in the unit of its check, and a note."""
    low, high = check.accepted
    slack = 1e-9 * max(abs(predicted), 1e-300)  # sums of layers: round-off at the very edge is inside
    inside = low - slack <= predicted <= high + slack
    if not variant.default:  # the frozen figures belong to the defaults
        return (Verdict.inside, "") if inside else (Verdict.known_miss if check.known_miss else Verdict.outside, "")
    if not check.known_miss:
        return (Verdict.inside, "") if inside else (Verdict.outside, "")
    if inside:
        return Verdict.changed, "is listed as a known miss but is inside now"
    found = case.found.get(check.key, math.nan)
    if not math.isfinite(found):
        return Verdict.changed, "is a known miss without a figure in found.toml"
    if abs(predicted - found) > FROZEN * max(abs(found), abs(predicted)):
        return Verdict.changed, f"was {found:.4g} {check.unit}"
    return Verdict.known_miss, check.known_miss


# ------------------------------------------------------------------------------------------ settings


def make_settings(kind: type, wanted: Mapping[str, Any]) -> Any:
    """A settings struct from names and values; values may be text, as from a command line."""
    base = kind()
    changes: dict[str, Any] = {}
    for name, value in wanted.items():
        if name.startswith("_") or name not in dir(kind):
            known = [n for n in dir(kind) if not n.startswith("_") and n != "replace"]
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ParameterError(f"{name!r} is no member of {kind.__name__}{hint}")
        present = getattr(base, name)
        if isinstance(present, StrEnum):
            changes[name] = choice(type(present), str(value), name)
        elif isinstance(present, bool):
            if str(value).lower() not in ("true", "false"):
                raise ParameterError(f"{name} = {value!r} is not true or false")
            changes[name] = str(value).lower() == "true"
        else:
            as_number = _as_number(value, name)
            changes[name] = whole(int(as_number), name) if isinstance(present, int) else as_number
    return base.replace(**changes)


def _as_number(value: Any, name: str) -> float:
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            raise ParameterError(f"{name} = {value!r} is not a number in SI") from None
    return number(value, name)


def change_skin(skin: Skin, variant: Variant) -> Skin:
    """``skin`` with the variant's choices ``skin.<layer or group>.<member>``, numbers in SI."""
    for path, value in variant.choices.items():
        if not path.startswith("skin."):
            continue
        _, where, name = path.split(".")
        amount = _as_number(value, path)
        if where in SKIN_GROUPS:
            skin = skin.replace(**{where: getattr(skin, where).replace(**{name: amount})})
        else:
            skin = skin.replace(layers=[
                layer.replace(**{name: amount}) if where in (layer.name, GROUP.get(layer.name)) else layer
                for layer in skin.layers
            ])  # fmt: skip
    return skin


def chosen_values(skin: Skin, variant: Variant) -> frozenset[str]:
    """Names of the skin's values that the variant sets, as its origins have them."""
    names = set()
    for path in variant.choices:
        if path.startswith("skin."):
            _, where, name = path.split(".")
            names.add(f"{where}.{name}")
            names |= {f"{layer.name}.{name}" for layer in skin.layers if GROUP.get(layer.name) == where}
    return frozenset(names)


def check_names(variant: Variant) -> None:
    """Refuse a choice that nothing reads."""
    for path, value in variant.choices.items():
        head, _, rest = path.partition(".")
        if head in SETTINGS:
            make_settings(SETTINGS[head], {rest: value})
            continue
        where, _, name = rest.partition(".")
        kind: Any = SKIN_GROUPS.get(where, _core.Layer)
        if head != "skin" or where not in (*SKIN_GROUPS, *GROUP, *GROUP.values()) or name not in kind._ranges:
            raise ParameterError(
                f"--set {path!r} names nothing; known: <physics>.<setting>, skin.<group>.<member>, "
                "skin.<layer or epidermis, dermis, fat>.<member>"
            )
        (low, high), amount = kind._ranges[name], _as_number(value, path)
        if not low <= amount <= high:
            raise ParameterError(f"{path} = {amount:g} is outside [{low:g}, {high:g}]")
