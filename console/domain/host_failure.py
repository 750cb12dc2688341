"""What it means when a script gets no good answer from its host, and what would help.

The same words serve a section that could not be read and a step that failed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.domain.failure import Failure, FailureKind
from console.domain.text import N_, Text

CONTEXT = "HostFailure"


@dataclass(frozen=True, slots=True)
class HostFailureWords:
    """What happened, why it happens, and what to do, the most helpful first."""

    what: Text
    why: Text
    do: tuple[Text, ...]


_READ_RAW = N_(CONTEXT, "Read the exact message below: it is all that is known.")
_LET_IN = N_(CONTEXT, "Make your account a member of Administrators or Remote Management Users there.")

HOST_FAILURE_WORDS: Mapping[FailureKind, HostFailureWords] = {
    FailureKind.MISSING: HostFailureWords(
        N_(CONTEXT, "PowerShell is not on this computer."),
        N_(CONTEXT, "Neither Windows PowerShell (powershell.exe) nor PowerShell 7 (pwsh) was found."),
        (
            N_(CONTEXT, "On Windows, powershell.exe belongs to the system: repair it with sfc /scannow"),
            N_(CONTEXT, "Elsewhere, install PowerShell 7 and see that pwsh is on the PATH."),
        ),
    ),
    FailureKind.BLOCKED_BY_POLICY: HostFailureWords(
        N_(CONTEXT, "PowerShell is not allowed to run scripts on this host."),
        N_(CONTEXT, "An execution policy, usually set by Group Policy, forbids it."),
        (
            N_(CONTEXT, "See which policy forbids it: Get-ExecutionPolicy -List"),
            N_(
                CONTEXT,
                "A policy in the scope MachinePolicy or UserPolicy is changed by your domain administrator.",
            ),
        ),
    ),
    FailureKind.CONSTRAINED_LANGUAGE: HostFailureWords(
        N_(CONTEXT, "PowerShell is restricted on this host."),
        N_(CONTEXT, "AppLocker or App Control keeps it in Constrained Language mode."),
        (
            N_(CONTEXT, "Have the folder of the console's scripts allowed in the rules of App Control."),
            N_(CONTEXT, "Or connect with an account that the rules do not restrict."),
        ),
    ),
    FailureKind.EXIT_CODE: HostFailureWords(
        N_(CONTEXT, "PowerShell ended with an error."),
        N_(CONTEXT, "It ended before the script had answered."),
        (_READ_RAW,),
    ),
    FailureKind.MALFORMED_ANSWER: HostFailureWords(
        N_(CONTEXT, "PowerShell's answer can't be read."),
        N_(
            CONTEXT,
            "It is not JSON, or only part of it: something else wrote in between, or the script was cut off.",
        ),
        (N_(CONTEXT, "Refresh. If it keeps happening, please report it with the message below."),),
    ),
    FailureKind.TIMED_OUT: HostFailureWords(
        N_(CONTEXT, "PowerShell did not answer in time."),
        N_(
            CONTEXT, "The host is busy, or a service that the script queries hangs: usually hns, vmms or WMI."
        ),
        (
            N_(CONTEXT, "Wait a moment and refresh."),
            N_(CONTEXT, "See whether Get-HnsNetwork, Get-VMSwitch and Get-NetAdapter answer there."),
            N_(CONTEXT, "If one does not, restart its service (hns, vmms or winmgmt) as an administrator."),
        ),
    ),
    FailureKind.TOO_MUCH_OUTPUT: HostFailureWords(
        N_(CONTEXT, "PowerShell returned far more output than the console accepts."),
        N_(CONTEXT, "A program that the script started, or a profile of the host, writes without end."),
        (N_(CONTEXT, "Run the script on the host, and see what it writes."), _READ_RAW),
    ),
    FailureKind.ACCESS_DENIED: HostFailureWords(
        N_(CONTEXT, "Your account may not do this on the host."),
        N_(CONTEXT, "Windows reserves it for administrators."),
        (
            N_(CONTEXT, "Run it as an administrator: the console asks Windows for it where it can."),
            N_(CONTEXT, "For Hyper-V alone, the group Hyper-V Administrators is enough."),
        ),
    ),
    FailureKind.MODULE_MISSING: HostFailureWords(
        N_(CONTEXT, "A PowerShell module is missing on the host."),
        N_(CONTEXT, "The feature it belongs to is not installed."),
        (
            N_(
                CONTEXT,
                "Windows Server: Install-WindowsFeature Hyper-V-PowerShell, Containers. Windows 10 and 11: "
                "turn the feature on in optionalfeatures.exe",
            ),
        ),
    ),
    FailureKind.SCRIPT_ERROR: HostFailureWords(
        N_(CONTEXT, "Windows did not do it."),
        N_(CONTEXT, "The script stopped at an error of Windows or of one of its cmdlets."),
        (_READ_RAW, N_(CONTEXT, "Refresh, and see what the host looks like now.")),
    ),
    FailureKind.UNREACHABLE: HostFailureWords(
        N_(CONTEXT, "The host does not answer over WinRM."),
        N_(CONTEXT, "It is off, its name can't be resolved here, or nothing listens on the WinRM port."),
        (
            N_(
                CONTEXT,
                "On the host, as an administrator: Enable-PSRemoting; winrm quickconfig -transport:https",
            ),
            N_(CONTEXT, "Check the port (5986 with TLS, 5985 without) and the firewall in between."),
        ),
    ),
    FailureKind.AUTHENTICATION: HostFailureWords(
        N_(CONTEXT, "The host does not accept the account."),
        N_(CONTEXT, "The name or password is wrong, the account is locked, or may not use WinRM."),
        (
            N_(
                CONTEXT,
                r"Check name and password. A local account is written as .\name, another as DOMAIN\name.",
            ),
            _LET_IN,
            N_(CONTEXT, "Kerberos works only with the host's name, and only if both clocks agree."),
        ),
    ),
    FailureKind.SIGNED_OUT: HostFailureWords(
        N_(
            CONTEXT,
            "Nobody is signed in to the Windows side of this host: its account's password was not given.",
        ),
        N_(CONTEXT, "No password is kept for it on this computer, and the host was opened without one."),
        (
            N_(
                CONTEXT,
                "Choose Sign in… in the menu Host. To have the password kept, edit the host on the page "
                "Hosts.",
            ),
        ),
    ),
    FailureKind.TLS: HostFailureWords(
        N_(CONTEXT, "The encrypted connection to WinRM can't be trusted."),
        N_(
            CONTEXT,
            "The host's certificate was issued for another name or by an unknown authority, or has expired.",
        ),
        (
            N_(
                CONTEXT,
                "On the page Hosts, edit the host and give it the CA certificate: that of the authority, or "
                "the host's own where it issued itself.",
            ),
            N_(
                CONTEXT,
                r"Or import it on this computer, as an administrator: Import-Certificate -FilePath FILE "
                r"-CertStoreLocation Cert:\LocalMachine\Root",
            ),
            N_(CONTEXT, "Connect by the name that the certificate was issued for, not by an IP address."),
        ),
    ),
    FailureKind.CONNECTION_LOST: HostFailureWords(
        N_(CONTEXT, "The connection to the host broke while the script ran."),
        N_(
            CONTEXT,
            "The host or its WinRM was restarted, or the network was cut: changing a vSwitch does that.",
        ),
        (N_(CONTEXT, "Wait a moment, refresh, and see what the host looks like now."),),
    ),
    FailureKind.UNSUPPORTED: HostFailureWords(
        N_(CONTEXT, "This can't be done over this connection."),
        N_(CONTEXT, "The console has no way to run scripts on that host, or not in this way."),
        (N_(CONTEXT, "Connect to the host over WinRM, or run the console on it."),),
    ),
    FailureKind.ELEVATION_DECLINED: HostFailureWords(
        N_(CONTEXT, "Nothing was changed: it was not allowed."),
        N_(CONTEXT, "Windows asked whether the console may make changes, and the answer was no."),
        (N_(CONTEXT, "Run the plan again, and answer Yes when Windows asks."),),
    ),
    FailureKind.CANCELLED: HostFailureWords(
        N_(CONTEXT, "The script was ended before it was done."),
        N_(CONTEXT, "It was cancelled, or the console was closed."),
        (N_(CONTEXT, "Refresh, and see how far it got."),),
    ),
    FailureKind.INTERNAL: HostFailureWords(
        N_(CONTEXT, "The console failed here, not the host."),
        N_(CONTEXT, "It ran into something its authors did not expect."),
        (
            N_(
                CONTEXT,
                "Refresh and try again. If it keeps happening, please report it with the message below.",
            ),
        ),
    ),
}
"""For each kind of failure that a script can end in; others are told as an internal one."""


def words_of(failure: Failure) -> HostFailureWords:
    """What a script's failure means, why, and what to do."""
    return HOST_FAILURE_WORDS.get(failure.kind, HOST_FAILURE_WORDS[FailureKind.INTERNAL])


def reason(failure: Failure) -> Text:
    """Why a section could not be read: in one sentence, with the host's own words where it has some."""
    words = words_of(failure)
    if not failure.raw:
        return words.what
    return N_(CONTEXT, "{what} {raw}", what=words.what, raw=failure.raw)


def remedy(failure: Failure) -> Text:
    """What helps most against it."""
    return words_of(failure).do[0]
