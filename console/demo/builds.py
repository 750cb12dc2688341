"""The Windows builds a practice host can be, and the Docker Engine each one runs.

Every difference in behaviour between builds and engines is one property here, so that no other
file compares version numbers (reference, 2.6 and 2.9).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

Version = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EngineRelease:
    """A release of the Docker Engine: ``version`` as printed, ``api`` and ``minimum_api`` as (1, n)."""

    version: str
    api: Version
    minimum_api: Version
    go: str
    commit: str
    built: str

    @property
    def number(self) -> Version:
        """The release as a comparable number, ``(28, 5, 2)``."""
        return tuple(int(part) for part in self.version.split("."))

    @property
    def has_ipam_validation(self) -> bool:
        """The generic sanity checks of ``network create`` (25.0)."""
        return self.number >= (25,)

    @property
    def forbids_overlay_off_swarm(self) -> bool:
        """Overlay without a swarm is 403; it was a plain 500 before 25.0."""
        return self.number >= (25,)

    @property
    def gives_overlay_dns(self) -> bool:
        """``--dns`` reaches endpoints on overlay networks (29.0)."""
        return self.number >= (29,)

    @property
    def allows_duplicate_names(self) -> bool:
        """Before 25.0 only a request with ``CheckDuplicate`` was refused for its name."""
        return self.number < (25,)

    @property
    def has_internal_and_private(self) -> bool:
        """The drivers ``internal`` and ``private`` (20.10)."""
        return self.number >= (20, 10)

    @property
    def prefixes_hns_call(self) -> bool:
        """HNS refusals begin with ``failed during hnsCallRawResponse:`` (20.10)."""
        return self.number >= (20, 10)

    @property
    def shows_hns_subnet(self) -> bool:
        """A nat network without ``--subnet`` shows what HNS chose (19.03.3 to 28)."""
        return (19, 3, 3) <= self.number < (29,)

    @property
    def wants_gateway_with_subnet(self) -> bool:
        """HNS' answer without a gateway can't be read (``invalid CIDR address: /32``, 19.03.3)."""
        return self.number >= (19, 3, 3)

    @property
    def checks_ipv4_off(self) -> bool:
        """``IPv4 cannot be disabled on Windows`` (28.0)."""
        return self.number >= (28,)

    @property
    def names_endpoints_in_use(self) -> bool:
        """A refused removal names the endpoints (28.1)."""
        return self.number >= (28, 1)

    @property
    def marks_host_networks(self) -> bool:
        """``hnsowned`` on adopted networks, and prune keeps away from them (28.3)."""
        return self.number >= (28, 3)

    @property
    def writes_network_name(self) -> bool:
        """The option ``networkname`` is written back at creation (29.0)."""
        return self.number >= (29,)

    @property
    def keeps_labels_on_recreation(self) -> bool:
        """Labels and IPAM survive when a lost nat network is made again (29.0)."""
        return self.number >= (29,)


@dataclass(frozen=True, slots=True)
class WindowsBuild:
    """One simulated Windows: its names as ``docker info`` prints them, and what it can do."""

    build: int
    revision: int
    server: bool
    edition: str
    kernel: str
    tag: str
    hns_version: int
    engine: EngineRelease

    @property
    def runs_containers(self) -> bool:
        """Server 2016 needs KB3194496 to run any (reference, 2.6)."""
        return (self.build, self.revision) >= (14393, 351)

    @property
    def operating_system(self) -> str:
        """``OperatingSystem`` of ``docker info``."""
        return f"{self.edition} (OS Build {self.build}.{self.revision})"

    @property
    def kernel_version(self) -> str:
        """``KernelVersion`` of ``docker info``."""
        return f"10.0 {self.build} ({self.kernel})"

    @property
    def default_isolation(self) -> str:
        """``process`` on Server, ``hyperv`` on clients."""
        return "process" if self.server else "hyperv"

    @property
    def single_nat(self) -> bool:
        """Server 2016: every nat network lies inside the one WinNAT prefix (seed)."""
        return self.build < 15063

    @property
    def hot_adds_endpoints(self) -> bool:
        """A running process-isolated container can get another endpoint (1703, engine 17.11)."""
        return self.build >= 15063

    @property
    def loses_nat_at_reboot(self) -> bool:
        """Nat networks are not kept by HNS over a reboot (1809/2019, reference 0.10)."""
        return self.build >= 17763

    @property
    def shares_nat_switch(self) -> bool:
        """All nat networks sit on one vSwitch, told apart by VLAN (2022, reference 5.4)."""
        return self.build >= 20348

    @property
    def upper_case_guids(self) -> bool:
        """HNS prints GUIDs in upper case since 1809."""
        return self.build >= 17763

    @property
    def nat_name_prefix(self) -> str:
        """How WinNAT or ICS instances are called (reference, 5.4 NatName)."""
        if self.single_nat:
            return "H"
        return "ICS" if 17763 <= self.build < 20348 else "NAT"

    @property
    def shares_by_ics(self) -> bool:
        """Nat networks need the service SharedAccess (2019, reference 5.4 NatName)."""
        return self.nat_name_prefix == "ICS"

    @property
    def has_network_agent(self) -> bool:
        """The service nvagent is installed."""
        return self.build >= 15063

    @property
    def lists_nat(self) -> bool:
        """Get-NetNat lists the nat networks of containers (before 1709, reference 5.1)."""
        return self.build < 16299

    @property
    def bare_hns(self) -> bool:
        """HNS 1.1 tells no state, extensions or resources, and has no namespaces (5.4)."""
        return self.hns_version <= (1 << 32) + 1

    @property
    def product_name(self) -> str:
        """``ProductName`` of the registry, which calls Windows 11 Windows 10 (reference, 5.1)."""
        if not self.server:
            return "Windows 10 Pro"
        return f"Windows Server {_SERVER_YEARS[self.build]} Datacenter"

    @property
    def installation_type(self) -> str:
        """``InstallationType`` of the registry."""
        return "Server" if self.server else "Client"

    @property
    def display_version(self) -> str:
        """``DisplayVersion`` of the registry, "" before it had one (20H2)."""
        return _VERSIONS[self.build] if self.build >= 19042 else ""

    @property
    def release_id(self) -> str:
        """``ReleaseId`` of the registry, which has stood still since 2009."""
        return _VERSIONS[self.build] if self.build < 19042 else "2009"

    @property
    def updates(self) -> tuple[tuple[str, str], ...]:
        """Installed updates with their dates as WMI prints them in the United States."""
        return _UPDATES[self.build] if self == BUILDS.get(self.build) else ()

    @property
    def vfp_extension(self) -> str:
        """The id of the VFP extension (reference, 5.4)."""
        new = "F74F241B-440F-4433-BB28-00F89EAD20D8"
        return new if self.build >= 20348 else "E9B59CFA-2BE1-4B21-828F-B6FBDBDDC017"

    @property
    def capture_extension(self) -> str:
        """The id of the NDIS capture extension (reference, 5.4)."""
        new = "430BDADD-BAB0-41AB-A369-94B67FA5BE0A"
        return new if self.build >= 20348 else "EA24CD6C-D17A-4348-9190-09F0D5BE83DD"

    @property
    def many_subnets(self) -> bool:
        """Several subnets on one l2bridge, l2tunnel or overlay network (HNS of 2022)."""
        return self.build >= 20348


_SERVER_YEARS = {14393: 2016, 17763: 2019, 20348: 2022, 26100: 2025}
_VERSIONS = {
    14393: "1607",
    14931: "1607",
    15063: "1703",
    17763: "1809",
    19045: "22H2",
    20348: "21H2",
    22631: "23H2",
    26100: "24H2",
}
_UPDATES = {
    14393: (("KB5021235", "12/13/2022"), ("KB4049065", "11/17/2017")),
    15063: (("KB4520010", "10/8/2019"),),
    17763: (("KB5043050", "9/10/2024"), ("KB4512577", "9/7/2019")),
    19045: (("KB5044273", "10/8/2024"),),
    20348: (("KB5068787", "11/11/2025"),),
    22631: (("KB5044285", "10/8/2024"),),
    26100: (("KB5066835", "10/14/2025"),),
}

_BUILDS = (
    WindowsBuild(
        14393,
        5582,
        True,
        "Windows Server 2016 Datacenter Version 1607",
        "14393.5582.amd64fre.rs1_release.221203-1817",
        "ltsc2016",
        (1 << 32) + 1,
        EngineRelease("19.03.5", (1, 40), (1, 24), "go1.12.12", "2ee0c57608", "11/13/2019 08:00:16"),
    ),
    WindowsBuild(
        15063,
        2108,
        False,
        "Windows 10 Pro Version 1703",
        "15063.0.amd64fre.rs2_release.170317-1834",
        "1703",
        (1 << 32) + 1,
        EngineRelease("18.09.2", (1, 39), (1, 24), "go1.10.6", "6247962", "02/10/2019 04:13:50"),
    ),
    WindowsBuild(
        17763,
        6293,
        True,
        "Microsoft Windows Server Version 1809",
        "17763.1.amd64fre.rs5_release.180914-1434",
        "ltsc2019",
        38654705666,
        EngineRelease("25.0.6", (1, 44), (1, 24), "go1.21.12", "032797e", "07/23/2024 17:32:46"),
    ),
    WindowsBuild(
        19045,
        5011,
        False,
        "Microsoft Windows Version 22H2",
        "19041.1.amd64fre.vb_release.191206-1406",
        "20H2",
        42949672963,
        EngineRelease("27.3.1", (1, 47), (1, 24), "go1.22.7", "41ca978", "09/20/2024 11:40:58"),
    ),
    WindowsBuild(
        20348,
        4405,
        True,
        "Microsoft Windows Server Version 21H2",
        "20348.1.amd64fre.fe_release.210507-1500",
        "ltsc2022",
        55834574851,
        EngineRelease("28.5.2", (1, 51), (1, 24), "go1.25.3", "89c5e8f", "11/05/2025 14:42:40"),
    ),
    WindowsBuild(
        22631,
        4317,
        False,
        "Microsoft Windows Version 23H2",
        "22621.1.amd64fre.ni_release.220506-1250",
        "ltsc2022",
        64424509440,
        EngineRelease("27.3.1", (1, 47), (1, 24), "go1.22.7", "41ca978", "09/20/2024 11:40:58"),
    ),
    WindowsBuild(
        26100,
        6899,
        True,
        "Microsoft Windows Server Version 24H2",
        "26100.1.amd64fre.ge_release.240331-1435",
        "ltsc2025",
        64424509440,
        EngineRelease("29.0.1", (1, 52), (1, 44), "go1.25.4", "198b5e3", "11/14/2025 16:04:41"),
    ),
)

BUILDS = {build.build: build for build in _BUILDS}
INSIDER_BUILDS = {
    14931: replace(
        BUILDS[14393],
        build=14931,
        revision=1000,
        server=False,
        edition="Microsoft Windows Version 1607",
        kernel="14931.1000.amd64fre.rs_prerelease.160916-1700",
    )
}
"""Test builds that some scenarios are about; they are not offered beside the released ones."""


USUAL_BUILD = 20348
"""The Windows of a practice host for which none is asked."""


def windows_build(number: int, revision: int | None = None) -> WindowsBuild:
    """The simulated Windows of that build number; ValueError names the known ones.

    ``revision``: with the updates up to that revision only.
    """
    try:
        build = INSIDER_BUILDS.get(number) or BUILDS[number]
        return build if revision is None else replace(build, revision=revision)
    except KeyError:
        known = ", ".join(str(build) for build in sorted(BUILDS))
        raise ValueError(f"no practice host for OS build {number}; there are {known}") from None
