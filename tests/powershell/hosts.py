"""Answers of ``get-host-inventory`` for one host of each kind.

DERIVED: the HNS objects in them are captured ones (tests/data/samples/hns), the rest is put together from
the tables and lists in tests/data/samples/host and the reference, 5.
"""

import json

from tests.powershell.printed import listed, sample

MISSING = "CommandMissing"
NO_PERMISSION = "You do not have the required permission to complete this task."


def ok(*items):
    return {"ok": True, "value": list(items)}


def failed(message, *, category="NotSpecified", error_id="", hresult="0x80131500"):
    return {
        "ok": False,
        "error": {"message": message, "category": category, "id": error_id, "hresult": hresult},
    }


def missing(command):
    return failed(command, category="ObjectNotFound", error_id=MISSING)


def answer(sections):
    return json.dumps({"schema": 1, "takenAt": "2026-11-24T02:00:00.0000000Z", "sections": sections})


def windows(build, **changes):
    return {
        "computer": "HOST",
        "product": "Windows Server 2022 Datacenter",
        "installationType": "Server",
        "build": str(build),
        "revision": 2227,
        "displayVersion": "21H2",
        "releaseId": "",
        "ipv6DisabledComponents": None,
        "elevated": True,
    } | changes


def adapter(name, index, guid="", **changes):
    return {
        "name": name,
        "description": "Intel(R) 82574L Gigabit Network Connection",
        "index": index,
        "guid": f"{{{guid}}}" if guid else "",
        "status": "Up",
        "operationalStatus": "1",
        "macAddress": f"B4-96-91-51-E9-{index:02X}",
        "speedBits": 1000000000,
        "virtual": False,
        "hardwareInterface": True,
        "physicalMedium": 14,
        "vlan": 0,
        "driverFile": "e1i65x64.sys",
        "driverVersion": "12.17.10.8",
    } | changes


def vnic(name, index, guid="", **changes):
    facts = {
        "description": "Hyper-V Virtual Ethernet Adapter",
        "virtual": True,
        "hardwareInterface": False,
        "physicalMedium": 0,
        "speedBits": 10000000000,
    }
    return adapter(name, index, guid, **(facts | changes))


def address(index, text, length, **changes):
    return {"address": text, "prefixLength": length, "index": index, "state": "Preferred"} | changes


def interface(index, **changes):
    return {
        "index": index, "compartment": 1, "mtu": 1500, "metric": 25, "dhcp": "Disabled",
    } | changes  # fmt: skip


def bare():
    """Every section there and empty, but Windows itself: a server of 2022 without anything."""
    names = (
        "machine features hotfixes adapters bindings teamBindings addresses interfaces routes"
        " dnsServers compartments vswitches hostVNics nats natMappings hnsNetworks hnsEndpoints"
        " hnsPolicyLists hnsNamespaces services firewallProfiles firewallRules"
        " tcpListeners tcpConnections udpListeners"
        " processes serviceProcesses portExclusions"
        " dynamicPorts portsInUse environmentProxy serviceProxy winHttpProxy engineConfiguration"
        " containerSettings hnsCrashes"
    )
    sections = {name: ok() for name in names.split()}
    sections["windows"] = ok(windows(20348))
    sections["engineConfiguration"] = ok({"proxy": {"http": "", "https": "", "bypass": ""}, "mtu": None})
    sections["containerSettings"] = ok({"eventSources": ["docker"]})
    sections["environmentProxy"] = ok({"http": "", "https": "", "bypass": ""})
    sections["machine"] = ok(
        {"manufacturer": "Dell Inc.", "model": "PowerEdge R650", "hypervisorPresent": True}
    )
    return sections


EXTERNAL_NIC = "1D1CEF6D-9BB1-4C9A-B594-7BA93992DF73"
FREE_NIC = "2A1CEF6D-9BB1-4C9A-B594-7BA93992DF73"
NAT_VNIC = "8177E9BF-266D-4BBD-8B97-0340A82921E2"
EXTERNAL_VNIC = "3B1CEF6D-9BB1-4C9A-B594-7BA93992DF73"
NAT_SWITCH = "6670A4DB-E650-4E9A-8C36-CFB3CE9A78DB"
EXTERNAL_SWITCH = "5F9A2A1E-1F53-4E9C-8A6E-2D3B5B0F7C11"
HIDDEN_SWITCH = "7F9A2A1E-1F53-4E9C-8A6E-2D3B5B0F7C11"
VFP_2022 = "F74F241B-440F-4433-BB28-00F89EAD20D8"


