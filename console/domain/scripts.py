"""The PowerShell scripts the console can run on a host, as data.

A script's id is its file's name in lower case with a hyphen between words: ``get-host-inventory`` is
``Get-HostInventory.ps1``. Its parameters are declared here and in the file's ``param()`` block; a test
holds the two equal. Values are only ever passed as data, never written into a script's text.

Every script answers one JSON document (``console.backend.powershell.documents`` reads it). A script
that changes the host names what was odd on the way by the codes of ``CHANGE_NOTES``, not in words,
since a host's language is not the reader's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from console.domain.text import N_, Text

CONTEXT = "Scripts"

ParameterKind = Literal["text", "number", "flag", "texts"]


@dataclass(frozen=True, slots=True)
class ScriptParameter:
    """One parameter of a script, by the name its ``param()`` block gives it.

    ``kind`` is the type: text ``[string]``, number ``[int]``, flag ``[bool]``, texts ``[string[]]``.
    ``choices`` are the only values a text may have, exactly so spelt; none: any.
    """

    name: str
    kind: ParameterKind
    required: bool
    help: Text
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """One script: its file in ``resources/powershell``, and what running it means.

    ``needs_elevation``: without an administrator's rights it can do nothing. ``timeout_seconds`` is
    far above what it takes on a slow host. ``source`` is where its facts come from.
    """

    id: str
    file: str
    title: Text
    parameters: tuple[ScriptParameter, ...]
    needs_elevation: bool
    changes_host: bool
    timeout_seconds: float
    source: str

    def parameter(self, name: str) -> ScriptParameter | None:
        """The parameter of that name, or None."""
        return next((one for one in self.parameters if one.name == name), None)


KNOWN_SERVICES = (
    "docker",
    "com.docker.service",
    "hns",
    "vmcompute",
    "vfpext",
    "winnat",
    "mpssvc",
    "BFE",
    "SharedAccess",
    "nvagent",
    "vmms",
)
"""The services container networking rests on (reference, 5.1)."""

SERVICE_ACTIONS = ("Start", "Stop", "Restart")
SWITCH_KINDS = ("External", "Internal", "Private")

PORT_PROTOCOLS = ("TCP", "UDP")

IPV6_SETTING = "DisabledComponents"
OPLOCKS_SETTING = "VSmbDisableOplocks"
DRIVES_SETTING = "FDVDenyWriteAccess"
TEST_BUILD_SETTING = "TestBuildValue"
REGISTRY_SETTINGS = (IPV6_SETTING, OPLOCKS_SETTING, DRIVES_SETTING, TEST_BUILD_SETTING)
"""The values of the registry that may be changed; the last stands for any whose name begins with zz."""

CHANGE_NOTES: Mapping[str, Text] = {
    "already-so": N_(CONTEXT, "The host was already in that state; nothing was changed."),
    "already-gone": N_(CONTEXT, "It was already gone; nothing was changed."),
    "host-connection-interrupted": N_(
        CONTEXT,
        "Windows moved the adapter's addresses to or from a host vNIC: the host's own connection was"
        " interrupted for some seconds.",
    ),
    "host-lost-adapter": N_(
        CONTEXT,
        "The vSwitch is not shared with the host: the host itself has no connection over these adapters now.",
    ),
    "watchdog-acted": N_(CONTEXT, "The change was not confirmed in time: Windows reverts it."),
    "machines-disconnected": N_(
        CONTEXT, "Virtual machines were connected to this vSwitch and have no network now."
    ),
    "dependents-stopped": N_(CONTEXT, "Services that depend on it were stopped with it."),
    "dependents-restarted": N_(CONTEXT, "Services that depend on it were stopped and started again."),
    "dependents-not-restarted": N_(
        CONTEXT, "Services that depend on it were stopped with it and could not all be started again."
    ),
    "restart-needed": N_(CONTEXT, "Windows must be restarted before this takes effect."),
    "extension-not-running": N_(
        CONTEXT, "The extension is enabled, but Windows is not running it on this vSwitch."
    ),
}
"""What the codes in ``notes`` of a change script's answer mean."""

