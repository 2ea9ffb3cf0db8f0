"""What the page of :mod:`libskin._report` says about tearing: the map, where the index comes from, one needle's way."""

from __future__ import annotations

import numpy as np

from libskin._core import (
    NeedlePathSettings,
    ParameterError,
    Roller,
    Rolling,
    TearingResult,
    TreatmentResult,
    needle_path,
)
from libskin._report_html import escaped, image, percent, table
from libskin.units import mm

CAUSES = {
    "slip": "slip of a drum, glide of a pen, tremor over a stamp",
    "side_slip": "side-slip: steering",
    "yaw": "rolling in a curve",
    "stroke_ends": "touchdown and lift",
    "turn_pressed": "turning with the needles in the skin",
    "jammed": "a drum that jams",
    "lifted": "rolling to and fro without lifting",
    "length": "needle length beyond the shortest home roller",
    "age": "age",
    "condition": "sun damage, steroid, dryness",
    "junction": "junction of epidermis and dermis",
    "rest": "free rolling of the shortest needle in young skin",
}


def tearing_section(result: TreatmentResult) -> str:
    """Words, map and shares; for a roller also one needle's way through this skin."""
    from libskin import plot

    t = result.tearing
    out = ["<h2>Tearing</h2>", *(f"<p>{escaped(_sentence(line))}</p>" for line in t.words)]
    if not t.words:
        return out[0] + "<p>Nothing was dragged through the skin: its holes stay as they are.</p>"
    out.append(image(plot.tears(result), "Left: the middle of the patch from above, slits at their length and "
                     "direction. Right: lateral travel of each needle against what the skin can follow; above the "
                     "dashed line it cuts."))  # fmt: skip
    out.append(_causes(t))
    out += _needle(result)
    return "".join(out)


def _sentence(line: str) -> str:
    return line[:1].upper() + line[1:] + "."


def _causes(t: TearingResult) -> str:
    shares = {name: share for name, share in t.risk_causes.items() if share != 0.0}
    if t.risk_index <= 0.0 or max(shares.values(), default=0.0) <= 0.0:
        return ""
    largest = max(shares.values())
    rows = [
        (
            escaped(CAUSES.get(name, name)),
            f"{share:.2g}",
            percent(share / t.risk_index),
            f'<span class="bar" style="width:{8.0 * max(share, 0.0) / largest:.2f}rem"></span>',
        )
        for name, share in sorted(shares.items(), key=lambda item: -item[1])
    ]
    note = (
        "<p>Shares add up to the index: each is the mean of what taking the cause away saves, over all orders of "
        "taking causes away (Shapley value). Below zero is what a cause saves: a contact cut short by touchdown or "
        "lift drags less. Slip and side-slip include the scatter of the hand.</p>"
    )
    return table(("what it comes from", "index", "share", ""), rows, numeric=(1, 2)) + note


def _needle(result: TreatmentResult) -> list[str]:
    device, use = result.protocol.device, result.protocol.use
    if not isinstance(device, Roller) or not isinstance(use, Rolling):
        return []
    from libskin import plot

    depth = min(float(np.mean(result.tearing.wound.depth)), device.needle.length)
    try:
        path = needle_path(result.skin, device, use, depth, result.settings.tearing, NeedlePathSettings())
    except ParameterError:  # a drum that does not turn, or no depth: there is no path
        return []
    way = f"One needle at the mean depth of {depth / mm:.2f} mm, without the scatter of the hand, to scale."
    room = "Lateral room that this needle asks for at each depth, and what the skin gives before it cuts."
    return [
        image(plot.needle_path(path, result.skin, device), way),
        image(plot.demand(path, result.skin), room),
    ]
