"""Rows as comma-separated values, the same wherever they are told."""

from __future__ import annotations

from archive.ground.spreadsheets import csv_lines

__all__ = ["csv_lines"]