_SWITCH_NAME = ScriptParameter("SwitchName", "text", True, N_(CONTEXT, "The vSwitch's name."))
_SWITCH_ID = ScriptParameter(
    "SwitchId",
    "text",
    False,
    N_(
        CONTEXT,
        "The vSwitch's id. With it the vSwitch must have both this id and this name; without it the name"
        " must be the only one of its kind.",
    ),
)
_SWITCH = (_SWITCH_NAME, _SWITCH_ID)

GET_HOST_INVENTORY = Script(
    id="get-host-inventory",
    file="Get-HostInventory.ps1",
    title=N_(CONTEXT, "Read the Windows side of the host"),
    parameters=(),
    needs_elevation=False,
    changes_host=False,
    timeout_seconds=120.0,
    source="reference, 5.1 to 5.4",
)

TEST_HOST_CONNECTION = Script(
    id="test-host-connection",
    file="Test-HostConnection.ps1",
    title=N_(CONTEXT, "Test from the host whether something answers"),
    parameters=(
        ScriptParameter("Address", "text", True, N_(CONTEXT, "An address or a name.")),
        ScriptParameter("Port", "number", True, N_(CONTEXT, "The TCP port; 0: a ping.")),
    ),
    needs_elevation=False,
    changes_host=False,
    timeout_seconds=30.0,
    source="Winsock's error codes (WSAECONNREFUSED 10061, WSAHOST_NOT_FOUND 11001, WSANO_DATA 11004)",
)

NEW_VSWITCH = Script(
    id="new-vswitch",
    file="New-VSwitch.ps1",
    title=N_(CONTEXT, "Create a vSwitch"),
    parameters=(
        ScriptParameter("SwitchName", "text", True, N_(CONTEXT, "The new vSwitch's name.")),
        ScriptParameter(
            "Kind", "text", True, N_(CONTEXT, "External, internal or private."), choices=SWITCH_KINDS
        ),
        ScriptParameter(
            "Adapters",
            "texts",
            False,
            N_(CONTEXT, "The names of the adapters an external vSwitch binds to."),
        ),
        ScriptParameter(
            "AllowManagementOS",
            "flag",
            False,
            N_(CONTEXT, "Whether the host itself uses an external vSwitch too."),
        ),
        ScriptParameter(
            "EmbeddedTeaming",
            "flag",
            False,
            N_(CONTEXT, "Whether the adapters form one team (SET). Several adapters need it."),
        ),
    ),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=180.0,
    source='seed, "Switch Embedded Teaming"; reference, 5.1 and 7',
)

RENAME_VSWITCH = Script(
    id="rename-vswitch",
    file="Rename-VSwitch.ps1",
    title=N_(CONTEXT, "Rename a vSwitch"),
    parameters=(*_SWITCH, ScriptParameter("NewName", "text", True, N_(CONTEXT, "Its new name."))),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=60.0,
    source="reference, 5.1",
)

REMOVE_VSWITCH = Script(
    id="remove-vswitch",
    file="Remove-VSwitch.ps1",
    title=N_(CONTEXT, "Remove a vSwitch"),
    parameters=_SWITCH,
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=180.0,
    source="reference, 5.1 and 7",
)

SET_VSWITCH_MANAGEMENT_OS = Script(
    id="set-vswitch-management-os",
    file="Set-VSwitchManagementOS.ps1",
    title=N_(CONTEXT, "Share a vSwitch with the host, or stop sharing it"),
    parameters=(
        *_SWITCH,
        ScriptParameter(
            "AllowManagementOS", "flag", True, N_(CONTEXT, "Whether the host has a vNIC on the vSwitch.")
        ),
    ),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=180.0,
    source="reference, 5.1 and 7",
)

SET_VSWITCH_EXTENSION = Script(
    id="set-vswitch-extension",
    file="Set-VSwitchExtension.ps1",
    title=N_(CONTEXT, "Enable or disable an extension of a vSwitch"),
    parameters=(
        *_SWITCH,
        ScriptParameter(
            "ExtensionId",
            "text",
            True,
            N_(CONTEXT, "The extension's id; its name depends on the host's edition and language."),
        ),
        ScriptParameter("Enabled", "flag", True, N_(CONTEXT, "Whether the extension is to be enabled.")),
    ),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=60.0,
    source="reference, 5.4 (VFP)",
)

