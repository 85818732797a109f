"""The tables of training and posts."""

from livelihoods.models.figures import TrainingRule
from livelihoods.models.training import Course, Enrolment, TrainingWish

__all__ = ["Course", "Enrolment", "TrainingRule", "TrainingWish"]
