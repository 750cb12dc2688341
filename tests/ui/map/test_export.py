"""The map as files: each is what its name says, and holds the whole map."""

import xml.etree.ElementTree as ElementTree

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog


def _export(reader, entry, path):
    _choose_file(reader, entry, path)
    reader.wait(path.exists)
    return path


def _choose_file(reader, entry, path):
    reader.press_button("Export the map")
    reader.choose_entry(entry)
    reader.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog = QApplication.activeModalWidget()
    dialog.selectFile(str(path))
    dialog.accept()


def test_that_an_svg_holds_every_name_on_the_map(at_map, tmp_path):
    names = {name for name, row in at_map.all_rows().items() if row["Kind"] == "Network"}
    at_map.look_at("Picture")
    path = _export(at_map, "Export map as SVG…", tmp_path / "map.svg")
    root = ElementTree.parse(path).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    written = "".join(root.itertext())
    assert {name for name in names if name not in written} == set()
    assert not list(root.iter("{http://www.w3.org/2000/svg}image"))  # icons are lines as well


def test_that_a_png_is_twice_as_sharp_as_the_screen_and_not_of_one_colour(at_map, tmp_path):
    path = _export(at_map, "Export map as PNG…", tmp_path / "map.png")
    image = QImage(str(path))
    assert image.width() > 1500
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert len(colours) > 5


def test_that_a_pdf_is_one_page_as_large_as_the_map(at_map, tmp_path):
    document = _export(at_map, "Export map as PDF…", tmp_path / "map.pdf").read_bytes()
    assert document.startswith(b"%PDF-")
    assert document.rstrip().endswith(b"%%EOF")
    assert document.count(b"/Type /Page\n") == 1


def test_that_a_place_that_takes_no_file_is_told_of(at_map, tmp_path):
    _choose_file(at_map, "Export map as SVG…", tmp_path / "map.svg")
    (tmp_path / "map.svg").mkdir()  # between the choice and the writing
    at_map.wait(lambda: at_map.sees("map.svg was not written."))
