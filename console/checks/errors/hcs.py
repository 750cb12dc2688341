"""The codes of Windows' Host Compute Service, facility 0x8037 (reference, 4.4)."""

from __future__ import annotations

from console.checks.errors.pattern import CONTEXT, ErrorPattern
from console.domain.problem import Origin
from console.domain.text import N_, Text

_AGAIN = N_(CONTEXT, "Start the container again.")
_LOG = N_(CONTEXT, "Look into the event log Microsoft-Windows-Hyper-V-Compute-Admin on the host.")


def _hcs(identifier: str, codes: str, what: Text, why: Text, *do: Text, english: str = "") -> ErrorPattern:
    """One row: ``codes`` are the low parts, ``english`` the sentence of an English Windows."""
    full = tuple(f"0x8037{code.lower()}" for code in codes.split())
    shown = english or "Fehler"
    return ErrorPattern(
        id=identifier,
        codes=full,
        regex=english,
        examples=tuple(f"failure in a Windows system call: {shown}. ({code})" for code in full),
        what=what,
        why=why,
        do=do,
        origin=Origin.ENGINE,
        source="reference, 4.4",
    )


PATTERNS = (
    _hcs(
        "container-died-at-start",
        "0100 0106 0107",
        N_(CONTEXT, "The container ended unexpectedly."),
        N_(CONTEXT, "Its main program failed, or Windows stopped it while it started."),
        N_(CONTEXT, "Read its output: docker logs"),
        _LOG,
    ),
    _hcs(
        "image-build-mismatch",
        "0101",
        N_(CONTEXT, "The image was made for another Windows build than the host's."),
        N_(
            CONTEXT,
            "Without Hyper-V isolation, container and host share one kernel and must be of one build.",
        ),
        N_(CONTEXT, "Use the image tag for the host's build (such as ltsc2022)."),
        N_(CONTEXT, "Or run it with --isolation=hyperv."),
        english="The container operating system does not match the host operating system",
    ),
    _hcs(
        "hyper-v-missing",
        "0102",
        N_(CONTEXT, "Hyper-V isolation needs Hyper-V, which is not installed or not running."),
        N_(
            CONTEXT,
            "Windows clients use Hyper-V isolation by default. In a virtual machine it must be nested.",
        ),
        N_(CONTEXT, "Install the Windows feature Hyper-V, or run with --isolation=process."),
    ),
    _hcs(
        "operation-pending",
        "0103 0117",
        N_(CONTEXT, "Windows is still busy with the last request for this container."),
        N_(CONTEXT, "Starting and stopping take a while, and only one can be in progress at a time."),
        N_(CONTEXT, "Wait a few seconds, refresh, and try again."),
    ),
    _hcs(
        "container-state",
        "0105 0110 0115 0116 011F",
        N_(CONTEXT, "The container is not in a state in which this can be done."),
        N_(CONTEXT, "It was started or stopped in the meantime."),
        N_(CONTEXT, "Refresh, and look at its state."),
    ),
    _hcs(
        "guest-connection",
        "0108 0109 010A 0118 011E",
        N_(CONTEXT, "Windows lost its connection into the container."),
        N_(CONTEXT, "The host is overloaded or short of memory, or the compute service was restarted."),
        _AGAIN,
        N_(CONTEXT, "Check the free memory of the host and the service vmcompute."),
        _LOG,
    ),
    _hcs(
        "guest-protocol",
        "010B 010C 0111",
        N_(CONTEXT, "Host and container use different protocol versions."),
        N_(CONTEXT, "The image's Windows and the host's are too far apart."),
        N_(CONTEXT, "Update the host and the image."),
    ),
    _hcs(
        "compute-json",
        "010D 0119 011A",
        N_(CONTEXT, "The engine and the compute service do not understand each other."),
        N_(CONTEXT, "The engine version does not match this Windows build."),
        N_(CONTEXT, "Use an engine version that supports this Windows build."),
    ),
    _hcs(
        "container-not-found",
        "010E",
        N_(CONTEXT, "Windows does not have this container any more."),
        N_(CONTEXT, "It ended, or the compute service was restarted."),
        N_(CONTEXT, "Refresh, and start it again."),
    ),
    _hcs(
        "container-exists",
        "010F",
        N_(CONTEXT, "Windows still has a container with this ID."),
        N_(CONTEXT, "An earlier run was not cleaned up."),
        N_(CONTEXT, "Find it with hcsdiag list, end it with hcsdiag kill, and start again."),
    ),
    _hcs(
        "layer-invalid",
        "0112",
        N_(CONTEXT, "A layer of the image is damaged or missing."),
        N_(CONTEXT, "The image was not fully pulled, or its files were touched."),
        N_(CONTEXT, "Remove the image and pull it again."),
    ),
    _hcs(
        "insider-required",
        "0113",
        N_(CONTEXT, "The image is a preview and needs a preview host."),
        N_(CONTEXT, "Insider images run on Insider builds of Windows only."),
        N_(CONTEXT, "Use a released image."),
    ),
    _hcs(
        "compute-service-missing",
        "0114",
        N_(CONTEXT, "The compute service is not available."),
        N_(CONTEXT, "The Windows feature Containers is missing or half installed."),
        N_(CONTEXT, "Install the feature Containers, restart, and check the service vmcompute."),
    ),
    _hcs(
        "compute-access-denied",
        "011B",
        N_(CONTEXT, "The account may not work with containers."),
        N_(CONTEXT, "Only administrators and members of Hyper-V Administrators may."),
        N_(CONTEXT, "Run the engine's service as Local System, or start the tool as an administrator."),
    ),
    _hcs(
        "guest-critical",
        "011C",
        N_(CONTEXT, "Windows crashed inside the container."),
        N_(CONTEXT, "It is the container's own blue screen."),
        _AGAIN,
        N_(CONTEXT, "Give it more memory, and update its image."),
        _LOG,
    ),
    _hcs(
        "process-information",
        "011D",
        N_(CONTEXT, "Windows can't report on the container's processes at the moment."),
        N_(CONTEXT, "The container is starting or stopping."),
        N_(CONTEXT, "Try again in a moment."),
    ),
)