#: What netsh prints on a German host, as it comes over a pipe in another code page.
EXCLUSIONS_DE = [
    "",
    "Portausschlussbereiche für das Protokoll \ufffdtcp\ufffd",
    "",
    "Startport   Endport      ",
    "----------    --------      ",
    "      5357        5357      ",
    "     50000       50059     *",
    "     60606       60705      ",
    "",
    "* - Verwaltete Portausschlüsse.",
]


def ports():
    """A web server in http.sys, DNS of containers, a range of WinNAT, and a few connections."""
    return {
        "tcpListeners": ok(
            {"address": "::", "port": 80, "processId": 4},
            {"address": "0.0.0.0", "port": 3389, "processId": 1100},
        ),
        "tcpConnections": ok(
            {
                "address": "10.0.0.5",
                "port": 3389,
                "remoteAddress": "10.0.0.9",
                "remotePort": 51544,
                "processId": 1100,
            },
            {
                "address": "127.0.0.1",
                "port": 5000,
                "remoteAddress": "127.0.0.1",
                "remotePort": 5001,
                "processId": 4,
            },
        ),
        "udpListeners": ok({"address": "172.21.16.1", "port": "53", "processId": 2200}),
        "processes": ok(
            {"id": 4, "name": "System", "threads": 200},
            {"id": 1100, "name": "svchost.exe", "threads": 40},
            {"id": 2200, "name": "svchost.exe", "threads": "31"},
        ),
        "serviceProcesses": ok(
            {"name": "TermService", "processId": 1100},
            {"name": "hns", "processId": 2200},
            {"name": "SharedAccess", "processId": 2200},
        ),
        "portExclusions": ok({"protocol": "TCP", "lines": EXCLUSIONS_DE}, {"protocol": "UDP", "lines": []}),
        "dynamicPorts": ok(
            {"protocol": "TCP", "first": 49152, "count": 16384},
            {"protocol": "UDP", "first": 49152, "count": 16384},
        ),
        "portsInUse": ok(
            {"protocol": "TCP", "ports": [80, 3389, 49152, 49700]}, {"protocol": "UDP", "ports": 53}
        ),
    }


