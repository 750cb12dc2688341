"""The codes of Windows' Host Compute Network API, facility 0x803b (reference, 4.3)."""

from __future__ import annotations

from console.checks.errors.pattern import CONTEXT, ErrorPattern
from console.checks.errors.win32 import RAW_LOOK, RESTART_HNS
from console.domain.field import Field
from console.domain.problem import Origin
from console.domain.text import N_, Text

_REFRESH = N_(CONTEXT, "Refresh: someone or something else may have changed the host.")
_ONE_BY_ONE = N_(CONTEXT, "Leave the advanced settings out and add them one at a time.")


def _hcn(
    identifier: str,
    codes: str,
    what: Text,
    why: Text,
    *do: Text,
    field: Field | None = None,
    english: str = "",
) -> ErrorPattern:
    """One row: ``codes`` are the low parts, ``english`` the sentence of an English Windows."""
    full = tuple(f"0x803b{code}" for code in codes.split())
    return ErrorPattern(
        id=identifier,
        codes=full,
        regex=english,
        examples=tuple(f"hnsCall failed in Win32: {english or 'Fehler'}. ({code})" for code in full),
        what=what,
        why=why,
        do=do,
        origin=Origin.HNS,
        field=field,
        source="reference, 4.2 and 4.3",
    )


PATTERNS = (
    _hcn(
        "network-not-found",
        "0001",
        N_(CONTEXT, "Windows does not have this network."),
        N_(CONTEXT, "It was removed behind Docker's back, or lost in a restart of Windows."),
        _REFRESH,
        N_(CONTEXT, "Restart docker: it reads Windows' networks again and recreates lost nat networks."),
        english="The network was not found",
    ),
    _hcn(
        "endpoint-not-found",
        "0002",
        N_(CONTEXT, "Windows does not have this container's endpoint."),
        N_(CONTEXT, "It was removed with its network, or by another tool."),
        _REFRESH,
        N_(CONTEXT, "Stop the container and start it again: it gets a new endpoint."),
    ),
    _hcn(
        "layer-not-found",
        "0003 0007 0008 0009",
        N_(CONTEXT, "A part of the vSwitch that Windows wanted to change is missing."),
        N_(CONTEXT, "A switch layer, port, policy or port setting disappeared, or was never created."),
        RESTART_HNS,
        N_(CONTEXT, "Remove and create the network again."),
    ),
    _hcn(
        "switch-not-found",
        "0004",
        N_(CONTEXT, "The network's vSwitch is gone."),
        N_(CONTEXT, "Someone removed it in Hyper-V, while the network still refers to it."),
        RESTART_HNS,
        N_(CONTEXT, "Remove the network and create it again: Windows makes a new vSwitch."),
        english="The virtual switch was not found",
    ),
    _hcn(
        "subnet-missing",
        "0005",
        N_(CONTEXT, "The network needs a subnet of its own."),
        N_(
            CONTEXT,
            "l2bridge and l2tunnel have no DHCP: Windows takes container addresses from the given subnet, "
            "and none was given.",
        ),
        N_(CONTEXT, "Give a subnet and its gateway."),
        field=Field.SUBNET,
        english="The network does not have a subnet for this endpoint",
    ),
    _hcn(
        "adapter-not-found",
        "0006",
        N_(CONTEXT, "Windows has no adapter to build this network on."),
        N_(
            CONTEXT,
            "Each network on an external vSwitch needs its own network card. The one asked for does not "
            "exist under that name, is disconnected or disabled, or already belongs to a vSwitch, perhaps "
            "one that was created while Docker was running and that Docker does not see.",
        ),
        N_(CONTEXT, "Choose an adapter that no vSwitch is bound to."),
        N_(CONTEXT, "Or make an existing vSwitch visible to docker and use its network:"),
        RESTART_HNS,
        field=Field.ADAPTER,
        english="An adapter was not found",
    ),
    _hcn(
        "network-invalid",
        "000a",
        N_(CONTEXT, "Windows can't create a network from this combination of settings."),
        N_(CONTEXT, "One of them is in a form Windows can't use, or one that it needs is missing."),
        _ONE_BY_ONE,
        field=Field.OPTIONS,
        english="The provided network configuration is invalid or missing parameters",
    ),
    _hcn(
        "network-type-invalid",
        "000b",
        N_(CONTEXT, "This Windows does not know the kind of network asked for."),
        N_(CONTEXT, "The driver is not available on this edition or build."),
        N_(CONTEXT, "Choose another driver."),
        field=Field.DRIVER,
        english="Invalid network type",
    ),
    _hcn(
        "endpoint-invalid",
        "000c",
        N_(CONTEXT, "Windows can't attach the container with these settings."),
        N_(
            CONTEXT, "An address, a MAC address or a port mapping of the container does not suit the network."
        ),
        N_(CONTEXT, "Try without a fixed address and without published ports."),
        english="The provided endpoint configuration is invalid or missing parameters",
    ),
    _hcn(
        "policy-invalid",
        "000d 000e 0012",
        N_(CONTEXT, "Windows does not accept a rule of this network."),
        N_(
            CONTEXT,
            "Outbound NAT, its exceptions, or an access rule is written in a way this build does not accept. "
            "Some builds of Windows Server 2022 refuse outbound NAT exceptions altogether.",
        ),
        N_(CONTEXT, "Check that each exception is a subnet such as 10.0.0.0/8."),
        N_(CONTEXT, "Try without outbound NAT, and update Windows."),
        field=Field.OUTBOUND_NAT_EXCEPTIONS,
        english="The provided policy configuration is invalid or missing parameters",
    ),
    _hcn(
        "remote-endpoint-operation",
        "000f 0035",
        N_(CONTEXT, "The endpoint belongs to another host."),
        N_(CONTEXT, "This host only keeps a record of it, for overlay traffic, and can't change it."),
        N_(CONTEXT, "Do it on the host that runs the container."),
    ),
    _hcn(
        "hns-name-exists",
        "0010",
        N_(CONTEXT, "Windows already has a network of that HNS name."),
        N_(
            CONTEXT,
            "A network's Docker name and its Windows name are different things. Windows has one of this "
            "name, perhaps left over from an earlier Docker network.",
        ),
        N_(CONTEXT, "Choose another HNS network name, or leave it empty."),
        N_(CONTEXT, "If a leftover has it: find it with Get-HnsNetwork and remove only that one."),
        field=Field.HNS_NETWORK_NAME,
        english="A network with this name already exists",
    ),
    _hcn(
        "layer-exists",
        "0011",
        N_(CONTEXT, "Windows found an older layer in the network's vSwitch."),
        N_(CONTEXT, "An earlier network on the same switch was not fully removed."),
        RESTART_HNS,
    ),
    _hcn(
        "published-port-exists",
        "0013",
        N_(CONTEXT, "Another endpoint already has this published port."),
        N_(CONTEXT, "A container, or a port proxy of Windows, holds it."),
        N_(CONTEXT, "Publish another host port, or stop the container that has it."),
        N_(CONTEXT, "List port proxies: netsh interface portproxy show all"),
        english="The specified port already exists",
    ),
    _hcn(
        "endpoint-attached",
        "0014 002b",
        N_(CONTEXT, "The endpoint is attached already."),
        N_(
            CONTEXT, "The same request was made before, or a container kept its endpoint from an earlier run."
        ),
        _REFRESH,
        N_(CONTEXT, "Stop the container and start it again."),
    ),
    _hcn(
        "request-unsupported",
        "0015 0023",
        N_(CONTEXT, "The Windows network service on this build can't do this."),
        N_(CONTEXT, "The function came with a later version of the service, or does not suit this network."),
        N_(CONTEXT, "Update Windows, or choose another driver."),
        field=Field.DRIVER,
    ),
    _hcn(
        "port-mapping-unsupported",
        "0016",
        N_(CONTEXT, "Ports can't be published on this network."),
        N_(
            CONTEXT,
            "Only nat, overlay, l2bridge and l2tunnel translate ports. On a transparent network the "
            "container has its own LAN address and needs none.",
        ),
        N_(CONTEXT, "Start the container without published ports, or on a nat network."),
        english="Port mapping is not supported on the given network",
    ),
    _hcn(
        "degraded",
        "0017",
        N_(CONTEXT, "Windows did it only partly."),
        N_(CONTEXT, "The network or endpoint is in a degraded state."),
        _REFRESH,
        RAW_LOOK,
    ),
    _hcn(
        "switch-shared",
        "0018",
        N_(CONTEXT, "The vSwitch can't be changed, because several networks use it."),
        N_(CONTEXT, "Since Windows Server 2022 nat networks share one vSwitch."),
        N_(CONTEXT, "Leave the vSwitch as it is, or remove the other networks on it first."),
        field=Field.ADAPTER,
    ),
    _hcn(
        "guid-malformed",
        "0019",
        N_(CONTEXT, "An ID given to Windows is not a GUID."),
        N_(CONTEXT, "An option of the network that takes a GUID has something else in it."),
        N_(CONTEXT, "Leave the option out, or write it as 01234567-89AB-CDEF-0123-456789ABCDEF."),
        field=Field.OPTIONS,
    ),
    _hcn(
        "registry",
        "001a 0024",
        N_(CONTEXT, "Windows' network service can't read or write its settings."),
        N_(CONTEXT, "The registry keys of the service are damaged, or protected by a policy."),
        RAW_LOOK,
        N_(CONTEXT, "Repair Windows (sfc /scannow), or undo the host's last policy change."),
    ),
    _hcn(
        "json-invalid",
        "001b 001c",
        N_(CONTEXT, "Windows can't read the request of the engine."),
        N_(CONTEXT, "The engine and this Windows build are incompatible, or a value broke the request."),
        _ONE_BY_ONE,
        N_(CONTEXT, "Use an engine version that supports this Windows build."),
        field=Field.OPTIONS,
    ),
    _hcn(
        "sharing-disabled",
        "001d",
        N_(CONTEXT, "The container's network can't be shared with another container."),
        N_(CONTEXT, "Sharing was switched off for its endpoint."),
        N_(CONTEXT, "Attach both containers to the network instead."),
    ),
    _hcn(
        "address-outside",
        "001e",
        N_(CONTEXT, "The address is in none of the network's subnets."),
        N_(CONTEXT, "Windows assigns addresses only from the subnets the network was created with."),
        N_(CONTEXT, "Choose an address of the network's subnet, or none."),
        field=Field.GATEWAY,
        english=r"IP address is either invalid or not part of any configured subnet",
    ),
    _hcn(
        "extension-not-found",
        "001f",
        N_(CONTEXT, "The vSwitch lacks an extension that this network needs."),
        N_(CONTEXT, "Usually it is VFP (the service vfpext), which l2bridge and overlay work through."),
        N_(CONTEXT, "Start the service vfpext, and restart hns."),
        field=Field.DRIVER,
    ),
    _hcn(
        "service-stopping",
        "0020 0031",
        N_(CONTEXT, "The Windows network service was just stopping."),
        N_(CONTEXT, "hns is being restarted, or Windows shuts down."),
        N_(CONTEXT, "Wait until hns runs again, and try once more."),
    ),
    _hcn(
        "component-missing",
        "0021 0022",
        N_(CONTEXT, "A part of Windows' network service is not installed."),
        N_(CONTEXT, "The Containers feature, or a component of it, is missing on the host."),
        N_(CONTEXT, "Install the Windows feature Containers and restart the computer."),
    ),
    _hcn(
        "host-adapter-late",
        "0025 0026 0028",
        N_(CONTEXT, "The host's own virtual adapter for the network did not come up."),
        N_(CONTEXT, "A slow or blocked driver installation, or a filter driver, held it back."),
        N_(CONTEXT, "Try again after a minute."),
        N_(CONTEXT, "Remove VPN and antivirus filters, and look for hidden adapters in Device Manager."),
        field=Field.ADAPTER,
    ),
    _hcn(
        "compartment-missing",
        "0027 0029 002e",
        N_(CONTEXT, "The container's own network stack is not as Windows expects it."),
        N_(
            CONTEXT,
            "Its compartment is gone, or there are two: the container ended, or was only half created.",
        ),
        N_(CONTEXT, "Remove the container and create it again."),
        RESTART_HNS,
    ),
    _hcn(
        "still-referred-to",
        "002c",
        N_(CONTEXT, "Something still uses what is to be removed."),
        N_(CONTEXT, "Containers, or endpoints that other tools made, are attached."),
        N_(CONTEXT, "Disconnect them first; Get-HnsEndpoint also lists those Docker does not know."),
    ),
    _hcn(
        "internal-port-invalid",
        "002d",
        N_(CONTEXT, "The container's port can't be published."),
        N_(CONTEXT, "Its number is 0 or outside 1 to 65535."),
        N_(CONTEXT, "Publish a port from 1 to 65535."),
    ),
    _hcn(
        "address-reserved",
        "002f",
        N_(CONTEXT, "The address can't be given to a container."),
        N_(CONTEXT, "It is the network or broadcast address, the gateway, or in use already."),
        N_(CONTEXT, "Choose another address, or leave the choice to Windows."),
        field=Field.GATEWAY,
    ),
    _hcn(
        "prefix-invalid",
        "0030",
        N_(CONTEXT, "Windows can't use the subnet as it is written."),
        N_(CONTEXT, "A subnet is a network address and a length, such as 10.0.0.0/24, with no host part."),
        N_(CONTEXT, "Correct the subnet."),
        field=Field.SUBNET,
        english="The prefix provided is invalid",
    ),
    _hcn(
        "subnet-invalid",
        "0032 0033",
        N_(CONTEXT, "Windows can't use the subnet and gateway together."),
        N_(CONTEXT, "The gateway must be an address of the subnet, and the subnet must suit the driver."),
        N_(CONTEXT, "Give one subnet with a gateway inside of it."),
        field=Field.SUBNET,
        english="The provided subnet configuration is invalid or missing parameters",
    ),
    _hcn(
        "endpoint-not-attached",
        "0034",
        N_(CONTEXT, "The endpoint is attached to no container."),
        N_(CONTEXT, "The container ended, or was disconnected before."),
        _REFRESH,
    ),
    _hcn(
        "interface-configured",
        "0036",
        N_(CONTEXT, "The container's adapter has its settings already."),
        N_(CONTEXT, "Windows accepts them only once, when the adapter is created."),
        N_(CONTEXT, "Disconnect the container and connect it again with the new settings."),
    ),
    _hcn(
        "vfp-missing",
        "0037",
        N_(CONTEXT, "This kind of network needs VFP, which this host does not have."),
        N_(CONTEXT, "l2bridge, l2tunnel and overlay work through the Virtual Filtering Platform of servers."),
        N_(CONTEXT, "Start the service vfpext if it exists, or choose nat or transparent."),
        field=Field.DRIVER,
        english="A network of this type can not be created because VFP is not available",
    ),
)
