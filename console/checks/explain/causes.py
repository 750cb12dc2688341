"""The causes that a text may point to, each by the id of the check that finds it on a host."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from console.domain.text import N_, Text

CONTEXT = "Explaining"


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why something fails.

    ``look`` says what to look at to tell it from other causes of the same words. ``remedies`` begin
    with the least disruptive one; whatever deletes networks, switches or HNS data is last.
    ``hints`` are squeezed words that, near the error, speak for this cause; ``against`` speak against
    it. ``source`` names the document and section of the facts.
    """

    check: str
    title: Text
    why: Text
    look: Text
    remedies: tuple[Text, ...]
    source: str
    hints: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


_RESTART = N_(
    CONTEXT,
    "Restart the services hns and then docker, as an administrator: this interrupts container networks for "
    "some seconds and stops containers.",
)

_ALL = (
    Cause(
        "nat-prefix-overlap",
        N_(CONTEXT, "The subnet overlaps one that the host uses already"),
        N_(CONTEXT, "Windows refuses a prefix that another network, a NAT, an adapter or a VPN has."),
        N_(
            CONTEXT,
            "Compare the subnet with docker network inspect of each network, Get-NetIPAddress and "
            "Get-NetRoute.",
        ),
        (
            N_(CONTEXT, "Choose a subnet that nothing uses: --subnet, or fixed-cidr for the default nat."),
            _RESTART,
        ),
        "reference, 4.2",
        hints=("nat", "subnet", "prefix", "ingress", "vpn", "fixed-cidr"),
        against=("interface=",),
    ),
    Cause(
        "winnat-conflict",
        N_(CONTEXT, "Another NAT on the host has the prefix"),
        N_(
            CONTEXT,
            "Windows has one NAT instance per prefix (one at all on Windows Server 2016), and another "
            "program's, or one left over, holds it.",
        ),
        N_(CONTEXT, "Get-NetNat lists a NAT that no network of docker has."),
        (
            N_(CONTEXT, "Use a subnet inside of that NAT's prefix, or another subnet."),
            N_(CONTEXT, "If nothing uses that NAT any more: Remove-NetNat with its name."),
        ),
        "reference, 4.2 and 5.2",
        hints=("netnat", "winnat", "defaultnetwork", "nat"),
    ),
    Cause(
        "nat-multiple-unsupported",
        N_(CONTEXT, "Windows Server 2016 has one NAT prefix, and the subnet is outside of it"),
        N_(CONTEXT, "There, further nat networks must be parts of the one internal prefix."),
        N_(CONTEXT, "The build is 14393, and Get-NetNat shows an InternalIPInterfaceAddressPrefix."),
        (N_(CONTEXT, "Choose a subnet inside of that prefix, with a gateway of its own."),),
        'seed, "Multiple NAT networks on WS2016 Container Host"',
        hints=("14393", "2016", "newnat", "new-netnat"),
        against=("17763", "20348", "26100", "2019", "2022", "2025"),
    ),
    Cause(
        "hns-stale-state",
        N_(CONTEXT, "Something left over in the Windows network service is in the way"),
        N_(
            CONTEXT,
            "HNS still has a network, NAT or switch that docker no longer knows, or can't read its own data.",
        ),
        N_(CONTEXT, "Get-HnsNetwork lists networks that docker network ls does not."),
        (
            _RESTART,
            N_(CONTEXT, "Restart the computer."),
            N_(CONTEXT, "Remove the one network that is left over, by its ID, once you know what uses it."),
        ),
        "reference, 2.4, 4.2 and 5.5",
        hints=("update", "upgrade", "already", "leftover", "defaultnetwork", "startingdaemon", "controller"),
    ),
    Cause(
        "transparent-interface-missing",
        N_(CONTEXT, "The network names no adapter, or one that can't carry it"),
        N_(
            CONTEXT,
            "interface takes the name that Get-NetAdapter shows for a connected card; a vEthernet adapter, "
            "Wi-Fi or a description does not work.",
        ),
        N_(CONTEXT, "Get-NetAdapter: is there an adapter of exactly that name, with the status Up?"),
        (N_(CONTEXT, "Give -o com.docker.network.windowsshim.interface= with the name of a free adapter."),),
        'seed, "Creating multiple transparent networks"; reference, 1.1 and 4.2',
        hints=("interface=", "vethernet(", "transparent", "wi-fi", "wifi", "l2bridge"),
        against=("defaultnetwork",),
    ),
    Cause(
        "adapter-already-bound",
        N_(CONTEXT, "The adapter carries another network or switch already"),
        N_(CONTEXT, "Each network with an external vSwitch needs a network adapter of its own."),
        N_(
            CONTEXT,
            "Get-VMSwitch and Get-NetAdapterBinding -ComponentID vms_pp show what each adapter carries.",
        ),
        (
            N_(CONTEXT, "Choose another adapter: -o com.docker.network.windowsshim.interface=."),
            N_(CONTEXT, "Use the network that already exists on this adapter."),
        ),
        'seed, "Networks that leverage external vSwitch"; reference, 4.2',
        hints=("transparent", "l2bridge", "external", "second", "overlay"),
    ),
    Cause(
        "hidden-vswitch",
        N_(CONTEXT, "A vSwitch that docker can't see holds the adapter"),
        N_(
            CONTEXT,
            "It was created with Hyper-V Manager or PowerShell while Docker was running, and Docker sees "
            "it only after a restart.",
        ),
        N_(CONTEXT, "Get-VMSwitch lists an external switch that docker network ls does not."),
        (
            N_(CONTEXT, "Bind the network to another adapter: -o com.docker.network.windowsshim.interface=."),
            _RESTART,
            N_(
                CONTEXT,
                "As a last resort, delete that switch, once you know that no virtual machine uses it.",
            ),
        ),
        'seed, "Existing vSwitch (not visible to Docker)"',
        hints=("vmswitch", "vswitch", "hyper-v", "transparent", "external"),
    ),
    Cause(
        "ipv6-disabled",
        N_(CONTEXT, "IPv6 is disabled on the host"),
        N_(CONTEXT, "Windows' container networking needs IPv6 switched on, even where nothing uses it."),
        N_(
            CONTEXT,
            "The registry value DisabledComponents below HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip6"
            "\\Parameters exists and is not 0.",
        ),
        (N_(CONTEXT, "Delete that value and restart the computer."),),
        'seed, "HNS requires that IPv6 is enabled"; reference, 4.2',
        hints=("ipv6", "disabledcomponents", "tcpip6", "createcontainer", "kb4015217"),
        against=("new-vmswitch", "failedtocreateendpoint", "hcnopen"),
    ),
    Cause(
        "default-nat-missing",
        N_(CONTEXT, "The network that the container should use does not exist in Windows"),
        N_(CONTEXT, "The nat network, or the container's own, is missing in HNS although Docker knows it."),
        N_(CONTEXT, "docker network ls and Get-HnsNetwork: do both list it?"),
        (_RESTART, N_(CONTEXT, 'Check that daemon.json has no unintended "bridge": "none".')),
        "reference, 2.4 and 4.2",
        hints=("createcontainer", "nat", "containerd", "networkisnotfound", "createendpoint", "hcnopen"),
        against=("new-vmswitch",),
    ),
    Cause(
        "overlay-prerequisites",
        N_(CONTEXT, "The host lacks something that overlay networks need"),
        N_(
            CONTEXT,
            "An overlay needs an active swarm, a free adapter and VXLAN ids from 4096 on; older Windows "
            "needs updates too.",
        ),
        N_(CONTEXT, "docker info says Swarm: active; docker network ls lists ingress."),
        (
            N_(
                CONTEXT,
                "Make the host part of a swarm: docker swarm init or join, with --advertise-addr.",
            ),
            N_(CONTEXT, "Leave the VXLAN ids to the manager."),
        ),
        "reference, 1.2, 2.2 and 4.2",
        hints=("overlay", "ingress", "vxlan", "swarm", "vni"),
        against=("transparent", "l2bridge"),
    ),
    Cause(
        "firewall-service-stopped",
        N_(CONTEXT, "The Windows Firewall service is not running"),
        N_(CONTEXT, "HNS calls Windows Firewall (mpssvc) for every network, even where no rule applies."),
        N_(CONTEXT, "Get-Service mpssvc, hns: both must be Running."),
        (
            N_(
                CONTEXT,
                "Enable and start mpssvc and hns; to have no firewall, switch its profiles off instead.",
            ),
        ),
        "reference, 4.2",
        hints=("firewall", "mpssvc"),
    ),
    Cause(
        "hns-not-running",
        N_(CONTEXT, "The Host Networking Service (hns) is not running or does not answer"),
        N_(CONTEXT, "It is stopped or disabled, crashed, or hangs."),
        N_(CONTEXT, "Get-Service hns; the System event log tells of a service that ended unexpectedly."),
        (N_(CONTEXT, "Start-Service hns, as an administrator."), _RESTART),
        "reference, 4.2 and 6.4",
        hints=("hns", "vmcompute"),
    ),
    Cause(
        "filter-driver",
        N_(CONTEXT, "A VPN, antivirus or other filter on the network stack interferes"),
        N_(
            CONTEXT,
            "Such programs hook into the adapters that HNS creates, and this message is all that HNS then "
            "says.",
        ),
        N_(CONTEXT, "Get-NetAdapterBinding on the vEthernet adapters; try with the VPN or antivirus off."),
        (N_(CONTEXT, "Pause that program, try again, and ask its vendor for an exception."),),
        "reference, 4.2",
        hints=("vpn", "antivirus", "anyconnect", "checkpoint", "symantec", "kaspersky", "mcafee", "filter"),
    ),
    Cause(
        "port-in-use",
        N_(CONTEXT, "A published port is taken or reserved on the host"),
        N_(CONTEXT, "Another program listens on it, another container publishes it, or Windows reserved it."),
        N_(
            CONTEXT,
            "Get-NetTCPConnection -LocalPort with the number; netsh int ipv4 show excludedportrange tcp.",
        ),
        (
            N_(CONTEXT, "Publish another host port."),
            N_(CONTEXT, "Stop the program or container that has it."),
        ),
        "reference, 4.2",
        hints=("port", "-p", "publish", "bind", "endpoint"),
    ),
    Cause(
        "subnet-mismatch",
        N_(CONTEXT, "Subnet, gateway and address do not fit together"),
        N_(CONTEXT, "The gateway and a fixed address must be in the subnet, and its last bits must be zero."),
        N_(CONTEXT, "Compare --subnet, --gateway and --ip with the physical network's prefix."),
        (N_(CONTEXT, "Give the subnet and gateway of the network that the containers are on."),),
        "reference, 2.2 and 4.3",
        hints=("subnet", "gateway"),
    ),
    Cause(
        "mac-spoofing-off",
        N_(CONTEXT, "The hypervisor drops frames with the containers' MAC addresses"),
        N_(
            CONTEXT,
            "In a virtual machine, transparent networks need MAC address spoofing (Hyper-V) or promiscuous "
            "mode (VMware).",
        ),
        N_(CONTEXT, "The host is a virtual machine, and the containers get 169.254 addresses or no answer."),
        (
            N_(
                CONTEXT,
                "On the Hyper-V host: Get-VMNetworkAdapter -VMName NAME | Set-VMNetworkAdapter "
                "-MacAddressSpoofing On",
            ),
        ),
        'seed, "To use DHCP for IP assignment on a virtual container host"',
        hints=("hyper-v", "virtualmachine", "transparent", "dhcp"),
        against=("vmware", "esxi"),
    ),
    Cause(
        "promiscuous-mode-off",
        N_(CONTEXT, "VMware drops frames with the containers' MAC addresses"),
        N_(
            CONTEXT,
            "A port group without promiscuous mode and forged transmits passes only the VM's own MAC "
            "address.",
        ),
        N_(CONTEXT, "The host is a VMware machine, and the containers get 169.254 addresses or no answer."),
        (N_(CONTEXT, "Allow promiscuous mode, forged transmits and MAC changes on the port group."),),
        'seed, "To use DHCP for IP assignment on a virtual container host"',
        hints=("vmware", "esxi", "vsphere", "promiscuous"),
    ),
    Cause(
        "container-dns",
        N_(CONTEXT, "Names are not resolved in the container"),
        N_(
            CONTEXT,
            "The resolver at the gateway, the DNS servers that the network hands out, or the metric of the "
            "vEthernet adapter is wrong.",
        ),
        N_(CONTEXT, "In the container: ipconfig /all, and nslookup of a name with each server."),
        (
            N_(CONTEXT, 'Name DNS servers: --dns, or "dns" in daemon.json.'),
            N_(CONTEXT, "Give the physical adapter a lower InterfaceMetric than the vEthernet adapters."),
        ),
        "reference, 2.8 and 4.2",
        hints=("dns", "nslookup", "resolve"),
    ),
    Cause(
        "proxy-not-set",
        N_(CONTEXT, "The engine can't reach the registry: proxy or no route out"),
        N_(CONTEXT, "The service docker has its own environment; a proxy set for the user does not count."),
        N_(CONTEXT, "docker info shows HTTP Proxy and HTTPS Proxy if the engine has them."),
        (
            N_(
                CONTEXT,
                'Set "proxies" in daemon.json, or HTTP_PROXY of the service, and restart docker.',
            ),
            N_(CONTEXT, "Check that the host itself can resolve and reach the registry."),
        ),
        "reference, 4.6",
        hints=("proxy", "proxyconnect"),
    ),
    Cause(
        "mtu-mismatch",
        N_(CONTEXT, "Large packets get lost: the MTUs differ"),
        N_(CONTEXT, "A VPN or an overlay carries smaller packets than the container's adapter sends."),
        N_(CONTEXT, "netsh interface ipv4 show subinterfaces; ping -f -l 1400 from the container."),
        (N_(CONTEXT, "Lower the MTU of the container's adapter to that of the host's outgoing adapter."),),
        "reference, 6.3",
        hints=("mtu",),
    ),
    Cause(
        "command-words-swapped",
        N_(CONTEXT, "The command says create network but means network create"),
        N_(CONTEXT, "docker create creates a container, here from an image called network."),
        N_(CONTEXT, "Look at the order of the words in the command."),
        (N_(CONTEXT, "Write docker network create."),),
        "docker command line reference, docker create",
        hints=("createnetwork",),
    ),
    Cause(
        "compose-network-foreign",
        N_(CONTEXT, "A network of that name exists that Compose did not create"),
        N_(CONTEXT, "Compose takes over only what has its own labels."),
        N_(CONTEXT, "docker network inspect: does it have the label com.docker.compose.project?"),
        (
            N_(CONTEXT, "Use the network as it is: external: true with its name in the Compose file."),
            N_(CONTEXT, "Give the Compose network another name."),
        ),
        "Compose specification, networks; reference, 2.1",
        hints=("compose",),
    ),
    Cause(
        "external-network-missing",
        N_(CONTEXT, "The Compose file uses a network that does not exist"),
        N_(CONTEXT, "Compose does not create external networks: they must exist, with exactly this name."),
        N_(CONTEXT, "docker network ls: does it exist under another name, or on another engine?"),
        (
            N_(CONTEXT, "Create it: docker network create -d nat NAME."),
            N_(CONTEXT, "Write the name that docker network ls prints into the Compose file."),
        ),
        'seed, "Docker Compose"',
        hints=("external", "compose"),
    ),
    Cause(
        "engine-not-running",
        N_(CONTEXT, "The Docker Engine is not running"),
        N_(CONTEXT, "Its service is stopped, or failed to start."),
        N_(CONTEXT, "Get-Service docker; the Application event log has the engine's last messages."),
        (N_(CONTEXT, "Start-Service docker, as an administrator."),),
        "reference, 4.6 and 6.1",
        hints=("service",),
    ),
    Cause(
        "engine-access-denied",
        N_(CONTEXT, "This account may not talk to the engine"),
        N_(CONTEXT, "Only administrators may, and the group that daemon.json names."),
        N_(CONTEXT, "whoami /groups; the key group of daemon.json."),
        (
            N_(CONTEXT, "Run the client as an administrator."),
            N_(CONTEXT, 'Name a group in daemon.json ("group") and restart docker.'),
        ),
        "reference, 4.6 and 6.1",
        hints=("denied", "elevated"),
    ),
    Cause(
        "firewall-blocks-port",
        N_(CONTEXT, "Windows Firewall does not let the port in"),
        N_(
            CONTEXT,
            "On a transparent network, and for programs of the host, its rules decide what reaches the "
            "container's port.",
        ),
        N_(CONTEXT, "Get-NetFirewallRule -Enabled True -Direction Inbound; try from the host itself too."),
        (N_(CONTEXT, "Allow the port in, for the profile of the network: New-NetFirewallRule."),),
        "reference, 3.5",
        hints=("firewall", "port", "transparent"),
    ),
    Cause(
        "static-ip-needs-subnet-gateway",
        N_(CONTEXT, "The network has no subnet and gateway of its own"),
        N_(
            CONTEXT,
            "A fixed address, l2bridge, and transparent without DHCP need --subnet and --gateway when the "
            "network is created.",
        ),
        N_(CONTEXT, "docker network inspect shows no subnet, or 0.0.0.0/0."),
        (
            N_(
                CONTEXT,
                "Create a network with --subnet and --gateway of the physical network, and use that one.",
            ),
        ),
        'seed, "Remember to specify --subnet and --gateway"; reference, 2.1',
        hints=("--ip", "subnet", "gateway"),
    ),
    Cause(
        "swarm-ports-blocked",
        N_(CONTEXT, "A firewall between the nodes blocks the swarm's ports"),
        N_(CONTEXT, "Nodes talk over TCP 2377, TCP and UDP 7946, and UDP 4789."),
        N_(CONTEXT, "Test-NetConnection MANAGER -Port 2377 from the other node, and 7946 both ways."),
        (N_(CONTEXT, "Open these ports on both nodes and on what is between them."),),
        "reference, 2.7",
        hints=("2377", "7946", "4789", "swarm", "join"),
    ),
    Cause(
        "l2bridge-dhcp",
        N_(CONTEXT, "l2bridge gives no address by DHCP"),
        N_(CONTEXT, "Its containers get addresses of the network's subnet only."),
        N_(CONTEXT, "docker network inspect: does the l2bridge network have a subnet and a gateway?"),
        (N_(CONTEXT, "Create it with --subnet and --gateway, or use transparent where DHCP is wanted."),),
        'seed, "DHCP IP assignment not supported with L2Bridge networks"',
        hints=("dhcp", "l2bridge"),
    ),
    Cause(
        "l2bridge-prerequisites",
        N_(CONTEXT, "The host lacks something that l2bridge needs"),
        N_(CONTEXT, "It needs a free adapter, a subnet with a gateway, and the VFP extension."),
        N_(CONTEXT, "Get-Service vfpext; Get-VMSwitchExtension of the network's switch."),
        (
            N_(CONTEXT, "Start the service vfpext, as an administrator."),
            N_(CONTEXT, "Give --subnet and --gateway, and the name of a free adapter."),
        ),
        "reference, 2.1 and 4.2",
        hints=("l2bridge", "vfp"),
    ),
    Cause(
        "unsupported-service-option",
        N_(CONTEXT, "The service asks for something this Windows does not support"),
        N_(
            CONTEXT,
            "Windows Server 2016 has neither the routing mesh nor virtual addresses of services; no Windows "
            "encrypts overlay networks.",
        ),
        N_(CONTEXT, "The build of each node: docker node ls and docker node inspect."),
        (N_(CONTEXT, "Use --endpoint-mode dnsrr and --publish mode=host,…, or nodes from 2019 on."),),
        'reference, 2.7; seed, "Unsupported features"',
        hints=("dnsrr", "ingress", "endpoint-mode"),
    ),
    Cause(
        "overlay-encryption",
        N_(CONTEXT, "Windows does not encrypt overlay networks"),
        N_(CONTEXT, "The option encrypted is accepted and nothing is encrypted."),
        N_(CONTEXT, "docker network inspect shows the option encrypted."),
        (N_(CONTEXT, "Encrypt in the application (TLS) or with IPsec between the nodes."),),
        'seed, "Unsupported features"; reference, 3.4',
        hints=("encrypted",),
    ),
    Cause(
        "dockernat-switch",
        N_(CONTEXT, "Docker Desktop's switch for its Linux VM is meant, not the containers' one"),
        N_(CONTEXT, "DockerNAT connects the Linux VM only; Windows containers use an HNS switch."),
        N_(CONTEXT, "Get-VMSwitch lists DockerNAT; docker info says which containers the engine runs."),
        (
            N_(CONTEXT, "Restart Docker Desktop: it recreates its switch."),
            N_(CONTEXT, "Use docker network ls to see the networks of Windows containers."),
        ),
        'seed, "Moby Linux VMs use DockerNAT switch"',
        hints=("dockernat", "moby", "desktop"),
    ),
    Cause(
        "vfp-extension-off",
        N_(CONTEXT, "The VFP extension is not running"),
        N_(CONTEXT, "overlay and l2bridge need it on their vSwitch."),
        N_(CONTEXT, "Get-Service vfpext; Get-VMSwitchExtension of the network's switch."),
        (N_(CONTEXT, "Start the service vfpext and enable the extension, as an administrator."),),
        'seed, "VFP"; reference, 5.4',
        hints=("vfp", "overlay", "l2bridge"),
    ),
    Cause(
        "hyper-v-module-missing",
        N_(CONTEXT, "Hyper-V's cmdlets are not installed on this host"),
        N_(CONTEXT, "Containers work without Hyper-V; its vSwitch cmdlets come with that role only."),
        N_(CONTEXT, "Get-Command -Module Hyper-V finds nothing."),
        (
            N_(CONTEXT, "Look at vSwitches through HNS instead: Get-HnsNetwork."),
            N_(CONTEXT, "Or install the Hyper-V module for Windows PowerShell."),
        ),
        "reference, 5.2",
        hints=("get-vm",),
    ),
    Cause(
        "unsupported-network-option",
        N_(CONTEXT, "The network's driver is a Linux driver"),
        N_(CONTEXT, "A docker command without -d asks for bridge, also from an engine for Windows."),
        N_(CONTEXT, "docker info prints the drivers of the engine after Network:."),
        (N_(CONTEXT, "Name a driver: nat is the equivalent of bridge on Linux."),),
        "reference, 0.2 and 2.2",
        hints=("bridge", "macvlan"),
    ),
    Cause(
        "linux-engine",
        N_(CONTEXT, "The engine runs Linux containers"),
        N_(CONTEXT, "In that mode Docker Desktop has the Linux network drivers, and no nat or transparent."),
        N_(CONTEXT, "docker info shows OSType: windows if it runs Windows containers."),
        (N_(CONTEXT, "Switch Docker Desktop to Windows containers."),),
        "reference, 4.6",
        hints=("desktop", "linux"),
    ),
    Cause(
        "os-too-old",
        N_(CONTEXT, "Windows lacks updates that this needs"),
        N_(CONTEXT, "Early builds of Windows Server 2016 fail this way on overlay networks and new options."),
        N_(CONTEXT, "winver: compare the build and revision with what the driver needs."),
        (N_(CONTEXT, "Install the current cumulative update, or a later Windows."),),
        "reference, 2.6 and 4.2",
        hints=("2016", "14393", "kb40"),
    ),
)

CAUSES: Final = MappingProxyType({cause.check: cause for cause in _ALL})
