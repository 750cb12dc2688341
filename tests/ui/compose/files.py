"""A Compose project on the disk, with something wrong in it, and how a person opens files."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QFileDialog

from tests.person import Role

SHOP = """\
# The shop
name: shop
services:
  web:
    image: iis:${TAG:-ltsc2022}
    ports:
      - "8080:80"
      - "127.0.0.1:8443:443"
    networks:
      front:
      default:
    links: [db]          # from the old days
  db:
    image: sql
    networks:
      default:
        ipv4_address: 172.30.5.10
  tools:
    image: tools:${MISSING}
    network_mode: host
    profiles: [debug]
networks:
  front:
    driver: bridge
    ipam:
      config:
        - subnet: 172.30.0.5/24
  lan:
    external: true
"""
OVERRIDE = """\
services:
  web:
    environment: [STAGE=test]
"""


def shop(folder):
    """The project's first file; its override lies beside it."""
    place = folder / "shop"
    place.mkdir()
    (place / "compose.yaml").write_text(SHOP, encoding="utf-8")
    (place / "compose.override.yaml").write_text(OVERRIDE, encoding="utf-8")
    return place / "compose.yaml"


def open_files(person, *paths):
    """Press Ctrl+O, type the files' names and press Enter."""
    person.wait(lambda: person.can(Role.Button, "Open Compose files"))
    person.press("Ctrl+O")
    person.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    person.type("File name:", " ".join(f'"{path}"' for path in paths))
    person.press("Return")
    person.wait(lambda: not isinstance(QApplication.activeModalWidget(), QFileDialog))
    person.in_front.activateWindow()  # as a window manager does when a dialog is gone
