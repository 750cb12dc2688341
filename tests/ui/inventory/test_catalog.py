"""The inventory's catalog is complete: nothing that is read of a host stays unseen."""

import json

import pytest

from console.domain.object_ref import ObjectKind
from console.domain.relations import Relations
from console.domain.snapshot import HostFacts
from console.ui.actions import SEPARATOR
from console.ui.container_actions import CONTAINER_ACTIONS
from console.ui.host_actions import HOST_ACTIONS
from console.ui.inventory import host_facts
from console.ui.inventory.catalog import KINDS_BY_PAGE
from console.ui.inventory.deeds import DEEDS
from console.ui.inventory.kind import SECTION_TITLES, rows_of, section_of
from console.ui.models.export import as_csv, as_json
from console.ui.pages.registry import PAGES, page_of
from console.ui.texts import shown
from console.ui.widgets.related_list import KINDS as LINKED_KINDS
from tests.domain.whole_hosts import whole_host

KINDS = [kind for kinds in KINDS_BY_PAGE.values() for kind in kinds]
HOST = whole_host()
RELATIONS = Relations(HOST)

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)


def test_that_every_part_of_the_windows_side_is_shown_on_some_page():
    shown_parts = {name for kind in KINDS for name in kind.sections} | set(host_facts.SECTIONS)
    assert set(HostFacts.model_fields) <= shown_parts


def test_that_every_part_a_page_shows_has_a_name_and_is_there():
    parts = {name for kind in KINDS for name in kind.sections} | set(host_facts.SECTIONS)
    assert parts <= set(SECTION_TITLES)
    for name in parts:
        assert section_of(HOST, name) is not None


def test_that_ids_and_names_are_unique():
    assert len({kind.id for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        ids = [column.id for column in kind.columns]
        titles = [shown(column.title) for column in kind.columns]
        assert len(set(ids)) == len(ids)
        assert len(set(titles)) == len(titles)


def test_that_objects_of_every_kind_have_a_page_and_a_way_to_it():
    for kind in ObjectKind:
        assert page_of(kind) is not None, kind
        assert kind in LINKED_KINDS


def test_that_the_registry_sends_to_the_page_that_lists_the_kind():
    for page, kinds in KINDS_BY_PAGE.items():
        listed = {kind.shows for kind in kinds if kind.shows is not None}
        assert set(next(one.shows for one in PAGES if one.id == page)) == listed


@every_kind
def test_that_every_column_has_a_title_and_goes_into_both_exports(kind):
    rows = rows_of(kind, RELATIONS)
    titles = as_csv(kind.columns, rows).splitlines()[0]
    for column in kind.columns:
        assert shown(column.title).strip()
        assert shown(column.title) in titles
    assert [set(row) for row in json.loads(as_json(kind.columns, rows))] == [
        {column.id for column in kind.columns}
    ] * len(rows)


@every_kind
def test_that_every_row_can_be_sorted_told_and_linked(kind):
    rows = rows_of(kind, RELATIONS)
    assert len({row.key for row in rows}) == len(rows)
    for row in rows:
        assert kind.facts(row, RELATIONS)
        if kind.shows is not None:
            assert row.ref is not None
            assert row.ref.kind is kind.shows
            assert row.key == row.ref.id
    for column in kind.columns:
        sorted(rows, key=column.sort_key)


@every_kind
def test_that_the_same_host_gives_the_same_rows_again(kind):
    rows = rows_of(kind, RELATIONS)
    assert rows_of(kind, Relations(HOST), rows) is rows


@every_kind
def test_that_actions_of_a_page_are_declared_and_apply_to_its_kind(kind):
    for action in (*kind.actions, *kind.more_actions):
        assert action == SEPARATOR or kind.id in DEEDS[action].kinds


def test_that_every_action_does_something_and_stands_on_a_page():
    assert {action.id for action in (*HOST_ACTIONS, *CONTAINER_ACTIONS)} == set(DEEDS)
    on_pages = {action for kind in KINDS for action in (*kind.actions, *kind.more_actions)}
    assert set(DEEDS) == on_pages - {SEPARATOR}


def test_that_only_actions_of_the_windows_side_have_a_shield():
    assert all(action.elevated for action in HOST_ACTIONS)
    assert not any(action.elevated for action in CONTAINER_ACTIONS)
