"""A ready autograder for Gradescope: a zip with the program in it, a set-up script and a run script."""

from __future__ import annotations

from crmsim.grading.autograder.building import build

__all__ = ["build"]
