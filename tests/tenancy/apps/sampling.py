"""Sample checks."""

from typing import Final

from registry.lib.periods import today
from sampling.domain.checks import SampleDraft, announce_sample, draw_sample
from sampling.models import SampleCell, SampleCheck, SampledHousehold, SampleTally
from tests.sampling.ground import picture
from tests.tenancy.app_lists import AppLists, Ground, Written


def write(ground: Ground) -> Written:
    """Draw one sample of both households, and announce another."""
    snapshot = picture([ground.household, ground.far], actor=ground.actor)
    drawn = announce_sample(SampleDraft(ground.mark, snapshot.pk, 2, 5), actor=ground.actor)
    draw_sample(drawn.pk, actor=ground.actor)
    announced = announce_sample(SampleDraft(f"{ground.mark} 2", snapshot.pk, 2, 5), actor=ground.actor)
    row = SampledHousehold.objects.get(sample=drawn, household=ground.household)
    cell = SampleCell.objects.get(pk=row.cell_id)
    return Written(
        {"sample_id": announced.pk, "drawn_id": row.pk, "sample_snapshot_id": snapshot.pk},
        {
            "sampling_samplecheck": drawn.pk,
            "sampling_samplecell": cell.pk,
            "sampling_sampletally": SampleTally.objects.get(cell=cell).pk,
            "sampling_sampledhousehold": row.pk,
        },
    )


LISTS: Final = AppLists(
    pages={
        "admin:sample-results": "sampling.view",
        "admin:sample-list": "sampling.view",
        "admin:sample-file": "sampling.view",
        "admin:sample-frame": "sampling.manage",
    },
    with_history={"sampling_samplecheck", "sampling_sampledhousehold"},
    models={
        "sampling_samplecheck": (
            "sampling.view",
            "sampling.manage",
            {"draw": "sampling.manage", "cancel": "sampling.manage", "close": "sampling.manage"},
        ),
        "sampling_sampledhousehold": ("sampling.view", "", {"result": "sampling.record"}),
    },
    api={
        "api:samples": {"GET": "sampling.view", "POST": "sampling.manage"},
        "api:sample": {"GET": "sampling.view"},
        "api:sample-draw": {"POST": "sampling.manage"},
        "api:sample-cancellation": {"POST": "sampling.manage"},
        "api:sample-closing": {"POST": "sampling.manage"},
        "api:sample-frame": {"POST": "sampling.manage"},
        "api:sample-file": {"GET": "sampling.view"},
        "api:sampled-households": {"GET": "sampling.view"},
        "api:sampled-result": {"POST": "sampling.record"},
    },
    write=write,
    bodies={
        ("api:sample-draw", "POST"): {},
        ("api:sample-frame", "POST"): {},
        ("api:sample-cancellation", "POST"): {"reason": "trial"},
        ("api:sample-closing", "POST"): {},
        ("api:sampled-result", "POST"): {"outcome": "correct", "on": str(today())},
    },
    versioned={"sample_id": SampleCheck, "drawn_id": SampledHousehold},
    more={
        ("api:samples", "POST"): {
            "name": "trial",
            "snapshot_id": "{sample_snapshot_id}",
            "size": 2,
            "cap_per_village": 5,
        }
    },
    shared={"sampling_samplecheck", "sampling_sampletally"},
    without_version={"api:sample-frame"},
    again={"api:sample-frame"},
    of_households={"drawn_id"},
)
