"""What in a text points to which causes: codes, fixed words, and the known error patterns.

A symptom's causes stand in order of how often each is behind it (reference, 4.2); words near the
error change that order (:class:`~console.checks.explain.causes.Cause`).
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from console.checks.explain.paste import squeeze

#: One way to say something: groups of squeezed phrases; one phrase of each group stands near the others.
Way = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Symptom:
    """Words that have no code and are no message of the engine, and what they point to.

    ``words``: each entry is one way to say it. ``causes`` are ids of
    :data:`~console.checks.explain.causes.CAUSES` with a confidence.
    """

    id: str
    words: tuple[Way, ...]
    causes: tuple[tuple[str, float], ...]


def _said(*ways: str) -> tuple[Way, ...]:
    """Ways to say something; ``&`` joins phrases that must all be there."""
    return tuple(tuple((squeeze(phrase),) for phrase in way.split("&")) for way in ways)


def _any_of(*groups: tuple[str, ...]) -> Way:
    """One way: a phrase of each group."""
    return tuple(tuple(squeeze(phrase) for phrase in group) for group in groups)


#: For ambiguous errors, by the id of their pattern: the causes, likeliest first.
SEVERAL_CAUSES: Final = MappingProxyType(
    {
        "invalid-parameter": (
            ("nat-prefix-overlap", 0.7),
            ("transparent-interface-missing", 0.55),
            ("hns-stale-state", 0.5),
            ("winnat-conflict", 0.45),
            ("nat-multiple-unsupported", 0.3),
        ),
        "adapter-not-found": (
            ("adapter-already-bound", 0.7),
            ("hidden-vswitch", 0.65),
            ("transparent-interface-missing", 0.6),
            ("overlay-prerequisites", 0.3),
        ),
        "element-not-found": (
            ("ipv6-disabled", 0.65),
            ("default-nat-missing", 0.5),
            ("hns-stale-state", 0.4),
            ("overlay-prerequisites", 0.35),
        ),
        "unspecified": (
            ("winnat-conflict", 0.55),
            ("hns-stale-state", 0.5),
            ("nat-prefix-overlap", 0.45),
            ("filter-driver", 0.4),
        ),
        "object-exists": (("winnat-conflict", 0.75), ("nat-prefix-overlap", 0.5), ("hns-stale-state", 0.45)),
        "default-network-failed": (
            ("hns-stale-state", 0.55),
            ("winnat-conflict", 0.5),
            ("nat-prefix-overlap", 0.45),
        ),
        "network-controller-failed": (("hns-stale-state", 0.5), ("hns-not-running", 0.5)),
        "firewall-service-stopped": (("firewall-service-stopped", 0.85), ("hns-not-running", 0.5)),
        "network-service-crashed": (
            ("hns-not-running", 0.6),
            ("adapter-already-bound", 0.4),
            ("filter-driver", 0.3),
        ),
        "ingress-failed": (
            ("overlay-prerequisites", 0.6),
            ("adapter-already-bound", 0.45),
            ("nat-prefix-overlap", 0.4),
        ),
        "port-in-use": (("port-in-use", 0.88), ("hns-stale-state", 0.35)),
        "published-port-exists": (("port-in-use", 0.8), ("hns-stale-state", 0.45)),
        "address-reserved": (("hns-stale-state", 0.65), ("subnet-mismatch", 0.45)),
        "network-invalid": (
            ("subnet-mismatch", 0.55),
            ("static-ip-needs-subnet-gateway", 0.45),
            ("nat-prefix-overlap", 0.4),
        ),
        "degraded": (("hns-stale-state", 0.65), ("hns-not-running", 0.35)),
        "service-not-started": (("hns-not-running", 0.75), ("firewall-service-stopped", 0.5)),
        "incorrect-function": (("transparent-interface-missing", 0.5), ("filter-driver", 0.45)),
        "catastrophic": (("os-too-old", 0.7), ("hns-stale-state", 0.4), ("overlay-prerequisites", 0.3)),
    }
)

#: Codes of Windows that no pattern explains, where HNS itself answered with them: their causes.
CAUSES_OF_CODE: Final = MappingProxyType(
    {
        "0x2": (("hns-stale-state", 0.5), ("hns-not-running", 0.4)),
        "0x3": (("hns-stale-state", 0.45), ("hns-not-running", 0.35)),
        "0x1f": (("adapter-already-bound", 0.45), ("filter-driver", 0.45)),
        "0x34": (("winnat-conflict", 0.7), ("hns-stale-state", 0.4)),
        "0xb7": (("hns-stale-state", 0.6), ("winnat-conflict", 0.35)),
        "0x2ba": (("hns-stale-state", 0.5), ("winnat-conflict", 0.45)),
        "0x424": (("hns-not-running", 0.7),),
        "0x42c": (("hns-not-running", 0.7), ("firewall-service-stopped", 0.45), ("vfp-extension-off", 0.3)),
        "0x5b4": (("hns-not-running", 0.55), ("filter-driver", 0.3)),
        "0x6ba": (("hns-not-running", 0.7), ("firewall-service-stopped", 0.35)),
    }
)

#: A refusal of HNS in words that nothing here knows: what stands behind most of them.
ANY_REFUSAL: Final = (("hns-stale-state", 0.45), ("hns-not-running", 0.3))
REFUSED_ENDPOINT: Final = (("hns-stale-state", 0.45), ("port-in-use", 0.4), ("default-nat-missing", 0.3))
REFUSED_NETWORK: Final = (
    ("hns-stale-state", 0.45),
    ("adapter-already-bound", 0.4),
    ("nat-prefix-overlap", 0.4),
    ("winnat-conflict", 0.35),
)

#: The check that finds an error's cause on a host, by the id of its pattern, where one does.
CHECK_OF: Final = MappingProxyType(
    {
        "gateway-outside": "subnet-mismatch",
        "gateway-not-in-subnet": "subnet-mismatch",
        "gateway-without-subnet": "static-ip-needs-subnet-gateway",
        "gateway-missing": "static-ip-needs-subnet-gateway",
        "shim-gateway-missing": "static-ip-needs-subnet-gateway",
        "subnet-missing": "static-ip-needs-subnet-gateway",
        "subnet-host-bits": "subnet-mismatch",
        "address-not-in-network": "subnet-mismatch",
        "address-outside": "subnet-mismatch",
        "pool-overlaps": "nat-prefix-overlap",
        "subnets-overlap": "nat-prefix-overlap",
        "not-a-manager": "overlay-prerequisites",
        "worker-node": "overlay-prerequisites",
        "scope-without-swarm": "overlay-prerequisites",
        "advertise-address": "overlay-prerequisites",
        "driver-missing": "unsupported-network-option",
        "driver-unknown": "unsupported-network-option",
        "range-unsupported": "unsupported-network-option",
        "range-outside": "unsupported-network-option",
        "aux-address-outside": "unsupported-network-option",
        "aux-address-invalid": "unsupported-network-option",
        "ipam-request-invalid": "unsupported-network-option",
        "ipv6-unsupported": "unsupported-network-option",
        "ipv4-needed": "unsupported-network-option",
        "mtu-ignored": "unsupported-network-option",
        "linux-engine": "linux-engine",
        "host-mode": "unsupported-run-option",
        "links-with-container-mode": "unsupported-run-option",
        "privileged": "unsupported-run-option",
        "protocol-unsupported": "unsupported-run-option",
        "port-range-unsupported": "unsupported-run-option",
        "host-address-unsupported": "unsupported-run-option",
        "no-hot-attach": "ip-change-on-running-container",
        "port-allocated": "port-in-use",
        "windows-too-old": "os-too-old",
        "not-supported-by-build": "os-too-old",
        "request-unsupported": "os-too-old",
        "network-not-found": "hns-stale-state",
        "endpoint-not-found": "hns-stale-state",
        "hns-object-not-found": "hns-stale-state",
        "hns-name-exists": "hns-stale-state",
        "hns-data-incompatible": "hns-stale-state",
        "still-being-deleted": "hns-stale-state",
        "already-gone": "hns-stale-state",
        "endpoint-attached": "hns-stale-state",
        "still-referred-to": "hns-stale-state",
        "layer-exists": "hns-stale-state",
        "component-missing": "os-too-old",
        "subnet-invalid": "subnet-mismatch",
        "prefix-invalid": "subnet-mismatch",
        "switch-not-found": "hns-stale-state",
        "vfp-missing": "vfp-extension-off",
        "extension-not-found": "vfp-extension-off",
        "device-not-ready": "l2bridge-prerequisites",
        "service-stopping": "hns-not-running",
        "containers-feature-missing": "hns-not-running",
        "compute-service-missing": "hns-not-running",
        "hns-access-denied": "engine-access-denied",
        "compute-access-denied": "engine-access-denied",
        "pipe-missing": "engine-not-running",
        "pipe-closing": "engine-not-running",
        "socket-missing": "engine-not-running",
        "pipe-denied": "engine-access-denied",
        "socket-denied": "engine-access-denied",
        "resolver-failed": "container-dns",
    }
)

_NOT_RESOLVED = (
    "could not find host",
    "the remote name could not be resolved",
    "no such host is known",
    "dns request timed out",
    "during hostname resolution",
    "no response from server",
    "unknown can't find",
)
_NOT_RESOLVED_ANYWHERE = ("could not resolve host", "temporary failure in name resolution")
_NOT_RESOLVED_AS_TOLD = (
    "dns resolution does not work",
    "dns resolution doesn't work",
    "dns resolution not working",
    "dns resolution is not working",
    "dns doesn't work",
    "dns does not work",
)
_WINDOWS_IMAGE = ("windowsservercore", "nanoserver", "servercore", "windows/server")
_IN_A_WINDOWS_CONTAINER = (
    *_WINDOWS_IMAGE,
    "docker run",
    "docker exec",
    "inside the container",
    "inside a container",
    "inside my container",
    "in the container",
    "in a container",
    "in container",
    "inside container",
    "from the container",
    "windows container",
    "(nat driver)",
    "network=nat",
)
_REGISTRIES = ("registry-1.docker.io", "mcr.microsoft.com", "auth.docker.io", "index.docker.io")

SYMPTOMS: Final = (
    Symptom(
        "no-lease",
        _said("169.254.&transparent", "169.254.&dhcp&container&switch", "no ip address&transparent&dhcp"),
        (("mac-spoofing-off", 0.6), ("promiscuous-mode-off", 0.5)),
    ),
    Symptom(
        "no-lease-on-l2bridge",
        _said("169.254.&l2bridge", "no ip address&l2bridge&dhcp"),
        (("l2bridge-dhcp", 0.65), ("l2bridge-prerequisites", 0.4)),
    ),
    Symptom(
        "names-not-resolved",
        (_any_of(_NOT_RESOLVED, _IN_A_WINDOWS_CONTAINER),),
        (("container-dns", 0.6), ("proxy-not-set", 0.25)),
    ),
    Symptom(
        "names-not-resolved-in-image",
        (_any_of(_NOT_RESOLVED_ANYWHERE, _WINDOWS_IMAGE),),
        (("container-dns", 0.5), ("proxy-not-set", 0.3)),
    ),
    Symptom(
        "names-not-resolved-as-told",
        (_any_of(_NOT_RESOLVED_AS_TOLD, (*_WINDOWS_IMAGE, "windows container", "windows docker container")),),
        (("container-dns", 0.5), ("proxy-not-set", 0.2)),
    ),
    Symptom(
        "registry-behind-a-proxy",
        (*_said("proxyconnect tcp"), _any_of(_REGISTRIES, ("connectex",))),
        (("proxy-not-set", 0.6), ("container-dns", 0.25)),
    ),
    Symptom(
        "port-not-bindable",
        _said(
            "bind: only one usage of each socket address",
            "an attempt was made to access a socket in a way forbidden by its access permissions",
        ),
        (("port-in-use", 0.8),),
    ),
    Symptom(
        "nat-duplicate",
        _said("duplicate name exists on the network&netnat", "windows system error 52&netnat"),
        (("winnat-conflict", 0.8), ("nat-multiple-unsupported", 0.4)),
    ),
    Symptom(
        "nat-parameter",
        _said("new-netnat&parameter is incorrect", "new-netnat&windows system error 87"),
        (("nat-multiple-unsupported", 0.6), ("winnat-conflict", 0.55), ("nat-prefix-overlap", 0.5)),
    ),
    Symptom(
        "switch-binding",
        _said(
            "failed while adding virtual ethernet switch connections",
            "failed to connect ethernet switch port",
            "ethernet port&is already bound to another virtual switch",
            "external ethernet adapter&already bound",
            "switch create failed",
            "failed to create external switch",
        ),
        (("adapter-already-bound", 0.7), ("hidden-vswitch", 0.65), ("transparent-interface-missing", 0.4)),
    ),
    Symptom(
        "network-creation-failed",
        _said(
            "hns failed with error&failed to create network",
            "hns failed with error&failed to create endpoint",
            "hns failed with error&generic failure",
        ),
        (("hns-stale-state", 0.5), ("adapter-already-bound", 0.4), ("nat-prefix-overlap", 0.4)),
    ),
    Symptom(
        "object-lost",
        _said(
            "failed to find hnsendpoint",
            "failed to find hnsnetwork",
            "failed to find hns network",
            "unable to find hns network",
            "failed to hot attach hns endpoint",
            "failed to look up one or more hns endpoints",
            "requested operation for attach namespace failed",
        ),
        (("hns-stale-state", 0.6), ("hns-not-running", 0.35)),
    ),
    Symptom(
        "bridge-asked-for",
        _said("docker network create&plugin not found", "networks/create&plugin not found"),
        (("unsupported-network-option", 0.6),),
    ),
    Symptom(
        "nat-lost",
        _said(
            "no network found with name nat",
            "network nat not found",
            "could not find network nat",
            "networking 'nat' not found",
            "no such network: nat",
        ),
        (("default-nat-missing", 0.75), ("hns-stale-state", 0.45)),
    ),
    Symptom(
        "engine-timeout",
        _said(
            "hcsshim: timeout waiting for notification&hns",
            "host network service&terminated unexpectedly",
            "host network service&not responding",
            "failed to open service hns",
            "service 'host network service (hns)' cannot be started",
            "cannot find any service with service name 'hns'",
        ),
        (("hns-not-running", 0.7),),
    ),
    Symptom(
        "service-it-needs",
        _said("host network service&depends on&which failed to start"),
        (("hns-not-running", 0.7), ("firewall-service-stopped", 0.45), ("vfp-extension-off", 0.4)),
    ),
    Symptom(
        "engine-not-started",
        _said(
            "failed to start service 'docker (docker)'",
            "service 'docker (docker)' cannot be started",
            "service 'docker engine (docker)' cannot be started",
            "failed to start service 'docker engine (docker)'",
        ),
        (("engine-not-running", 0.6), ("hns-not-running", 0.3)),
    ),
    Symptom(
        "address-without-subnet",
        _said(
            "user specified ip address is supported only when connecting to networks with user configured "
            "subnets",
            "user specified ip address is supported on user defined networks only",
        ),
        (("static-ip-needs-subnet-gateway", 0.85),),
    ),
    Symptom(
        "swarm-not-joined",
        _said(
            "timeout was reached before node joined",
            "dial tcp&:2377&i/o timeout",
            "dial tcp&:2377&connectex",
            "memberlist: failed&:7946",
            "rpc error&:2377&deadline exceeded",
        ),
        (("swarm-ports-blocked", 0.7), ("overlay-prerequisites", 0.3)),
    ),
    Symptom(
        "service-option-refused",
        _said(
            "ingress mode&combined with dnsrr",
            "endpoint mode vip&not supported&windows",
            "endpointspec&port published with ingress mode",
        ),
        (("unsupported-service-option", 0.75),),
    ),
    Symptom(
        "encrypted-overlay",
        _said("opt encrypted&overlay&windows", "encrypted overlay&not supported&windows"),
        (("overlay-encryption", 0.6),),
    ),
    Symptom(
        "moby-switch",
        _said(
            "dockernat&failed to",
            "dockernat&already exists",
            "dockernat&was not found",
            "dockernat&unable to find",
        ),
        (("dockernat-switch", 0.6), ("hns-stale-state", 0.3)),
    ),
    Symptom(
        "vfp-service",
        _said(
            "cannot find any service with service name 'vfpext'",
            "vfpext&failed to start",
            "microsoft azure vfp switch extension&running : false",
        ),
        (("vfp-extension-off", 0.65),),
    ),
    Symptom(
        "hyper-v-module",
        _said(
            "the term 'get-vmswitch' is not recognized", "the term 'get-vmnetworkadapter' is not recognized"
        ),
        (("hyper-v-module-missing", 0.85),),
    ),
    Symptom(
        "packets-too-large",
        _said("packet needs to be fragmented but df set&container", "vethernet&mtu&tls handshake timeout"),
        (("mtu-mismatch", 0.6),),
    ),
    Symptom(
        "words-swapped",
        _said("unable to find image 'network:latest'", "repository network not found&network"),
        (("command-words-swapped", 0.8),),
    ),
    Symptom(
        "compose-network-of-others",
        _said("was found but has incorrect label com.docker.compose.network"),
        (("compose-network-foreign", 0.85),),
    ),
    Symptom(
        "compose-network-missing",
        _said("declared as external, but could not be found", "declared as external but could not be found"),
        (("external-network-missing", 0.7), ("hns-stale-state", 0.35)),
    ),
    Symptom(
        "external-network-missing",
        _said("network nat declared as external, but could not be found"),
        (("default-nat-missing", 0.75), ("linux-engine", 0.4)),
    ),
    Symptom(
        "no-way-out-of-transparent",
        _said("transmit failed. general failure&transparent", "request timed out&169.254.&transparent"),
        (
            ("mac-spoofing-off", 0.5),
            ("promiscuous-mode-off", 0.45),
            ("subnet-mismatch", 0.4),
            ("transparent-interface-missing", 0.35),
        ),
    ),
    Symptom(
        "port-not-reached",
        (
            _any_of(
                ("windows firewall", "new-netfirewallrule", "windows defender firewall"),
                (
                    "unable to access",
                    "not accessible",
                    "can't access",
                    "cannot access",
                    "connection timed out",
                ),
                ("docker run", "docker network", "windows container", "exposed port", "published port"),
            ),
        ),
        (("firewall-blocks-port", 0.5),),
    ),
    # What Debug-ContainerHost.ps1 says of its tests that failed (reference, 6.1; 17 is a false alarm).
    Symptom("test-service-runs", _said("[-] service is running"), (("engine-not-running", 0.85),)),
    Symptom(
        "test-access",
        _said("[-] docker.exe should not return access denied"),
        (("engine-access-denied", 0.85),),
    ),
    Symptom(
        "test-network-exists",
        _said("[-] at least one nat, transparent, or l2bridge network exists"),
        (("default-nat-missing", 0.8), ("hns-stale-state", 0.4)),
    ),
    Symptom(
        "test-switch-internal",
        _said("[-] nat network's vswitch is internal"),
        (("hns-stale-state", 0.65), ("dockernat-switch", 0.35)),
    ),
    Symptom(
        "test-gateway-assigned",
        _said(
            "[-] gateway ip for nat network is assigned",
            "[-] specified network gateway ip for nat network is assigned",
        ),
        (("hns-stale-state", 0.6), ("default-nat-missing", 0.4)),
    ),
    Symptom(
        "test-prefix-overlaps",
        _said("[-] nat network's internal prefix does not overlap"),
        (("nat-prefix-overlap", 0.85),),
    ),
    Symptom(
        "test-feature",
        _said("[-] has 'containers' feature installed"),
        (("hns-not-running", 0.6),),
    ),
    Symptom(
        "ipv6-in-registry",
        _said("disabledcomponents&tcpip6"),
        (("ipv6-disabled", 0.6),),
    ),
)
