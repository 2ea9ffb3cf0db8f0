"""Files of earlier revisions: one of each schema stays in tests/regression/data and stays readable."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

import libskin as ls

OLD = Path(__file__).parents[1] / "regression" / "data"


@pytest.fixture(scope="module")
def old_treatment(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("old") / "treatment.h5"
    with gzip.open(OLD / "treatment_schema_1.h5.gz") as packed, path.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return path


def test_a_file_of_schema_1_keeps_its_numbers(old_treatment) -> None:
    """IO-V2. What the file held when it was written comes back to the last bit (exact: they are stored doubles)."""
    result = ls.load(old_treatment)
    assert result.insertion.depth_mean == float.fromhex("0x1.84216fa116eb4p-11")
    assert result.healing.collagen_gain("papillary_dermis") == float.fromhex("0x1.4ada2628faf95p-4")
    assert result.summary.barrier_time == float.fromhex("0x1.bb716d807d07cp+12")
    assert result.delivery["numbing"].delivered == float.fromhex("0x1.363466beb014bp-10")
    assert result.delivery["serum"].delivered == float.fromhex("0x1.2dc08bfea843dp-13")
    assert len(result.insertion.depth) == 12
    assert result.provenance.libskin_version == "0.1.0"


def test_a_file_of_schema_1_can_be_shown_and_saved_again(old_treatment, tmp_path) -> None:
    """IO-V3. An old file is a result like any other: summary, citations, and a file of today's schema."""
    result = ls.load(old_treatment)
    assert "Depth (first session)" in ls.summary(result)
    ls.save(result, tmp_path / "again.h5")
    assert ls.load(tmp_path / "again.h5") == result
