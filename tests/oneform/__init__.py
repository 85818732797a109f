"""Tests of the forms that offices send down."""