SET_HOST_VNIC_VLAN = Script(
    id="set-host-vnic-vlan",
    file="Set-HostVNicVlan.ps1",
    title=N_(CONTEXT, "Set the VLAN of a host vNIC"),
    parameters=(
        ScriptParameter(
            "AdapterId", "text", True, N_(CONTEXT, "The GUID of the host vNIC's network adapter.")
        ),
        ScriptParameter("VlanId", "number", True, N_(CONTEXT, "1 to 4094; 0 removes the VLAN.")),
    ),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=60.0,
    source="reference, 5.1",
)

SET_MAC_SPOOFING = Script(
    id="set-mac-spoofing",
    file="Set-MacSpoofing.ps1",
    title=N_(CONTEXT, "Allow or forbid MAC address spoofing for a virtual machine's adapter"),
    parameters=(
        ScriptParameter(
            "VMName", "text", True, N_(CONTEXT, "The virtual machine's name on this Hyper-V host.")
        ),
        ScriptParameter("AdapterName", "text", True, N_(CONTEXT, "The name of its network adapter.")),
        ScriptParameter(
            "MacAddress",
            "text",
            False,
            N_(CONTEXT, "The adapter's MAC address, where several have the same name."),
        ),
        ScriptParameter("Enabled", "flag", True, N_(CONTEXT, "Whether spoofing is allowed.")),
    ),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=60.0,
    source='seed, "MAC address spoofing"; reference, 5.5',
)

SET_SERVICE_STATE = Script(
    id="set-service-state",
    file="Set-ServiceState.ps1",
    title=N_(CONTEXT, "Start, stop or restart a Windows service"),
    parameters=(
        ScriptParameter("Service", "text", True, N_(CONTEXT, "The service's name."), choices=KNOWN_SERVICES),
        ScriptParameter(
            "Action", "text", True, N_(CONTEXT, "Start, stop or restart."), choices=SERVICE_ACTIONS
        ),
    ),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=300.0,
    source="reference, 5.1 and 5.5",
)

RESCUES = ("RemoveSwitch", "MakeSwitch", "ShareSwitch", "SetVlan")

_WATCH_ID = ScriptParameter("WatchId", "text", True, N_(CONTEXT, "The watchdog's own 32 hexadecimal digits."))

START_WATCHDOG = Script(
    id="start-watchdog",
    file="Start-Watchdog.ps1",
    title=N_(CONTEXT, "Arm a watchdog that reverts a change"),
    parameters=(
        _WATCH_ID,
        ScriptParameter(
            "Rescue", "text", True, N_(CONTEXT, "What is done if nobody confirms."), choices=RESCUES
        ),
        ScriptParameter("Seconds", "number", True, N_(CONTEXT, "After how long; 30 to 600.")),
        ScriptParameter(
            "Adapters", "texts", False, N_(CONTEXT, "The adapters of the vSwitch to remove or make.")
        ),
        ScriptParameter("SwitchName", "text", False, N_(CONTEXT, "The vSwitch to make or share.")),
        ScriptParameter("AdapterId", "text", False, N_(CONTEXT, "The host vNIC's GUID.")),
        ScriptParameter("VlanId", "number", False, N_(CONTEXT, "The vNIC's previous VLAN; 0 for none.")),
    ),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=60.0,
    source="reference, 7 (binding an external vSwitch may drop remote sessions)",
)

CONFIRM_WATCHDOG = Script(
    id="confirm-watchdog",
    file="Confirm-Watchdog.ps1",
    title=N_(CONTEXT, "Keep a watched change"),
    parameters=(_WATCH_ID,),
    needs_elevation=False,
    changes_host=True,
    timeout_seconds=30.0,
    source="reference, 7",
)

GET_WATCHDOG = Script(
    id="get-watchdog",
    file="Get-Watchdog.ps1",
    title=N_(CONTEXT, "Read whether a watchdog has reverted its change"),
    parameters=(_WATCH_ID,),
    needs_elevation=False,
    changes_host=False,
    timeout_seconds=30.0,
    source="reference, 7",
)

REMOVE_HNS_NETWORK = Script(
    id="remove-hns-network",
    file="Remove-HnsNetwork.ps1",
    title=N_(CONTEXT, "Remove a network from HNS"),
    parameters=(ScriptParameter("NetworkId", "text", True, N_(CONTEXT, "The HNS network's id.")),),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=120.0,
    source="reference, 5.5",
)

