"""A bundle's file: what is written is read, and what is no bundle is told as such."""

import hashlib
import json
import sys
import zipfile
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.backend.bundle import BundleError, bundle_of, read_bundle, write_bundle
from console.backend.bundle.layout import LARGEST_MEMBER, MANIFEST, SNAPSHOT
from console.backend.journal import Journal
from console.cli import main
from console.domain.plan import Plan, RemoveNetwork
from console.domain.sections import unavailable
from console.domain.snapshot import HostIdentity, Network
from console.domain.text import N_
from tests.domain.hosts import REASON, host, network
from tests.domain.whole_hosts import big_host, whole_host

KEY = b"k" * 32
BUNDLES = "damaged bundles"
KIB = 1024
WHEN = datetime(2026, 11, 27, tzinfo=UTC)
SECRETIVE = Network(id="e" * 64, name="billing", driver="nat", labels={"password": "hunter2"})


def findings(snapshot):
    return {"networks": [one.name for one in snapshot.networks.value]}


def entries(folder, name):
    journal = Journal(folder / "journal.sqlite")
    journal.begin(
        HostIdentity(id="here", name="here"),
        Plan(title=N_("Test", "Remove {name}", name=name), steps=(RemoveNetwork(network="1", name=name),)),
    )
    found = journal.entries()
    journal.close()
    return found


@pytest.fixture
def bundle(tmp_path):
    return bundle_of(whole_host(), entries(tmp_path, "corp"), findings=findings, made_at=WHEN)


@pytest.fixture
def file(tmp_path, bundle):
    path = tmp_path / "host.wcnbundle.zip"
    write_bundle(path, bundle)
    return path


