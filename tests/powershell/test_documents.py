"""What Windows really wrote, and what our scripts write, reads."""

import json

import pytest
from pydantic import TypeAdapter

from console.backend.powershell import documents
from console.backend.powershell.documents import (
    AdapterDocument,
    AddressDocument,
    CompartmentDocument,
    HnsEndpointDocument,
    HnsNetworkDocument,
    Items,
    SwitchDocument,
    change_of,
    inventory_of,
)
from console.backend.powershell.hns_facts import endpoint_of, load_balancer_of, namespace_of, network_of
from console.domain.host_inventory import HnsEndpointState
from console.domain.scripts import CHANGE_NOTES, SCRIPTS
from tests.powershell.printed import listed, sample

VFP_2019 = "E9B59CFA-2BE1-4B21-828F-B6FBDBDDC017"
VFP_2022 = "F74F241B-440F-4433-BB28-00F89EAD20D8"


def networks(answer):
    return [network_of(one) for one in TypeAdapter(Items[HnsNetworkDocument]).validate_python(answer)]


def endpoint(answer):
    return endpoint_of(HnsEndpointDocument.model_validate(answer), {})


def test_that_networks_of_server_2022_read():
    first, second = networks([one["Output"] for one in sample("hns/create-responses-nat-ws2022.json")])
    assert (first.id, first.type) == ("404947AC-FC8F-4229-A4B5-595B9161F3A8", "nat")
    assert (first.version, first.flags, first.state, first.last_error_code) == ((13, 3), 8, 1, 0)
    assert (first.subnets[0].prefix, first.subnets[0].gateway) == ("172.21.16.0/20", "172.21.16.1")
    assert first.mac_ranges == ("00:15:5d:51:80:00,00:15:5d:51:8f:ff",)
    assert [(one.kind, one.settings) for one in (*first.policies, *second.policies)] == [
        ("VLAN", {"VLAN": "1"}),
        ("VLAN", {"VLAN": "2"}),
    ]
    assert first.switch_id == second.switch_id == "6670A4DB-E650-4E9A-8C36-CFB3CE9A78DB"
    assert first.layered_on == "6252BE31-13AF-492C-B0CE-4FED3E16B231"
    assert {one.id: one.enabled for one in first.extensions}[VFP_2022] is False


def test_that_localized_networks_of_server_2019_read():
    overlay, nat = networks(sample("hns/list-response-ws2019-overlay-nat-localized.json")["Output"])
    assert (overlay.version, overlay.management_ip, overlay.dns_compartment) == ((9, 2), "10.1.36.50", 3)
    assert overlay.subnets[0].vsid == 9999
    vfp = next(one for one in overlay.extensions if one.id == VFP_2019)
    assert vfp.enabled
    assert vfp.running is None, "HNS does not tell"
    assert overlay.extensions[0].name == "Microsoft Windows 筛选平台"
    assert nat.nat_name == "ICSBEDB5686-6B22-44B5-A3AF-385BD261F365"


def test_that_a_network_of_2016_reads_whose_list_holds_one_with_empty_policies():
    (private,) = networks(sample("hns/network-private-1607.json"))
    assert (private.type, private.version, private.state) == ("Private", (1, 1), None)
    assert private.policies == ()
    assert private.subnets[0].gateway == ""


def test_that_a_single_network_reads_where_a_list_was_asked_for():
    (network,) = networks(sample("hns/network-transparent-external-vswitch-ws2019.json"))
    assert (network.name, network.subnets) == ("vmxnet3 Ethernet Adapter - Virtual Switch", ())


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("hns/get-hnsnetwork-nat-ws2019.list.txt", (9, 2)),
        ("hns/get-hnsnetwork-nat-win11-client.list.txt", None),
        ("hns/new-hnsnetwork-l2bridge-1709.list.txt", (5, 1)),
    ],
)
def test_that_a_printed_network_reads(name, version):
    (network,) = networks(listed(name))
    assert network.version == version
    assert network.id == network.id.upper()
    assert len(network.extensions) == 3
    assert network.extensions[1].id in {VFP_2019, VFP_2022}


def test_that_endpoints_read():
    read = endpoint(sample("hns/endpoint-nat-ws2022.json"))
    assert read.mac_address == "00:15:5d:d0:34:c9"
    assert read.dns_servers == ("172.24.147.1".replace("147", "144"), "168.63.129.16")
    assert (read.state, read.internal_dns, read.prefix_length) == (HnsEndpointState.CREATED, True, 20)
    printed = endpoint(listed("hns/get-hnsendpoint-win11.list.txt")[0])
    assert printed.namespace_id == "2C094B9E-AF3A-4DC1-97D8-821B68603D23"
    assert printed.network_name == "nat"


@pytest.mark.parametrize(
    ("told", "state"),
    [(3, HnsEndpointState.ATTACHED_SHARING), ("Degraded", HnsEndpointState.DEGRADED),
     ("6", HnsEndpointState.DESTROYED), (99, HnsEndpointState.UNKNOWN), (None, HnsEndpointState.UNKNOWN)],
)  # fmt: skip
def test_that_an_endpoints_state_reads_by_name_and_by_number(told, state):
    assert endpoint({"ID": "x", "State": told}).state is state


