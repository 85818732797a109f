"""Figures of micro-credit that come with the product."""
