"""A table as a workbook that spreadsheets open (Office Open XML, ISO/IEC 29500), one sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from archive.ground.durable import atomic_write

_LONGEST_CELL = 32_767
"""Characters that a cell holds."""
_MOST_ROWS = 1_048_575
_CUT = " … (cut here: a cell holds no more)"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = datetime(1899, 12, 30)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PLAIN, _BOLD, _DAY_AND_TIME, _DAY = range(4)

_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}">'
        '<sheets><sheet name="hdnd" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_DOCUMENT}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
        '<numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/>'
        '<numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        "</cellXfs></styleSheet>"
    ),
}


def write_workbook(target: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a table to a new file; the number of its rows.

    A date and time stands as its own clock shows it, whatever its zone; a text is never a formula,
    and one that is too long for a cell is cut and says so. Rows beyond those that a sheet holds are
    left out. Raises `UsageError` if there is such a file already, `StorageFailed`.
    """
    count = 0
    with (
        atomic_write(target) as unfinished,
        ZipFile(unfinished, "w", ZIP_DEFLATED) as package,
    ):
        for name, text in _PARTS.items():
            package.writestr(_info(name), _HEAD + text)
        with package.open(_info("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            sheet.write(f"{_HEAD}{_BEGINNING}{_row(header, _BOLD)}".encode())
            for row, _ in zip(rows, range(_MOST_ROWS), strict=False):
                sheet.write(_row(row).encode())
                count += 1
            sheet.write(b"</sheetData></worksheet>")
    return count


_BEGINNING = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData>'
)


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    return info


def _row(values: Sequence[object], style: int = _PLAIN) -> str:
    return f"<row>{''.join(_cells(values, style))}</row>"


def _cells(values: Sequence[object], style: int) -> Iterator[str]:
    for value in values:
        match value:
            case None | "":
                yield "<c/>"
            case bool():
                yield f'<c t="b"><v>{int(value)}</v></c>'
            case int() | float():
                yield f"<c><v>{value}</v></c>"
            case datetime():
                yield f'<c s="{_DAY_AND_TIME}"><v>{_serial(value)}</v></c>'
            case date():
                yield f'<c s="{_DAY}"><v>{_serial(datetime.combine(value, time()))}</v></c>'
            case _:
                text = escape(_fitting(_NOT_IN_XML.sub("", str(value))))
                held = f'<is><t xml:space="preserve">{text}</t></is>'
                yield f'<c t="inlineStr" s="{style}">{held}</c>'


def _serial(moment: datetime) -> float:
    """Days since the epoch of spreadsheets."""
    passed = moment.replace(tzinfo=None) - _EPOCH
    return round(passed.total_seconds() / 86_400, 8)


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - len(_CUT)] + _CUT
