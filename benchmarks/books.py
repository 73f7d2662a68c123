"""Tables as other programs write them, for what reads them: xlsx, the old xls, ods and csv, of plain cells."""

from __future__ import annotations

import csv
import struct
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Rows = Sequence[Sequence[str]]
SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def write_csv(path: Path, rows: Rows) -> None:
    """A text, as Chinese Excel writes it."""
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)


def write_xlsx(path: Path, rows: Rows) -> None:
    """Excel since 2007."""
    import xlsxwriter  # type: ignore[import-untyped]

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)


def write_ods(path: Path, rows: Rows) -> None:
    """OpenDocument, as LibreOffice writes it."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{kind}="{space}:{kind}:1.0"' for kind in ("office", "table", "text"))
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = ("".join(cell.format(escape(each)) for each in row) for row in rows)
    table = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{table}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)


def write_xls(path: Path, rows: Rows) -> None:
    """Excel up to 2003: records of BIFF8 in an OLE compound file."""
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0x0600))
    name, end = b"Sheet1", _record(0x000A, b"")
    at = len(head) + 4 + 8 + len(name) + len(end)
    sheets = _record(0x0085, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name)
    page = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0x0600))]
    page.append(_record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            place = struct.pack("<HHHHB", number, column, 15, len(text), 1)
            page.append(_record(0x0204, place + text.encode("utf-16-le")))
    path.write_bytes(_compound(head + sheets + end + b"".join(page) + end))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _compound(stream: bytes) -> bytes:
    """A compound file with one stream, named as Excel wants it: header, allocation table, directory, the stream."""
    stream = stream.ljust(-(-max(len(stream), 4096) // SECTOR) * SECTOR, b"\0")
    own = len(stream) // SECTOR
    tables = 1
    while tables * SECTOR // 4 < tables + 1 + own:
        tables += 1
    first = tables + 1  # of the stream; the directory lies before it
    chain = [FAT] * tables + [END] + [*range(first + 1, first + own), END]
    chain += [FREE] * (tables * SECTOR // 4 - len(chain))
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, tables,
        tables, 0, 4096, END, 0, END, 0,
    )  # fmt: skip
    head += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    folder = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, FREE, first, len(stream))
    return head + struct.pack(f"<{len(chain)}I", *chain) + folder.ljust(SECTOR, b"\0") + stream


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ", text, len(text) + 2, kind, 1, FREE, FREE, child, b"", 0, 0, 0, first, size
    )  # fmt: skip


WRITERS = {"xlsx": write_xlsx, "xls": write_xls, "ods": write_ods, "csv": write_csv}


def customers(count: int) -> Iterable[list[str]]:
    """A table of so many customers, each another, with its titles."""
    yield ["客户名称", "联系人", "电话", "邮箱", "预算", "备注"]
    for number in range(count):
        phone, email, budget = str(13_800_000_000 + number), f"a{number}@b.cn", str(1000 + number)
        yield [f"第{number}公司", f"王{number}", phone, email, budget, "展会"]
