"""The shapes of pictures, as they come in and go out."""

from typing import Any

from rest_framework import serializers

from periods.enums import SnapshotState


class PictureRequest(serializers.Serializer[Any]):
    """The register as the facts stood on a day, as known at a moment (now without one), in a division."""

    as_of = serializers.DateField(help_text="2020-12-31")
    known_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    area_code = serializers.CharField(max_length=12, help_text="549901000000")


class PictureRow(serializers.Serializer[Any]):
    """A picture that was asked for; counts and checksum are those of what its asker saw."""

    id = serializers.UUIDField()
    as_of = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True)
    taken_at = serializers.DateTimeField(allow_null=True)
    area_code = serializers.CharField()
    state = serializers.ChoiceField(SnapshotState.choices)
    households = serializers.IntegerField()
    persons = serializers.IntegerField()
    villages = serializers.IntegerField()
    checksum = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    error_code = serializers.CharField(allow_blank=True)


class PictureVillage(serializers.Serializer[Any]):
    """What a picture counts in a village."""

    village_code = serializers.CharField()
    households = serializers.IntegerField()
    persons = serializers.IntegerField()
    not_lifted = serializers.IntegerField()
    lifted = serializers.IntegerField()
    monitored = serializers.IntegerField()
    without_helper = serializers.IntegerField()


class PictureDetail(PictureRow):
    """A picture with its counts by village, and what it cannot know."""

    counts = PictureVillage(many=True)
    notes = serializers.ListField(child=serializers.CharField())


class VerificationRow(serializers.Serializer[Any]):
    """The checksum that was noted when a picture was made, the one it has now, and whether they are the same."""

    noted = serializers.CharField()
    found = serializers.CharField()
    is_sound = serializers.BooleanField()
