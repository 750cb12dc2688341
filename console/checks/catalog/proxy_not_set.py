"""Windows uses a proxy that the Docker Engine does not know (dockerd's documentation, "HTTP/HTTPS proxy")."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.by_hand import quoted
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.stopped_service import is_installed
from console.domain.host_setup import Proxy, ProxyPlace
from console.domain.object_ref import ObjectRef
from console.domain.setting_actions import set_engine_proxy
from console.domain.text import N_, verbatim

CONTEXT = "Check proxy-not-set"
_ENGINES = frozenset({ProxyPlace.CONFIGURATION, ProxyPlace.SERVICE, ProxyPlace.ENVIRONMENT})
_SERVICE = "docker"
_HIDDEN = "***@"
_LOCAL = "<local>"
_ALWAYS_LOCAL = ("localhost", "127.0.0.1")


def _unused(host: Host) -> Proxy | None:
    """Windows' own proxy, where the engine has none; None also where a place could not be read.

    Docker Desktop, which has no service of that name, keeps its proxy in settings of its own.
    """
    if host.snapshot.facts.services.known() is not None and not is_installed(host, _SERVICE):
        return None
    places = {one.place: one for one in host.snapshot.facts.proxies.known() or ()}
    windows = places.get(ProxyPlace.WINHTTP)
    if windows is None or not windows.given or not places.keys() >= _ENGINES:
        return None
    return None if any(places[place].given for place in _ENGINES) else windows


def _find(host: Host) -> Iterator[Symptom]:
    proxy = _unused(host)
    if proxy is not None:
        yield Symptom(
            None,
            (
                N_(CONTEXT, "Windows' services use the proxy {address}.", address=proxy.http or proxy.https),
                N_(
                    CONTEXT,
                    "Docker has none in daemon.json, in its service's environment or in the machine's.",
                ),
            ),
        )


def _remedies(host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    proxy = _unused(host)
    if proxy is None:
        return ()
    by_hand = Remedy(
        N_(CONTEXT, "Set the proxy for the whole machine"),
        steps=(
            *(
                N_(
                    CONTEXT, "In PowerShell as an administrator, with your proxy: {command}",
                    command=verbatim(
                        f"[Environment]::SetEnvironmentVariable('{name}', {quoted(value)}, 'Machine')"
                    ),
                )
                for name, value in (
                    ("HTTP_PROXY", "http://proxy:3128"),
                    ("HTTPS_PROXY", "http://proxy:3128"),
                    ("NO_PROXY", ",".join(_bypass(proxy.bypass))),
                )
            ),
            N_(CONTEXT, "Then: {command}", command=verbatim("Restart-Service docker")),
        ),
        interrupts=(N_(CONTEXT, "All containers stop while Docker restarts."),),
    )  # fmt: skip
    http, https = _address(proxy.http, "http"), _address(proxy.https or proxy.http, "https")
    if _HIDDEN in f"{http}{https}":  # a password is never read, so it can't be set either
        return (by_hand,)
    plan = set_engine_proxy(http, https, ",".join(_bypass(proxy.bypass)), host.snapshot)
    return (Remedy(N_(CONTEXT, "Give Docker the same proxy"), plan=plan), by_hand)


def _address(words: str, protocol: str) -> str:
    """WinHTTP's ``proxy:80`` or ``http=a:80;https=b:81`` as the one URL of a protocol."""
    parts = dict(part.strip().split("=", 1) for part in words.split(";") if "=" in part)
    found = parts.get(protocol, "" if parts else words.split(";")[0].strip())
    return found if "://" in found or not found else f"http://{found}"


def _bypass(words: str) -> tuple[str, ...]:
    """WinHTTP's list as NO_PROXY has it: no ``<local>``, and ``.x`` for ``*.x``."""
    names = (word.strip() for word in words.replace(",", ";").split(";"))
    return (*_ALWAYS_LOCAL, *(word.removeprefix("*") for word in names if word and word != _LOCAL))


CHECK = Check(
    id="proxy-not-set",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "Docker does not know about the proxy"),
    reason=N_(
        CONTEXT,
        "Docker does not ask Windows for its proxy. It tries to reach registries directly: docker pull fails "
        "with 'Client.Timeout exceeded while awaiting headers' or 'no such host'.",
    ),
    needs=("proxies",),
    find=_find,
    remedies=_remedies,
    source='dockerd\'s documentation, "HTTP/HTTPS proxy"; Microsoft, "Configure Docker: Proxy configuration"',
)
