"""The tables of training and posts."""

from livelihoods.models.figures import PostRule, TrainingRule
from livelihoods.models.posts import PostHolding, PostMonth, WelfarePost
from livelihoods.models.training import Course, Enrolment, TrainingWish

__all__ = ["Course", "Enrolment", "PostHolding", "PostMonth", "PostRule", "TrainingRule", "TrainingWish", "WelfarePost"]
