"""The tables of the sample checks."""

from sampling.models.check import SampleCell, SampleCheck, SampledHousehold

__all__ = ["SampleCell", "SampleCheck", "SampledHousehold"]
