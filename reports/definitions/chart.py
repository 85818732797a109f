"""A chart of a report, before it becomes a picture."""

from dataclasses import dataclass
from enum import StrEnum

from reports.definitions.text import Text


class ChartKind(StrEnum):
    """What a chart shows."""

    BARS = "bars"  # a bar for each label, the series beside each other
    STACKED = "stacked"  # a bar for each label, the series behind each other; what is below zero goes to the left
    LINES = "lines"  # a trend: a line for each series over the labels


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values, one for each label of the chart; None where there is none."""

    label: Text
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: `labels` name its bars or the points of its lines, `description` says in words what it shows."""

    key: str
    kind: ChartKind
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Text
    description: Text

    def __post_init__(self) -> None:
        for series in self.series:
            if len(series.values) != len(self.labels):
                raise ValueError(f"The chart {self.key} has labels and values of different number.")

    @property
    def has_data(self) -> bool:
        """Whether there is anything to draw."""
        return any(value is not None for series in self.series for value in series.values)
