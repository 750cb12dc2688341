"""A map as a file. Painted by a worker thread, in the light colours of paper."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QByteArray, QIODevice, QMarginsF, QRect, QRectF, QSaveFile, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from console.ui import icons
from console.ui.icons import Icon
from console.ui.map import paint
from console.ui.map.look import COLUMN_TEXTS, ICONS, Picture
from console.ui.map.style import Style
from console.ui.texts import shown

BORDER = 30.0
HEADINGS = 44.0
MOST_PIXELS = 48e6
LONGEST_SIDE = 30_000.0
"""Qt paints into no picture of more than 32,767 pixels a side."""

PNG_SCALE = 2.0
LONGEST_PAGE = 14_000.0
"""Points; a page of a PDF has at most 14,400 a side (PDF 32000-1, annex C)."""

DOTS_PER_INCH = 72


class Format(StrEnum):
    """What a map can be written as; the value is the suffix."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


def write(picture: Picture, style: Style, path: str, form: Format) -> None:
    """Write the map to ``path``, whole or not at all. Raises OSError where the disk refuses."""
    file = QSaveFile(path)
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise OSError(file.errorString())
    _WRITERS[form](picture, style, file)
    if not file.commit():
        raise OSError(file.errorString())


def _size(picture: Picture) -> QSizeF:
    whole = picture.size
    return QSizeF(max(whole.width(), 200) + 2 * BORDER, whole.height() + 2 * BORDER + HEADINGS)


def _write_svg(picture: Picture, style: Style, device: QIODevice) -> None:
    size = _size(picture)
    generator = QSvgGenerator()
    generator.setOutputDevice(device)
    generator.setSize(size.toSize())
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(shown(picture.map.title))
    generator.setDescription("\n".join(look.spoken for look in picture.reading_order()))
    painter = QPainter(generator)
    _paint(painter, picture, style, 1.0)
    painter.end()


def _write_png(picture: Picture, style: Style, device: QIODevice) -> None:
    size = _size(picture)
    area = size.width() * size.height()
    longest = max(size.width(), size.height())
    scale = min(PNG_SCALE, LONGEST_SIDE / longest, (MOST_PIXELS / area) ** 0.5)
    image = QImage(_scaled(size, scale), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    _paint(painter, picture, style, scale)
    painter.end()
    writer = QImageWriter(device, QByteArray(b"png"))
    if not writer.write(image):
        raise OSError(writer.errorString())


def _write_pdf(picture: Picture, style: Style, device: QIODevice) -> None:
    size = _size(picture)
    scale = min(1.0, LONGEST_PAGE / max(size.width(), size.height()))
    writer = QPdfWriter(device)
    writer.setResolution(DOTS_PER_INCH)
    writer.setTitle(shown(picture.map.title))
    writer.setCreator("Container Network Console")
    page = QPageSize(size * scale, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    # Qt takes the longer side of a page of one's own for its height.
    wide = size.width() > size.height()
    turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    if wide:
        page = QPageSize(
            (size * scale).transposed(), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch
        )
    writer.setPageLayout(QPageLayout(page, turned, QMarginsF()))
    painter = QPainter(writer)
    _paint(painter, picture, style, scale)
    painter.end()


_WRITERS: dict[Format, Callable[[Picture, Style, QIODevice], None]] = {
    Format.SVG: _write_svg,
    Format.PNG: _write_png,
    Format.PDF: _write_pdf,
}


def _scaled(size: QSizeF, scale: float) -> QSize:
    return QSize(max(int(size.width() * scale), 1), max(int(size.height() * scale), 1))


def _paint(painter: QPainter, picture: Picture, style: Style, scale: float) -> None:
    size = _size(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.fillRect(QRect(0, 0, int(size.width()) + 1, int(size.height()) + 1), style.ground)
    painter.translate(BORDER, BORDER)
    headings = [
        (
            QRectF(looks[0].node.x, 0, looks[0].node.width, HEADINGS - 14),
            ICONS[column],
            shown(COLUMN_TEXTS[column]),
            style.kinds[column],
        )
        for column, looks in picture.columns.items()
        if looks
    ]
    paint.paint_headings(painter, headings, style, _draw_lines)
    painter.translate(0, HEADINGS)
    for edge in picture.edges:
        painter.setPen(paint.edge_pen(edge, style, on_path=False))
        painter.setBrush(QColor(0, 0, 0, 0))
        painter.drawPath(paint.edge_path(edge))
    for edge in picture.edges:
        if edge.label:
            paint.paint_label(painter, edge, style)
    for look in picture.nodes.values():
        painter.save()
        painter.translate(look.node.x, look.node.y)
        paint.paint_node(painter, look, paint.words_of(look, style), style, paint.PLAIN, _draw_lines)
        painter.restore()


def _draw_lines(painter: QPainter, place: QRectF, which: Icon, colour: QColor) -> None:
    icons.draw(painter, place, which, colour.name(), colour.name())
