"""Words that are the same on every host, and so tell nothing of the one they stand for."""

from __future__ import annotations

import re
from typing import Final

from console.domain.drivers.linux_options import LINUX_OPTION_BY_KEY
from console.domain.drivers.options import ALL_DRIVERS, OPTION_BY_KEY
from console.domain.network_origin import WINDOWS_OWN_NETWORKS, is_docker_name
from console.domain.removal import PREDEFINED_LINUX, PREDEFINED_WINDOWS
from console.domain.scripts import KNOWN_SERVICES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


#: Names of objects: the engine's, Windows' and the field's own.
WELL_KNOWN: Final = frozenset(
    name.casefold()
    for name in (
        *PREDEFINED_WINDOWS,
        *PREDEFINED_LINUX,
        *WINDOWS_OWN_NETWORKS,
        *KNOWN_SERVICES,
        "DockerNAT",
        "ingress",
        "docker_gwbridge",
        "docker-desktop",
        "docker0",
        "localhost",
        "cmd",
        "powershell",
        "Default Compartment",
        "(removed)",
    )
)

#: Values out of short lists that Windows, HNS and the engine choose from.
ENUMERATED: Final = _words(
    """allow block in out inbound outbound both tcp udp sctp icmp any all none auto dhcp static on off
    enabled disabled switch host nat true false yes no service_started service_healthy
    service_completed_successfully"""
)

#: Network drivers of Docker itself; a plugin's name may be anybody's.
KNOWN_DRIVERS: Final = _words("bridge host null none macvlan ipvlan ics default windows swarm") | {
    *ALL_DRIVERS
}

#: Words of the field and of every domain name. They are never taken for a part of a name, nor looked for in
#: sentences, which would only hide what these say.
COMMON_WORDS: Final = _words(
    """com net org edu gov mil int io dev app cloud info biz local localdomain lan home internal intranet corp
    ad dc private example test invalid arpa www eu de uk us ch at fr nl
    docker dockerd windows linux server servers host hosts hostname network networks container containers
    service services image images engine swarm node nodes manager worker task tasks switch vswitch adapter
    adapters endpoint endpoints ethernet wi-fi wifi bridge overlay transparent l2bridge l2tunnel external
    default gateway subnet address addresses port ports name names number value label labels option options
    driver firewall rule rules powershell hyper-v hyperv hns nat dns dhcp vlan tcp udp http https ssh npipe
    unix pipe tls registry latest project config none error warning failed file folder system user users
    program domain words id interface interfaces runtime connection process request daemon client operation
    command computer remote proxy workgroup builtin nt authority azure amazonaws azurecr vmware microsoft
    and the for with from not was has are is can could that this which already still running stopped attached
    connected object objects use used exist exists found"""
)

#: Accounts of Windows, of images and of cloud templates.
COMMON_ACCOUNTS: Final = _words(
    """administrator admin root user guest system defaultaccount docker ubuntu debian vagrant azureuser runner
    containeradministrator containeruser public default nobody all"""
)

#: Programs and services of Windows and of Docker that listen on ports; others may name a product of somebody.
PROGRAMS: Final = _words(
    """System Idle svchost services lsass wininit smss csrss winlogon spoolsv dockerd com.docker.backend
    com.docker.service com.docker.proxy vpnkit wslrelay wslhost wslservice vmms vmcompute vmwp w3wp httpd
    nginx sqlservr sqlbrowser mysqld postgres redis-server inetinfo sshd powershell pwsh cmd explorer
    python node java dotnet iphlpsvc RpcSs RpcEptMapper Dnscache EventLog Schedule LanmanServer
    LanmanWorkstation WinRM TermService SessionEnv UmRdpService SSDPSRV upnphost W32Time PolicyAgent
    IKEEXT Spooler NlaSvc netprofm Dhcp DNS DHCPServer DFSR Netlogon NTDS Kdc W3SVC WAS MSSQLSERVER
    SQLBrowser RemoteAccess RasMan SstpSvc vmicheartbeat vmicrdv vmicshutdown vmictimesync vmickvpexchange
    CoreMessagingRegistrar EFS SamSs KeyIso VaultSvc gpsvc ProfSvc Themes UserManager Winmgmt wuauserv
    BITS CryptSvc DoSvc UsoSvc mDNSResponder containerd"""
) | {service.casefold() for service in KNOWN_SERVICES}

#: Folders and files that Windows and Docker make themselves.
FOLDERS: Final = _words(
    """windows system32 syswow64 drivers etc hosts programdata users appdata local roaming locallow temp tmp
    var run lib usr bin sbin opt srv mnt media home host_mnt c d docker containers volumes volume networks
    network files hns config .docker contexts meta tls cli-plugins resources microsoft modules
    windowspowershell v1.0 _data daemon.json config.json meta.json ca.pem cert.pem key.pem docker.sock
    docker_engine pipe dockerd.exe docker.exe docker-compose.exe containerd.exe powershell.exe pwsh.exe
    cmd.exe svchost.exe local-kv.db docker-compose.yml compose.yaml .env application system any"""
) | {"program files", "program files (x86)", "docker desktop", "all users"}

#: Hosts of the public network that messages of engines speak of.
PUBLIC_HOSTS: Final = re.compile(
    r"(?:[\w-]+\.)*(?:docker\.(?:io|com)|mcr\.microsoft\.com|microsoft\.com|aka\.ms|windows\.net|quay\.io|ghcr\.io"
    r"|github\.com|k8s\.io|golang\.org|json-schema\.org|localhost)",
    re.IGNORECASE,
)

#: Microsoft's images name the Windows they are made of, which matters, and nobody's project.
PUBLIC_IMAGE: Final = re.compile(
    r"mcr\.microsoft\.com/|(?:[\w-]+/)?(?:nanoserver|windowsservercore|servercore)\b", re.IGNORECASE
)

# As Windows itself names adapters, HNS its vNICs and NATs, and Linux its interfaces; ids; numbers.
_TELLS_NOTHING = re.compile(
    r"(?:ethernet|wi-fi|local area connection\*?|ethernet instance \d+|cellular|bluetooth network connection)"
    r"(?: ?\d+)?"
    r"|ethernet \(kernel debugger\)(?: ?\d+)?|loopback pseudo-interface \d+"
    r"|(?:eth|ens|eno|wlan|bond|lo)\d*(?:\.\d+)?|enp\d+s\d+(?:f\d+)?|br-[0-9a-f]{12}"
    r"|container nic [0-9a-f]{8}|nic [0-9a-f]{8}|(?:h|nat|ics)?\{?[0-9a-f]{8}-[0-9a-f-]{27}\}?"
    r"|\\container_[0-9a-f-]{12,64}|(?:sha256:)?[0-9a-f]{12,64}|-?\d+(?:\.\d+)?|true|false|yes|no",
    re.IGNORECASE,
)


def tells_nothing(name: str) -> bool:
    """Whether ``name`` would be the same on other hosts, or is an id or a number."""
    folded = name.strip().casefold()
    return folded in WELL_KNOWN or is_docker_name(name) or _TELLS_NOTHING.fullmatch(folded) is not None


def known_option(key: str) -> bool:
    """Whether ``key`` is an option of Docker's own; the keys of plugins may name whose they are."""
    return key in OPTION_BY_KEY or key in LINUX_OPTION_BY_KEY or key.startswith("com.docker.")
