"""Win32 codes that Windows' network service (HNS) answers with (reference, 4.2)."""

from __future__ import annotations

from console.checks.errors.pattern import CONTEXT, ErrorPattern
from console.domain.field import Field
from console.domain.problem import Origin
from console.domain.text import N_

_SOURCE = "reference, 4.2"

RESTART_HNS = N_(
    CONTEXT,
    "Restart the services hns and then docker, as an administrator. This interrupts every container "
    "network for some seconds and stops the containers.",
)
RAW_LOOK = N_(
    CONTEXT,
    "Look into the event log Microsoft-Windows-Host-Network-Service-Admin on the host for the same time.",
)

PATTERNS = (
    ErrorPattern(
        id="invalid-parameter",
        codes=("0x57",),
        regex=r"The parameter is incorrect",
        examples=(
            "Error response from daemon: hnsCall failed in Win32: The parameter is incorrect. (0x57)",
            "Error response from daemon: hnsCall failed in Win32: Falscher Parameter. (0x57)",
            "Invoke-HNSRequest : @{Error=The parameter is incorrect. ; Success=False}",
        ),
        what=N_(CONTEXT, "Windows can't build the network with these values."),
        why=N_(
            CONTEXT,
            "Most often the subnet overlaps one that another network, a NAT or an adapter of the host uses. "
            "It can also be an adapter that can't carry a container network (a vEthernet adapter, Wi-Fi, a "
            "wrong name), or, on Windows Server 2016, a NAT subnet outside of the host's one NAT prefix.",
        ),
        do=(
            N_(CONTEXT, "Choose a subnet that nothing on the host uses."),
            N_(CONTEXT, "Check the adapter: it must be a connected network card by its name in Windows."),
            N_(CONTEXT, "If both are right, a network that docker no longer knows may be left in Windows."),
            RESTART_HNS,
        ),
        origin=Origin.HNS,
        field=Field.SUBNET,
        source=_SOURCE,
    ),
    ErrorPattern(
        id="object-exists",
        codes=("0x1392",),
        regex=r"The object already exists",
        examples=("hnsCall failed in Win32: The object already exists. (0x1392)",),
        what=N_(CONTEXT, "Windows still has a NAT with these settings."),
        why=N_(
            CONTEXT,
            "An earlier network left its NAT object or its prefix behind, and two of them can't be "
            "on one host.",
        ),
        do=(
            N_(CONTEXT, "Choose another subnet."),
            RESTART_HNS,
            N_(CONTEXT, "Run Get-NetNat on the host and remove the one that is left over by its name."),
        ),
        origin=Origin.HNS,
        field=Field.SUBNET,
        source=_SOURCE,
    ),
    ErrorPattern(
        id="port-in-use",
        codes=("0x20",),
        regex=r"The process cannot access the file because it is being used by another process",
        examples=(
            (
                "failed to create endpoint c1 on network nat: hnsCall failed in Win32: The process cannot "
                "access the file because it is being used by another process. (0x20)"
            ),
        ),
        what=N_(CONTEXT, "A published port of the container is taken on the host."),
        why=N_(
            CONTEXT,
            "Another program listens on that port, another container publishes it, or Windows has "
            "reserved it. "
            "No file is meant, although the message speaks of one.",
        ),
        do=(
            N_(CONTEXT, "Publish another host port."),
            N_(CONTEXT, "See who has it: Get-NetTCPConnection -LocalPort with the port's number."),
            N_(CONTEXT, "See what is reserved: netsh int ipv4 show excludedportrange tcp"),
        ),
        origin=Origin.HNS,
        source=_SOURCE,
    ),
    ErrorPattern(
        id="element-not-found",
        codes=("0x490",),
        regex=r"Element not found",
        examples=(
            (
                "docker: Error response from daemon: container e15d99c0 encountered an error during "
                "CreateContainer: failure in a Windows system call: Element not found."
            ),
            "hcnCreateNetwork failed in Win32: Element not found. (0x490)",
            "hcs::CreateComputeSystem e15d99c0: Element not found.",
        ),
        what=N_(CONTEXT, "Windows is missing something that this network needs."),
        why=N_(
            CONTEXT,
            "The usual reason is that IPv6 is disabled on the host: since KB4015217 Windows' container "
            "networking needs it switched on, even where nothing uses it. For overlay networks a VXLAN id "
            "below 4096 has the same effect.",
        ),
        do=(
            N_(
                CONTEXT,
                "Switch IPv6 on: delete the registry value DisabledComponents below "
                "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip6\\Parameters and restart the computer.",
            ),
            N_(CONTEXT, "For an overlay network, use VXLAN ids from 4096 on, or leave them to the manager."),
            N_(CONTEXT, "Check that the container's network still exists in Windows: Get-HnsNetwork"),
        ),
        origin=Origin.HNS,
        source='seed, "HNS requires that IPv6 is enabled on container host machines"; reference, 4.2',
    ),
    ErrorPattern(
        id="firewall-service-stopped",
        codes=("0x6d9",),
        regex=r"There are no more endpoints available from the endpoint mapper",
        examples=("There are no more endpoints available from the endpoint mapper. (0x6d9)",),
        what=N_(CONTEXT, "A Windows service that container networking depends on does not run."),
        why=N_(
            CONTEXT, "Windows Firewall (mpssvc) or the Host Networking Service (hns) is stopped or disabled."
        ),
        do=(
            N_(CONTEXT, "Enable and start the services mpssvc and hns, as an administrator."),
            N_(CONTEXT, "To have no firewall, turn its profiles off and leave the service running."),
        ),
        origin=Origin.HNS,
        source=_SOURCE,
    ),
    ErrorPattern(
        id="network-service-crashed",
        codes=("0x6be",),
        regex=r"The remote procedure call failed",
        examples=("hnsCall failed in Win32: The remote procedure call failed. (0x6be)",),
        what=N_(CONTEXT, "Windows' network service stopped while it worked on this."),
        why=N_(CONTEXT, "The Host Networking Service crashed, typically while binding the network card."),
        do=(
            N_(CONTEXT, "Check the networks again: the change may be only half done."),
            RESTART_HNS,
            N_(CONTEXT, "If it happens again, update the network card's driver and Windows."),
        ),
        origin=Origin.HNS,
        field=Field.ADAPTER,
        source=_SOURCE,
    ),
    ErrorPattern(
        id="unspecified",
        codes=("0x80004005",),
        regex=r"Unspecified error",
        examples=("HNS failed with error : Unspecified error ",),
        what=N_(CONTEXT, "Windows could not do it and does not say why."),
        why=N_(
            CONTEXT,
            "Known reasons are a NAT that conflicts, a broken virtual adapter, and antivirus or VPN software "
            "that sits in the network stack.",
        ),
        do=(
            N_(CONTEXT, "Try with VPN and antivirus filters turned off."),
            RESTART_HNS,
            N_(
                CONTEXT,
                'If docker no longer starts, set "bridge": "none" in daemon.json, start it, and clean up.',
            ),
            RAW_LOOK,
        ),
        origin=Origin.HNS,
        source=_SOURCE,
    ),
    ErrorPattern(
        id="hns-access-denied",
        codes=("0x5",),
        examples=("hnsCall failed in Win32: Access is denied. (0x5)", "Zugriff verweigert (0x80070005)"),
        what=N_(CONTEXT, "Windows does not allow this for the requesting account."),
        why=N_(
            CONTEXT,
            "Container networks can be changed by administrators only. The engine normally runs as Local "
            "System; where it does not, or a policy takes the right away, Windows refuses.",
        ),
        do=(
            N_(CONTEXT, "Run the engine's service as Local System."),
            N_(CONTEXT, "If you run a tool yourself, start it as an administrator."),
        ),
        origin=Origin.HNS,
        source=_SOURCE,
    ),
    ErrorPattern(
        id="device-not-ready",
        codes=("0x15",),
        regex=r"The device is not ready",
        examples=(
            (
                "HNS-Network-Create :- Network id = '{8A2B}'. Network type = 'L2BRIDGE'. Result code = "
                "'0x80070015'."
            ),
        ),
        what=N_(CONTEXT, "The network card was not ready for a new vSwitch."),
        why=N_(
            CONTEXT,
            "While a vSwitch is bound to it, the card restarts and the VFP extension loads; one of them took "
            "too long.",
        ),
        do=(
            N_(CONTEXT, "Wait until the adapter is Up again, and try once more."),
            N_(CONTEXT, "Check that the service vfpext runs: Get-Service vfpext"),
            RAW_LOOK,
        ),
        origin=Origin.HNS,
        field=Field.ADAPTER,
        source=_SOURCE,
    ),
    ErrorPattern(
        id="incorrect-function",
        codes=("0x1",),
        regex=r"Incorrect function",
        examples=("hnsCall failed in Win32: Incorrect function. (0x1)",),
        what=N_(CONTEXT, "A network driver on the host does not support what Windows asked of it."),
        why=N_(CONTEXT, "The adapter's driver, or a filter on it, does not support Hyper-V switches."),
        do=(
            N_(CONTEXT, "Choose another adapter."),
            N_(CONTEXT, "Update the adapter's driver, and take filter drivers (VPN, capture) off it."),
        ),
        origin=Origin.HNS,
        field=Field.ADAPTER,
        source=_SOURCE,
    ),
    ErrorPattern(
        id="not-supported-by-build",
        codes=("0x32",),
        regex=r"The request is not supported",
        examples=("hnsCall failed in Win32: The request is not supported. (0x80070032)",),
        what=N_(CONTEXT, "This Windows build does not have the function."),
        why=N_(CONTEXT, "The setting asked for came with a later Windows, or only exists on servers."),
        do=(
            N_(CONTEXT, "Leave the advanced settings out and try again, one at a time."),
            N_(CONTEXT, "Update Windows."),
        ),
        origin=Origin.HNS,
        field=Field.OPTIONS,
        source=_SOURCE,
    ),
    ErrorPattern(
        id="invalid-data",
        codes=("0xd",),
        examples=("failure in a Windows system call: The data is invalid. (0xd)",),
        what=N_(CONTEXT, "Windows can't read the container's configuration."),
        why=N_(CONTEXT, "The engine and this Windows build do not agree on its form."),
        do=(N_(CONTEXT, "Use an engine version that supports this Windows build."),),
        source="reference, 4.4",
    ),
    ErrorPattern(
        id="procedure-not-found",
        codes=("0x7f",),
        examples=("The specified procedure could not be found. (0x7f)",),
        what=N_(CONTEXT, "The engine calls a Windows function that is not there."),
        why=N_(CONTEXT, "The engine is newer than this Windows build, or an update is half installed."),
        do=(N_(CONTEXT, "Finish the Windows updates, restart, or install an engine for this build."),),
        source="reference, 4.4",
    ),
    ErrorPattern(
        id="invalid-handle",
        codes=("0x6",),
        examples=("failure in a Windows system call: The handle is invalid. (0x6)",),
        what=N_(CONTEXT, "The container was gone when Windows was asked about it."),
        why=N_(CONTEXT, "It ended, or the compute service was restarted, in the middle of the request."),
        do=(N_(CONTEXT, "Refresh, and start the container again."),),
        source="reference, 4.4",
    ),
    ErrorPattern(
        id="sharing-service-not-startable",
        codes=("0x803b002a", "0x422"),
        examples=(
            (
                "Internet Connection Sharing service (SharedAccess) is disabled and cannot be started. "
                "(0x803b002a)"
            ),
        ),
        what=N_(CONTEXT, "Windows needs its sharing service for this network, and the service is disabled."),
        why=N_(
            CONTEXT,
            "On some builds (2019 among them) the nat driver works through Internet Connection Sharing, the "
            "service SharedAccess. A policy or a hardening script often disables it.",
        ),
        do=(
            N_(
                CONTEXT, "Set the service SharedAccess to start manually, as an administrator, and try again."
            ),
        ),
        origin=Origin.HNS,
        source=_SOURCE,
    ),
    ErrorPattern(
        id="service-not-started",
        codes=("0x426",),
        regex=r"The service has not been started",
        examples=("Error starting daemon: The service has not been started.",),
        what=N_(CONTEXT, "The engine can't start, because a Windows service it needs does not run."),
        why=N_(CONTEXT, "hns, or a service that hns depends on, is stopped."),
        do=(N_(CONTEXT, "Start the services hns and vmcompute, and then docker, as an administrator."),),
        origin=Origin.HNS,
        source=_SOURCE,
    ),
    ErrorPattern(
        id="hns-data-incompatible",
        regex=r"The wrong diskette is in the drive",
        examples=("The wrong diskette is in the drive. Insert %2 (Volume Serial Number: %3) into drive %1.",),
        what=N_(CONTEXT, "Windows can't read its own record of the container networks."),
        why=N_(CONTEXT, "The file HNS.data was written by another Windows build; it happens after updates."),
        do=(
            RESTART_HNS,
            N_(CONTEXT, "Finish Windows' updates and restart the computer."),
            N_(
                CONTEXT,
                "As an administrator: stop hns, delete C:\\ProgramData\\Microsoft\\Windows\\HNS\\HNS.data, "
                "start hns and docker. All of Windows' container networks are recreated.",
            ),
        ),
        origin=Origin.HNS,
        source=_SOURCE,
    ),
    ErrorPattern(
        id="still-being-deleted",
        codes=("0x12f",),
        regex=r"The file cannot be opened because it is in the process of being deleted",
        examples=(
            (
                "hnsCall failed in Win32: The file cannot be opened because it is in the process of "
                "being deleted."
            ),
        ),
        what=N_(CONTEXT, "Windows has not finished removing the network that was there before."),
        why=N_(CONTEXT, "A network is created right after another was removed, on the same adapter or name."),
        do=(N_(CONTEXT, "Wait a few seconds and try again."), RESTART_HNS),
        origin=Origin.HNS,
        source=_SOURCE,
    ),
    ErrorPattern(
        id="catastrophic",
        regex=r"Catastrophic failure",
        examples=("HNS failed with error : Catastrophic failure ",),
        what=N_(CONTEXT, "The Windows network service crashed on this request."),
        why=N_(CONTEXT, "This is known on Windows Server 2016 without its later updates."),
        do=(N_(CONTEXT, "Install the current cumulative update on the host."), RESTART_HNS),
        origin=Origin.HNS,
        source=_SOURCE,
    ),
    ErrorPattern(
        id="already-gone",
        regex=r"The object identifier does not represent a valid object",
        examples=("hnsCall failed in Win32: The object identifier does not represent a valid object.",),
        what=N_(CONTEXT, "Windows no longer had the network."),
        why=N_(CONTEXT, "Something else removed it from Windows before docker did."),
        do=(N_(CONTEXT, "There is nothing left to do here. Refresh to see what remains."),),
        origin=Origin.HNS,
        source=_SOURCE,
    ),
)
