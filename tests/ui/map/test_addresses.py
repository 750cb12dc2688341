"""The address map as a person meets it: tiles, a table, and a network in a free block."""

import ipaddress

from PySide6.QtGui import QAccessible

from console.domain.object_ref import ObjectKind, ObjectRef
from tests.person import Role

TABLE = "Address map as a table"


def _blocks(reader):
    reader.look_at("Addresses")
    reader.wait(lambda: len(reader.rows(TABLE)) > 3)
    return reader.rows(TABLE)


def _tiles(reader):
    tiles = reader.find(Role.List, "Address blocks")
    return [tiles.child(at) for at in range(tiles.childCount())]


def test_that_networks_and_free_room_together_fill_each_private_range(at_map):
    rows = _blocks(at_map)
    assert any(row["Prefix"] == "10.123.174.0/23" and row["Use"] == "in use" for row in rows)
    for whole in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"):
        inside = [
            ipaddress.ip_network(row["Prefix"])
            for row in rows
            if row["Use"] != "range"
            and ipaddress.ip_network(row["Prefix"]).subnet_of(ipaddress.ip_network(whole))
        ]
        assert list(ipaddress.collapse_addresses(inside)) == [ipaddress.ip_network(whole)]


def test_that_each_tile_is_told_in_the_words_of_its_row(at_map):
    rows = _blocks(at_map)
    said = [tile.text(QAccessible.Text.Name) for tile in _tiles(at_map)]
    assert len(said) == len(rows)
    told = {", ".join(words.split(", ")[:2]) for words in said}
    assert told == {f"{row['Prefix']}, {row['Use']}" for row in rows}


def test_that_a_network_is_begun_in_a_free_block_with_its_subnet_filled_in(at_map):
    _blocks(at_map)
    assert not at_map.can(Role.Button, "Create a network here…")
    at_map.type("Search the map", "192.168 free")
    at_map.wait(lambda: all("free" in str(row) for row in at_map.rows(TABLE)))
    first = next(row["Prefix"] for row in at_map.rows(TABLE) if row["Use"] == "free")
    at_map.click_row(TABLE, first)
    subnet = f"{first.partition('/')[0]}/{max(int(first.partition('/')[2]), 24)}"
    assert f"A network here would get {subnet}." in at_map.reads("Selected block")
    at_map.press_button("Create a network here…")
    at_map.waits_for(Role.Button, "Next")
    at_map.press_button("Next")
    at_map.waits_for(Role.EditableText, "Subnet")
    assert at_map.find(Role.EditableText, "Subnet").text(QAccessible.Text.Value) == subnet
    at_map.press_button("Cancel")


def test_that_a_chosen_block_chooses_its_network_everywhere(at_map, session):
    _blocks(at_map)
    at_map.type("Search the map", "10.123.174")
    at_map.wait(lambda: len(at_map.rows(TABLE)) < 5)
    at_map.click_row(TABLE, "10.123.174.0/23")
    corp = next(one for one in session.snapshot.networks.value if one.name == "corp")
    assert session.selection.ref == ObjectRef(ObjectKind.NETWORK, corp.id)
    assert at_map.the_map_says.startswith("Network, corp,")