def server_2022():
    """Hyper-V and Containers, elevated: a nat vSwitch with two networks and an external one with SET."""
    networks = [one["Output"] for one in sample("hns/create-responses-nat-ws2022.json")]
    endpoint = sample("hns/endpoint-nat-ws2022.json") | {
        "VirtualNetwork": networks[0]["ID"].lower(),
        "Namespace": {"ID": "2c094b9e-af3a-4dc1-97d8-821b68603d23"},
    }
    extension = {"id": VFP_2022.lower(), "name": "Microsoft Azure VFP Switch Extension", "kind": "Forwarding"}
    return bare() | {
        "adapters": ok(
            adapter("Ethernet", 4, FREE_NIC),
            adapter("Ethernet 2", 24, EXTERNAL_NIC, description="Intel(R) I350 #2", vlan=7),
            vnic("vEthernet (82cb42b9d3bfbe5)", 8, NAT_VNIC, macAddress="00-15-5D-51-86-A4"),
            vnic("vEthernet (prod)", 13, EXTERNAL_VNIC, macAddress="B4-96-91-51-E9-18"),
            vnic("vEthernet (Ethernet) 5", 17, description="Hyper-V Virtual Ethernet Container Adapter"),
            adapter("Wi-Fi", 15, physicalMedium=9, status="Disconnected", operationalStatus="2", speedBits=0),
        ),
        "bindings": ok({"name": "Ethernet 2", "enabled": True}, {"name": "Ethernet", "enabled": False}),
        "addresses": ok(
            address(4, "10.0.1.4", 24),
            address(4, "169.254.7.7", 16, state="Invalid"),
            address(8, "172.21.16.1", 20),
            address(17, "172.21.20.7", 20),
        ),
        "interfaces": ok(
            interface(4, dhcp="Enabled"), interface(8, metric=5000), interface(17, compartment=3)
        ),
        "routes": ok(
            {"prefix": "0.0.0.0/0", "nextHop": "10.0.1.1", "index": 4, "metric": 256},
            {"prefix": "10.0.1.0/24", "nextHop": "0.0.0.0", "index": 4},
            {"prefix": "10.0.1.4/32", "nextHop": "0.0.0.0", "index": 4},
            {"prefix": "10.99.0.1/32", "nextHop": "10.0.1.1", "index": 4},
            {"prefix": "127.0.0.0/8", "nextHop": "0.0.0.0", "index": 1},
            {"prefix": "224.0.0.0/4", "nextHop": "0.0.0.0", "index": 4},
            {"prefix": "255.255.255.255/32", "nextHop": "0.0.0.0", "index": 4},
            {"prefix": "10.0.1.0/24", "nextHop": "0.0.0.0", "index": 15},
        ),
        "dnsServers": ok(
            {"index": 4, "addresses": ["10.0.1.2", "10.0.1.3"]}, {"index": 8, "addresses": None}
        ),
        "vswitches": ok(
            {
                "id": NAT_SWITCH.lower(),
                "name": "nat",
                "kind": 1,
                "allowManagementOS": True,
                "extensions": [extension | {"enabled": False, "running": False}],
            },
            {
                "id": EXTERNAL_SWITCH.lower(),
                "name": "prod",
                "kind": "External",
                "notes": "for the shop",
                "allowManagementOS": True,
                "embeddedTeaming": True,
                "adapterDescriptions": ["Intel(R) I350 #39"],
                "adapterGuids": [EXTERNAL_NIC.lower()],
                "extensions": extension | {"enabled": True, "running": True},
            },
            {"id": HIDDEN_SWITCH.lower(), "name": "by hand", "kind": "Private"},
        ),
        "hostVNics": ok(
            {
                "name": "prod",
                "switchName": "prod",
                "switchId": EXTERNAL_SWITCH.lower(),
                "deviceId": f"{{{EXTERNAL_VNIC}}}",
                "macAddress": "B496915194E9",
                "vlanMode": "Access",
                "vlan": 11,
            },
            {
                "name": "Container NIC c4700ec5",
                "switchName": "nat",
                "switchId": NAT_SWITCH.lower(),
                "deviceId": f"{{{NAT_VNIC}}}",
                "vlanMode": "Untagged",
                "vlan": 0,
            },
            {"name": "ghost", "macAddress": "", "deviceId": ""},
        ),
        "hnsNetworks": ok(
            *networks, {"ID": "c156c7ca-7b7b-4afe-9fec-1ea1a8d48c84", "Name": "prod", "Type": "Transparent"}
        ),
        "hnsEndpoints": ok(endpoint),
        "hnsNamespaces": ok(
            {
                "ID": "2c094b9e-af3a-4dc1-97d8-821b68603d23",
                "CompartmentId": 3,
                "ResourceList": [
                    {"Type": "Container", "Data": {"Id": "9f0c2f1d"}},
                    {"Type": "Endpoint", "Data": {"Id": "fdd2853f-68cb-4451-8e09-f95b7a5ff944"}},
                ],
            }
        ),
        **ports(),
    }


def server_2019_containers_only():
    """Containers without Hyper-V's cmdlets: an overlay network on PROD and nat, with Chinese names."""
    return bare() | {
        "windows": ok(
            windows(17763, product="Windows Server 2019 Standard", displayVersion="", releaseId="1809")
        ),
        "vswitches": missing("Get-VMSwitch"),
        "hostVNics": missing("Get-VMNetworkAdapter"),
        "hnsNamespaces": missing("Get-HnsNamespace"),
        "adapters": ok(
            adapter("PROD", 24, EXTERNAL_NIC, description="Intel(R) Gigabit 4P I350-t Adapter #2"),
            adapter("MGMT", 4, FREE_NIC),
            vnic("vEthernet (PROD)", 13, macAddress="B4-96-91-51-E9-18"),
            vnic("vEthernet (nat)", 8, "BEDB5686-6B22-44B5-A3AF-385BD261F365"),
        ),
        "bindings": ok({"name": "PROD", "enabled": True}),
        "hnsNetworks": {
            "ok": True,
            "value": sample("hns/list-response-ws2019-overlay-nat-localized.json")["Output"],
        },
    }


