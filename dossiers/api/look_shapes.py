"""The shapes of checklists of visits."""

from typing import Any

from rest_framework import serializers

from dossiers.enums import Terrain


class LookLineRow(serializers.Serializer[Any]):
    """One line of the derivation of a score."""

    position = serializers.IntegerField()
    name = serializers.CharField()
    choice = serializers.CharField()
    remark = serializers.CharField()
    points = serializers.DecimalField(max_digits=6, decimal_places=1)
    most_points = serializers.DecimalField(max_digits=6, decimal_places=1)


class LookRow(serializers.Serializer[Any]):
    """A checklist that was filled in, with the derivation of its score."""

    id = serializers.UUIDField()
    dossier_id = serializers.UUIDField(allow_null=True)
    form_key = serializers.CharField()
    form_edition = serializers.IntegerField()
    form_name = serializers.CharField()
    looked_on = serializers.DateField()
    score = serializers.DecimalField(max_digits=6, decimal_places=1)
    full_score = serializers.IntegerField()
    outcome = serializers.CharField()
    lines = LookLineRow(many=True)


class LookList(serializers.Serializer[Any]):
    """The checklists of a household, the latest first."""

    results = LookRow(many=True)


class AnswerOfLook(serializers.Serializer[Any]):
    """One answer: the place of the choice, from 0."""

    choice = serializers.IntegerField(min_value=0, max_value=9)
    remark = serializers.CharField(max_length=200, default="", allow_blank=True)


class LookShape(serializers.Serializer[Any]):
    """Fill in a checklist: an answer for each question, in their order."""

    form_key = serializers.CharField(max_length=40)
    looked_on = serializers.DateField()
    dossier_id = serializers.UUIDField(required=False, allow_null=True)
    answers = AnswerOfLook(many=True)


class LookItemShape(serializers.Serializer[Any]):
    """One question of a checklist; the choices go from the best to the hardest."""

    name = serializers.CharField(max_length=60)
    question = serializers.CharField(max_length=200, default="", allow_blank=True)
    weight = serializers.DecimalField(max_digits=5, decimal_places=2)
    choices = serializers.ListField(child=serializers.CharField(max_length=40))


class LookFormShape(serializers.Serializer[Any]):
    """The next edition of a checklist, whole; `bounds` are the scores from which the outcomes hold."""

    name = serializers.CharField(max_length=60)
    terrain = serializers.ChoiceField(choices=Terrain.choices)
    source = serializers.CharField(max_length=300, default="", allow_blank=True)  # type: ignore[assignment]  # the field's own name hides that of the base
    full_score = serializers.IntegerField(min_value=1, max_value=1000)
    bounds = serializers.ListField(child=serializers.DecimalField(max_digits=6, decimal_places=1))
    outcomes = serializers.ListField(child=serializers.CharField(max_length=60))
    items = LookItemShape(many=True)


class LookFormRow(serializers.Serializer[Any]):
    """An edition of a checklist."""

    id = serializers.UUIDField()
    key = serializers.CharField()
    edition = serializers.IntegerField()
    name = serializers.CharField()
    terrain = serializers.CharField()
    is_local = serializers.BooleanField()
    source = serializers.CharField()  # type: ignore[assignment]  # the field's own name hides that of the base
    is_current = serializers.BooleanField()
    full_score = serializers.IntegerField()
    bounds = serializers.ListField(child=serializers.DecimalField(max_digits=6, decimal_places=1))
    outcomes = serializers.ListField(child=serializers.CharField())
    version = serializers.IntegerField()


class LookFormDetail(LookFormRow):
    """An edition with its questions."""

    items = LookItemShape(many=True)
