"""The tables of the sample checks."""

from sampling.models.check import SampleCell, SampleCheck, SampledHousehold, SampleTally

__all__ = ["SampleCell", "SampleCheck", "SampleTally", "SampledHousehold"]