def server_2016():
    """Hyper-V of 2016, which tells adapters by description alone; WinNAT; no module for HNS."""
    nat = listed("host/get-netnat.list.txt")[0]
    return bare() | {
        "windows": ok(
            windows(
                14393,
                product="Windows Server 2016 Standard",
                revision=6614,
                displayVersion="",
                releaseId="1607",
            )
        ),
        "adapters": ok(
            adapter("Ethernet0", 4, FREE_NIC, description="Intel(R) 82574L Gigabit Network Connection"),
            adapter(
                "Ethernet1", 5, EXTERNAL_NIC, description="Intel(R) 82574L Gigabit Network Connection #2"
            ),
            vnic("vEthernet (HNS Internal NIC)", 6),
        ),
        "bindings": {"ok": True, "value": {"name": "Ethernet1", "enabled": "True"}},
        "vswitches": ok(
            {
                "id": EXTERNAL_SWITCH,
                "name": "external-virtual",
                "kind": "External",
                "adapterDescription": "Intel(R) 82574L Gigabit Network Connection #39",
            },
            {"id": NAT_SWITCH, "name": "nat", "kind": "Internal", "adapterDescription": ""},
        ),
        "nats": ok({"name": nat["Name"], "internalPrefix": nat["InternalIPInterfaceAddressPrefix"]}),
        "natMappings": ok(
            {
                "nat": nat["Name"],
                "protocol": 6,
                "externalAddress": "0.0.0.0",
                "externalPort": 8080,
                "internalAddress": "172.30.176.5",
                "internalPort": "80",
            }
        ),
        **{
            name: missing(f"Get-{name}")
            for name in ("hnsNetworks", "hnsEndpoints", "hnsPolicyLists", "hnsNamespaces")
        },
    }


def windows_11():
    """A client whose registry says Windows 10, with the network of a 1709 and a client's nat."""
    return bare() | {
        "windows": ok(
            windows(
                22631,
                product="Windows 10 Pro",
                installationType="Client",
                displayVersion="23H2",
                ipv6DisabledComponents=-1,
            )
        ),
        "machine": ok(
            {"manufacturer": "Microsoft Corporation", "model": "Surface Pro 8", "hypervisorPresent": True}
        ),
        "features": ok(
            {"name": "Containers", "installState": 1},
            {"name": "Microsoft-Hyper-V", "installState": 2},
            {"name": "Microsoft-Hyper-V-Offline", "installState": 1},
        ),
        "hotfixes": ok(
            {"id": "KB5031455", "installedOn": "11/14/2023"},
            {"id": "KB2", "installedOn": "01d9c7a0f2b1a000"},
            {"id": "KB3", "installedOn": ""},
        ),
        "hnsNetworks": ok(*listed("hns/get-hnsnetwork-nat-win11-client.list.txt")),
        "hnsEndpoints": ok(*listed("hns/get-hnsendpoint-win11.list.txt")),
    }


def unelevated():
    """A server of 2022 read without an administrator's rights."""
    denied = failed(NO_PERMISSION, category="PermissionDenied", error_id="AccessDenied,Get-VMSwitch")
    told = server_2022()
    return told | {
        "windows": ok(windows(20348, elevated=False)),
        "vswitches": denied,
        "hostVNics": denied,
        "nats": failed("Zugriff verweigert", hresult="0x80070005"),
        "natMappings": failed("Zugriff verweigert", hresult="0x80070005"),
        "hnsNetworks": failed("Unspecified error"),
        "hnsEndpoints": ok(),
        "hnsPolicyLists": ok(),
        "hnsNamespaces": ok(),
    }