def changed(path, member, change):
    """The same file with one member's bytes changed, and the rest as it was."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[member] = change(members[member])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            if data is not None:
                archive.writestr(name, data)


def refusal(path):
    with pytest.raises(BundleError) as refused:
        read_bundle(path)
    return str(refused.value.reason)


def test_that_what_is_written_is_read(bundle, file):
    assert read_bundle(file) == bundle
    assert sys.platform == "win32" or file.stat().st_mode & 0o077 == 0  # the folder's own rights hold there
    assert [one for one in file.parent.iterdir() if one.name.startswith(f".{file.name}")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="files have no modes there")
def test_that_a_name_somebody_prepared_is_not_written_through(tmp_path, bundle):
    """A link under the name of the half-written file must lead nowhere, nor its mode be taken over."""
    victim, path = tmp_path / "victim", tmp_path / "host.zip"
    victim.write_text("mine")
    path.with_name("host.zip.part").symlink_to(victim)
    write_bundle(path, bundle)
    assert victim.read_text() == "mine"
    assert path.stat().st_mode & 0o077 == 0


def test_that_a_bundle_that_can_not_be_put_in_its_place_leaves_nothing_beside_it(tmp_path, bundle):
    taken = tmp_path / "a folder"
    (taken / "with").mkdir(parents=True)
    with pytest.raises(BundleError):
        write_bundle(taken, bundle)
    assert [one.name for one in tmp_path.iterdir() if "folder" in one.name] == ["a folder"]


def test_that_a_part_that_was_not_read_keeps_its_reason(tmp_path):
    snapshot = host(networks=[network("a", "nat")])
    facts = snapshot.facts.model_copy(update={"adapters": unavailable(REASON)})
    snapshot = snapshot.model_copy(update={"facts": facts})
    path = tmp_path / "a.zip"
    write_bundle(path, bundle_of(snapshot, (), findings=findings))
    assert read_bundle(path).snapshot.facts.adapters.reason == REASON


def test_that_nothing_of_a_bundle_tells_a_name_or_a_credential(tmp_path):
    path = tmp_path / "a.zip"
    write_bundle(
        path,
        bundle_of(
            host(networks=[SECRETIVE]), entries(tmp_path, "billing"), findings=findings, pseudonym_key=KEY
        ),
    )
    with zipfile.ZipFile(path) as archive:
        told = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "billing" not in told
    assert "hunter2" not in told
    found = read_bundle(path)
    assert found.pseudonymised
    name = found.snapshot.networks.value[0].name
    assert found.findings == {"networks": [name]}
    assert str(found.journal[0].plan.title) == f"Remove {name}"


def test_that_credentials_are_left_out_without_pseudonyms_too(tmp_path):
    found = bundle_of(host(networks=[SECRETIVE]), (), findings=findings).snapshot
    assert found.networks.value[0].name == "billing"
    assert "hunter2" not in found.model_dump_json()


def test_that_a_newer_format_is_told(file):
    changed(file, MANIFEST, lambda data: json.dumps(json.loads(data) | {"format": 9}).encode())
    assert "newer console (format 9" in refusal(file)


def test_that_content_only_a_newer_console_knows_is_told(file, bundle, tmp_path):
    path = tmp_path / "newer.zip"
    write_bundle(path, bundle)
    with zipfile.ZipFile(path) as archive:
        document = json.loads(archive.read(SNAPSHOT)) | {"quantum_switches": []}
        manifest = json.loads(archive.read(MANIFEST))
    data = json.dumps(document).encode()
    manifest["members"][SNAPSHOT] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    changed(path, SNAPSHOT, lambda _: data)
    changed(path, MANIFEST, lambda _: json.dumps(manifest | {"console": "99.0.0"}).encode())
    assert "newer console (version 99.0.0" in refusal(path)
    changed(path, MANIFEST, lambda _: json.dumps(manifest).encode())
    assert "damaged" in refusal(path)


@pytest.mark.parametrize(
    ("member", "change", "words"),
    [
        (SNAPSHOT, lambda data: data.replace(b"corp", b"cxrp"), "is not what was written"),
        (SNAPSHOT, lambda data: None, "snapshot.json is not in it"),
        (MANIFEST, lambda data: None, "not a support bundle"),
        (MANIFEST, lambda data: b"[]", "no JSON object"),
        (MANIFEST, lambda data: b"[" * 100_000, "manifest.json"),
        (MANIFEST, lambda data: b'{"format": 1}', "damaged"),
    ],
)
def test_that_a_changed_bundle_is_told(file, member, change, words, figure):
    figure.add("hostile inputs tried", 1, BUNDLES)
    changed(file, member, change)
    assert words in refusal(file)


@pytest.mark.parametrize("kept", [0, 1, 100, 0.5, 0.99])
def test_that_a_truncated_bundle_is_told(file, kept, figure):
    figure.add("hostile inputs tried", 1, BUNDLES)
    data = file.read_bytes()
    file.write_bytes(data[: kept if kept == 0 or kept >= 1 else int(len(data) * kept)])
    assert "bundle" in refusal(file)


def test_that_a_zip_bomb_is_not_unpacked(file):
    changed(file, SNAPSHOT, lambda _: b"0" * (LARGEST_MEMBER + 1))
    assert file.stat().st_size < 1024 * 1024
    assert "larger than any bundle" in refusal(file)


def test_that_a_list_of_very_many_members_is_not_read(tmp_path):
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(2_000):
            archive.writestr(f"{number:060}", b"")
    assert "too many members" in refusal(path)


def test_that_a_file_too_large_is_not_opened(tmp_path):
    path = tmp_path / "large.zip"
    with path.open("wb") as file:
        file.truncate(2**40)
    assert "larger than any bundle" in refusal(path)


def test_that_a_missing_file_and_a_folder_are_told(tmp_path):
    assert "can't be read" in refusal(tmp_path / "none.zip")
    assert refusal(tmp_path)


def test_that_a_text_which_would_do_more_than_name_a_value_is_refused(tmp_path, bundle):
    evil = N_("Test", "{words:>999999999}", words="x")
    section = bundle.snapshot.networks.model_copy(update={"reason": evil})
    path = tmp_path / "evil.zip"
    snapshot = bundle.snapshot.model_copy(update={"networks": section})
    write_bundle(path, bundle_of(snapshot, (), findings=findings))
    assert "can't be shown" in refusal(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_that_no_damage_raises_anything_but_the_error_for_people(file, figure, data):
    figure.add("hostile inputs tried", 1, BUNDLES)
    good = file.read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    length = data.draw(st.integers(0, 64))
    damaged = file.with_name("damaged.zip")
    damaged.write_bytes(good[:at] + data.draw(st.binary(max_size=64)) + good[at + length :])
    with suppress(BundleError):
        assert read_bundle(damaged).snapshot.host.id == "h"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=4096))
def test_that_random_bytes_are_no_bundle(tmp_path, figure, data):
    figure.add("hostile inputs tried", 1, BUNDLES)
    path = tmp_path / "random.zip"
    path.write_bytes(data)
    refusal(path)


def test_that_a_bundle_of_a_big_host_stays_small_enough_to_be_sent(tmp_path, figure):
    path = tmp_path / "host.zip"
    write_bundle(path, bundle_of(big_host(1_000, 4_000), (), findings=lambda _: {}))
    size = path.stat().st_size // KIB
    figure(f"support bundle of a host with 1,000 networks and 4,000 endpoints: {size} KiB, of 1,024")
    assert size <= 1024


def test_that_a_bundle_of_the_crowded_practice_host_stays_small(tmp_path, figure):
    path = tmp_path / "crowded.zip"
    assert main(["snapshot", "--demo", "crowded", "--out", str(path)]) == 0
    figure(f"support bundle of the practice host “crowded”: {path.stat().st_size / KIB:.0f} KiB, of 64")
    assert path.stat().st_size <= 64 * KIB
