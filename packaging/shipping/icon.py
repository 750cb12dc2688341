"""The programs' icon file, drawn from the one drawing of it in resources/icons."""

from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from shipping.product import ROOT

DRAWING = ROOT / "resources" / "icons" / "application.svg"
SIDES = (16, 20, 24, 32, 40, 48, 64, 256)
"""Pixels: what Explorer, the task bar and Start ask for at 100 to 200 %."""
COMPRESSED_FROM = 256
"""As PNG, which Windows reads in icons since Vista; smaller ones are bitmaps, which all tools read."""


def write_icon(path: Path) -> None:
    """Write the icon file with a picture for each of :data:`SIDES`. Needs no display."""
    renderer = QSvgRenderer(str(DRAWING))
    if not renderer.isValid():
        raise ValueError(f"{DRAWING} is no drawing")
    pictures = [_picture(_drawn(renderer, side)) for side in SIDES]
    head = struct.pack("<HHH", 0, 1, len(SIDES))
    offset = len(head) + 16 * len(SIDES)
    entries = b""
    for side, picture in zip(SIDES, pictures, strict=True):
        # 256 is written as 0: the field is one byte.
        entries += struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + entries + b"".join(pictures))


def _drawn(renderer: QSvgRenderer, side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image


def _picture(image: QImage) -> bytes:
    return _png(image) if image.width() >= COMPRESSED_FROM else _bitmap(image)


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


def _bitmap(image: QImage) -> bytes:
    """A bitmap without file header, bottom line first, and an empty mask: the colours carry alpha."""
    side = image.width()
    # The height counts picture and mask.
    header = struct.pack("<IiiHHIIiiII", 40, side, side * 2, 1, 32, 0, 0, 0, 0, 0, 0)
    pixels, width = bytes(image.constBits()), image.bytesPerLine()
    lines = [pixels[line * width : line * width + side * 4] for line in reversed(range(side))]
    mask_line = bytes((side + 31) // 32 * 4)
    return header + b"".join(lines) + mask_line * side
