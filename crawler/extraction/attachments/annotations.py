"""What stands on a PDF page without being of it: stamps, notes, the fields of a form."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

_MOST = 500
_SHOWN = (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET)
_EMPTY = 2
"""Bytes of an empty string with its end, in UTF-16."""
_LONGEST = 20_000


def annotations_of(page: Any) -> tuple[bool, list[str]]:
    """Whether some show text that is part of the page; and what was typed into fields.

    A field that has no picture of its own shows what it holds in a viewer alone: that is told, the
    others are read from the page that they are drawn on.
    """
    shown, filled_in = False, []
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        shown = shown or kind in _SHOWN
        if kind == pdfium.FPDF_ANNOT_WIDGET and not _has_picture(annotation):
            filled_in.append(_string(annotation, b"V"))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return shown, [line for text in filled_in for line in text.splitlines() if line.strip()]


def _has_picture(annotation: Any) -> bool:
    normal = pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL
    return bool(pdfium.FPDFAnnot_GetAP(annotation, normal, None, 0) > _EMPTY)


def _string(annotation: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not _EMPTY < size <= _LONGEST:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return bytes(buffer)[: size - _EMPTY].decode("utf-16-le", "replace")