REMOVE_HNS_ENDPOINT = Script(
    id="remove-hns-endpoint",
    file="Remove-HnsEndpoint.ps1",
    title=N_(CONTEXT, "Remove an endpoint from HNS"),
    parameters=(ScriptParameter("EndpointId", "text", True, N_(CONTEXT, "The HNS endpoint's id.")),),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=120.0,
    source="reference, 5.1",
)

_RULE_NAME = ScriptParameter("RuleName", "text", True, N_(CONTEXT, "The rule's name, which is its id."))

SET_FIREWALL_RULE = Script(
    id="set-firewall-rule",
    file="Set-FirewallRule.ps1",
    title=N_(CONTEXT, "Enable or disable a Windows Firewall rule"),
    parameters=(
        _RULE_NAME,
        ScriptParameter("Enabled", "flag", True, N_(CONTEXT, "Whether the rule is to be enforced.")),
    ),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=60.0,
    source="reference, 5.1",
)

NEW_FIREWALL_RULE = Script(
    id="new-firewall-rule",
    file="New-FirewallRule.ps1",
    title=N_(CONTEXT, "Let traffic in through Windows Firewall"),
    parameters=(
        _RULE_NAME,
        ScriptParameter("Title", "text", True, N_(CONTEXT, "What the rule is called in its list.")),
        ScriptParameter("Protocol", "text", True, N_(CONTEXT, "TCP or UDP."), choices=("TCP", "UDP")),
        ScriptParameter("Ports", "texts", True, N_(CONTEXT, "The ports of this host.")),
    ),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=60.0,
    source="reference, 2.7 and 5.1",
)

REMOVE_FIREWALL_RULE = Script(
    id="remove-firewall-rule",
    file="Remove-FirewallRule.ps1",
    title=N_(CONTEXT, "Remove a Windows Firewall rule"),
    parameters=(_RULE_NAME,),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=60.0,
    source="reference, 5.1",
)

_NAT_NAME = ScriptParameter("NatName", "text", True, N_(CONTEXT, "The NAT's name."))

NEW_NAT = Script(
    id="new-nat",
    file="New-Nat.ps1",
    title=N_(CONTEXT, "Create a Windows NAT"),
    parameters=(_NAT_NAME, ScriptParameter("Prefix", "text", True, N_(CONTEXT, "Its internal prefix."))),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=60.0,
    source="reference, 5.1 and 5.2",
)

REMOVE_NAT = Script(
    id="remove-nat",
    file="Remove-Nat.ps1",
    title=N_(CONTEXT, "Remove a Windows NAT"),
    parameters=(_NAT_NAME,),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=60.0,
    source="reference, 5.5",
)

SET_VSWITCH_KIND = Script(
    id="set-vswitch-kind",
    file="Set-VSwitchKind.ps1",
    title=N_(CONTEXT, "Make a vSwitch internal or private"),
    parameters=(
        *_SWITCH,
        ScriptParameter(
            "Kind", "text", True, N_(CONTEXT, "Internal or private."), choices=("Internal", "Private")
        ),
    ),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=180.0,
    source="reference, 5.1 and 6.1",
)

SET_REGISTRY_SETTING = Script(
    id="set-registry-setting",
    file="Set-RegistrySetting.ps1",
    title=N_(CONTEXT, "Set or remove a setting in the registry"),
    parameters=(
        ScriptParameter(
            "Setting", "text", True, N_(CONTEXT, "Which setting it is."), choices=REGISTRY_SETTINGS
        ),
        ScriptParameter(
            "Name",
            "text",
            False,
            N_(CONTEXT, "The value's name, for one of a test build: it begins with zz."),
        ),
        ScriptParameter(
            "Expected",
            "text",
            False,
            N_(
                CONTEXT,
                "The number it had when read, empty for not set. If it is different by now, nothing is "
                "changed.",
            ),
        ),
        ScriptParameter("Value", "text", False, N_(CONTEXT, "The number it gets; empty removes it.")),
    ),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=60.0,
    source='seed, "HNS requires that IPv6 is enabled"; reference, 5.5 and 6.1',
)

SET_EVENT_SOURCE = Script(
    id="set-event-source",
    file="Set-EventSource.ps1",
    title=N_(CONTEXT, "Register the Docker Engine in the event log, or remove the registration"),
    parameters=(ScriptParameter("Registered", "flag", True, N_(CONTEXT, "Whether it is to be registered.")),),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=60.0,
    source="reference, 6.1",
)