def test_that_objects_of_the_second_schema_read():
    (network,) = networks(
        {
            "Id": "a1",
            "Name": "l2",
            "Type": "L2Bridge",
            "Ipams": [
                {
                    "Subnets": [
                        {
                            "IpAddressPrefix": "10.0.0.0/24",
                            "Routes": [{"NextHop": "10.0.0.1", "DestinationPrefix": "0.0.0.0/0"}],
                            "Policies": [{"Type": "VSID", "Settings": {"IsolationId": 4096}}],
                        }
                    ]
                }
            ],
            "Policies": [{"Type": "NetAdapterName", "Settings": {"NetworkAdapterName": "PROD"}}],
        }
    )
    assert network.subnets[0].gateway == "10.0.0.1"
    assert network.subnets[0].vsid == 4096
    assert network.policies[0].settings == {"NetworkAdapterName": "PROD"}
    namespace = namespace_of(
        documents.HnsNamespaceDocument.model_validate(
            {"ID": "n1", "NamespaceId": 5, "Resources": [{"Type": "Endpoint", "Data": {"Id": "e1"}}]}
        )
    )
    assert (namespace.compartment, namespace.endpoints) == (5, ("E1",))


def test_that_a_load_balancer_names_its_endpoints():
    balancer = load_balancer_of(
        documents.HnsPolicyListDocument.model_validate(
            {
                "ID": "{b1}",
                "State": 2,
                "References": ["/endpoints/e1", "/networks/n1"],
                "Policies": [{"Type": "ELB", "InternalPort": 80, "VIPs": ["10.0.0.5"]}],
            }
        )
    )
    assert (balancer.id, balancer.endpoints) == ("B1", ("E1",))
    assert balancer.policies[0].settings == {"InternalPort": "80", "VIPs": '["10.0.0.5"]'}


def test_that_a_switch_reads_whose_type_is_a_number():
    told = sample("host/get-vmswitch.select.compressed.json")
    read = SwitchDocument.model_validate({"id": "x", "name": told["Name"], "kind": told["SwitchType"]})
    assert read.kind == "2"


def test_that_what_public_tests_show_of_adapters_and_addresses_reads():
    shapes = sample("host/json-shapes-from-public-test-fixtures.json")
    for told in shapes["get_netadapter_selected"]:
        read = AdapterDocument.model_validate(
            {
                "name": told["Name"],
                "index": told["InterfaceIndex"],
                "speedBits": told.get("ReceiveLinkSpeed"),
                "physicalMedium": told["NdisPhysicalMedium"],
            }
        )
        assert read.physical_medium == 14
    addresses = TypeAdapter(Items[AddressDocument]).validate_python(
        [
            {"address": told["IPAddress"], "state": told["AddressState"], "alias": told["InterfaceAlias"]}
            for told in shapes["get_netipaddress_numeric_enums"]
        ]
    )
    assert [one.state for one in addresses] == ["4", "4"]
    single = shapes["single_item_is_an_object_not_an_array"]
    assert len(TypeAdapter(Items[AddressDocument]).validate_python({"address": single["IPAddress"]})) == 1


def test_that_a_printed_compartment_reads():
    (told,) = listed("host/get-netcompartment.list.txt")
    read = CompartmentDocument.model_validate(
        {"id": told["CompartmentId"], "description": told["CompartmentDescription"]}
    )
    assert (read.id, read.description) == (1, "Default Compartment")


@pytest.mark.parametrize("nothing", [None, "", {}, []])
def test_that_each_form_of_an_empty_list_is_one(nothing):
    assert TypeAdapter(Items[int]).validate_python(nothing) == []


def test_that_an_array_that_5_1_wrapped_reads():
    assert TypeAdapter(Items[int]).validate_python({"value": [1, 2], "Count": 2}) == [1, 2]


@pytest.mark.parametrize("nothing", [None, "", {}])
def test_that_a_number_or_flag_that_is_not_told_is_none(nothing):
    read = AdapterDocument.model_validate({"name": "a", "index": nothing, "virtual": nothing})
    assert (read.index, read.virtual) == (None, None)


CHANGES = sample("host/DERIVED-change-answers.json")


def test_that_there_is_an_answer_of_every_script_that_changes_the_host():
    assert set(CHANGES) == {script.id for script in SCRIPTS if script.changes_host}


@pytest.mark.parametrize("script", CHANGES)
def test_that_an_answer_of_a_change_script_reads(script):
    change = change_of(json.dumps(CHANGES[script]))
    assert change.ok == (change.error is None)
    assert set(change.notes) <= set(CHANGE_NOTES)


def test_that_a_single_note_that_is_no_list_reads():
    text = json.dumps({"schema": 1, "ok": True, "changed": False, "notes": "already-so"})
    assert change_of("\ufeff" + text).notes == ["already-so"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"schema": 2, "sections": {}}',
        '{"sections": {}}',
        '{"schema": 1, "sections": ',
    ],
)
def test_that_what_is_no_inventory_is_refused(text):
    with pytest.raises(ValueError, match="validation error"):
        inventory_of(text)