SET_INTERFACE_MTU = Script(
    id="set-interface-mtu",
    file="Set-InterfaceMtu.ps1",
    title=N_(CONTEXT, "Set the MTU of an interface"),
    parameters=(
        ScriptParameter("InterfaceIndex", "number", True, N_(CONTEXT, "The interface's index.")),
        ScriptParameter(
            "InterfaceAlias", "text", True, N_(CONTEXT, "Its name. The interface must have both.")
        ),
        ScriptParameter("Mtu", "number", True, N_(CONTEXT, "576 to 65535 bytes.")),
    ),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=60.0,
    source="reference, 5.1",
)

SET_DYNAMIC_PORTS = Script(
    id="set-dynamic-ports",
    file="Set-DynamicPorts.ps1",
    title=N_(CONTEXT, "Set the dynamic port range"),
    parameters=(
        ScriptParameter("Protocol", "text", True, N_(CONTEXT, "TCP or UDP."), choices=PORT_PROTOCOLS),
        ScriptParameter("First", "number", True, N_(CONTEXT, "The first port, 1025 or higher.")),
        ScriptParameter("Count", "number", True, N_(CONTEXT, "How many ports, 255 at least.")),
    ),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=60.0,
    source="reference, 5.5",
)

SET_ENGINE_PROXY = Script(
    id="set-engine-proxy",
    file="Set-EngineProxy.ps1",
    title=N_(CONTEXT, "Set the proxies of the service docker and restart it"),
    parameters=(
        ScriptParameter("Http", "text", False, N_(CONTEXT, "The proxy for HTTP; empty: none.")),
        ScriptParameter("Https", "text", False, N_(CONTEXT, "The proxy for HTTPS; empty: none.")),
        ScriptParameter("Bypass", "text", False, N_(CONTEXT, "What is reached without it, with commas.")),
    ),
    needs_elevation=True,
    changes_host=True,
    timeout_seconds=300.0,
    source="dockerd's documentation, HTTP/HTTPS proxy",
)

SCRIPTS: tuple[Script, ...] = (
    GET_HOST_INVENTORY,
    TEST_HOST_CONNECTION,
    NEW_VSWITCH,
    RENAME_VSWITCH,
    REMOVE_VSWITCH,
    SET_VSWITCH_MANAGEMENT_OS,
    SET_VSWITCH_EXTENSION,
    SET_HOST_VNIC_VLAN,
    SET_MAC_SPOOFING,
    SET_SERVICE_STATE,
    START_WATCHDOG,
    CONFIRM_WATCHDOG,
    GET_WATCHDOG,
    REMOVE_HNS_NETWORK,
    REMOVE_HNS_ENDPOINT,
    SET_FIREWALL_RULE,
    NEW_FIREWALL_RULE,
    REMOVE_FIREWALL_RULE,
    NEW_NAT,
    REMOVE_NAT,
    SET_VSWITCH_KIND,
    SET_REGISTRY_SETTING,
    SET_EVENT_SOURCE,
    SET_INTERFACE_MTU,
    SET_DYNAMIC_PORTS,
    SET_ENGINE_PROXY,
)

SCRIPT_BY_ID: Mapping[str, Script] = {script.id: script for script in SCRIPTS}


def wrong_parameters(script: Script, parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """What is wrong with ``parameters`` for ``script``, one English sentence each; none: all is well.

    For the developer who built a step: a person can't cause these.
    """
    return tuple(_objections(script, parameters))


def _objections(script: Script, parameters: Mapping[str, Any]) -> Iterator[str]:
    for name in parameters:
        if script.parameter(name) is None:
            yield f"{script.id} has no parameter {name}"
    for one in script.parameters:
        if one.name not in parameters:
            if one.required:
                yield f"{script.id} needs {one.name}"
            continue
        value = parameters[one.name]
        if not _is_kind(value, one.kind):
            yield f"{one.name} of {script.id} is no {one.kind}: {value!r}"
        elif one.choices and value not in one.choices:
            yield f"{one.name} of {script.id} can't be {value!r}"


def _is_kind(value: Any, kind: ParameterKind) -> bool:
    if kind == "flag":
        return isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "text":
        return isinstance(value, str)
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)
