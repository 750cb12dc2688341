"""Where engines are reached, and which ones this person can reach: :func:`discover`.

Found are the platform's own engine, the environment's and docker's contexts. The order of precedence
is the docker client's: ``DOCKER_HOST``, then ``DOCKER_CONTEXT``, then ``currentContext`` of the
client's configuration file, then the platform's default.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field

from console.domain.connection_loss.way import Way
from console.domain.connection_risk import ConnectionRisk
from console.domain.record import Record
from console.domain.text import Text

LOG = logging.getLogger(__name__)

WINDOWS_PIPE = "npipe:////./pipe/docker_engine"
UNIX_SOCKET = "unix:///var/run/docker.sock"

Source = Literal["platform", "environment", "context", "practice", "manual", "bundle"]


class TlsFiles(Record):
    """TLS material as PEM files. Empty text: not given.

    ``verify`` False takes any certificate of the engine, which protects from listeners but not
    from an impostor (``docker --tls`` without ``--tlsverify``).
    """

    ca: str = ""
    certificate: str = ""
    key: str = ""
    verify: bool = True


class Connection(Record):
    """One way to reach one engine.

    ``url`` is spelled as docker does: ``npipe:////./pipe/docker_engine``,
    ``unix:///var/run/docker.sock``, ``tcp://host:2376`` or ``ssh://user@host``. ``id`` stays the
    same as long as name, source and url do; the journal files its entries under it.
    ``accepted_risk`` is what a person agreed to for this one time; it is never written down.
    ``situation`` is what a practice host shows: hosts of several have one name.
    """

    id: str
    name: str
    url: str
    tls: TlsFiles | None = None
    practice: bool = False
    source: Source = "manual"
    accepted_risk: ConnectionRisk | None = Field(default=None, exclude=True)
    situation: Text | None = Field(default=None, exclude=True)

    @property
    def scheme(self) -> str:
        """The transport: ``npipe``, ``unix``, ``tcp``, ``http``, ``https`` or ``ssh``."""
        return urlsplit(self.url).scheme.lower()

    @property
    def is_local(self) -> bool:
        """Whether the engine runs on this machine, so that no proxy belongs in between."""
        return self.scheme in {"npipe", "unix"} or (self.scheme != "ssh" and is_loopback(self._host_name))

    @property
    def reached_at(self) -> str:
        """The name or address by which the host is reached; "" for this computer."""
        return "" if self.is_local else self._host_name

    @property
    def way(self) -> Way | None:
        """The console's way to the host; None where the engine is reached on this computer."""
        if self.is_local:
            return None
        return Way(self._host_name, urlsplit(self.url).port or self._usual_port)

    @property
    def uses_tls(self) -> bool:
        """Whether TLS is spoken: what ``http`` says is plain, whatever TLS material stands beside it."""
        return self.scheme == "https" or (self.scheme == "tcp" and self.tls is not None)

    @property
    def risk(self) -> ConnectionRisk | None:
        """What is wrong with the way to an engine on another computer; None where nothing is."""
        if self.is_local or self.scheme not in {"tcp", "http", "https"}:
            return None
        if not self.uses_tls:
            return ConnectionRisk.UNENCRYPTED
        return ConnectionRisk.UNVERIFIED if self.tls is not None and not self.tls.verify else None

    @property
    def _usual_port(self) -> int:
        """The port where the address says none; 0 for SSH, whose own configuration may say another."""
        if self.scheme == "ssh":
            return 0
        return 2376 if self.uses_tls else 2375

    @property
    def _host_name(self) -> str:
        return urlsplit(self.url).hostname or ""


def is_loopback(host: str) -> bool:
    """Whether a host name or address literal means this machine."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


def connection_id(source: Source, name: str, url: str) -> str:
    """An id that is the same at the next start for the same place."""
    digest = hashlib.sha256("\n".join((source, name, url)).encode(errors="surrogateescape"))
    return f"{source}-{digest.hexdigest()[:16]}"


def manual_connection(name: str, url: str, tls: TlsFiles | None = None) -> Connection:
    """A connection as a person typed it. Raises ValueError as :func:`checked_url` does."""
    return make_connection("manual", name, checked_url(url), tls)


def connection_at(url: str) -> Connection:
    """The engine that a command line names by its URL. Raises ValueError as :func:`checked_url` does."""
    place = checked_url(url)
    return Connection(id=f"manual:{place}", name=place, url=place, source="manual")


def make_connection(source: Source, name: str, url: str, tls: TlsFiles | None) -> Connection:
    """A connection with the id that belongs to it."""
    place = url if tls is None else url_with_tls(url)
    return Connection(id=connection_id(source, name, url), name=name, url=place, tls=tls, source=source)


def url_with_tls(url: str) -> str:
    """``url`` where TLS is set up: never ``http``.

    The docker client goes by the TLS settings alone: ``http://`` with them is HTTPS (moby,
    ``client.NewClientWithOpts``). Docker's SDK goes by the scheme, and would speak plain TCP.
    """
    return f"https{url[len('http') :]}" if url.lower().startswith("http://") else url


def without_password(url: str) -> str:
    """``url`` with at most a user's name before the host."""
    scheme, mark, rest = url.partition("://")
    place, slash, path = rest.partition("/")
    user, at, host = place.rpartition("@")
    return f"{scheme}{mark}{user.partition(':')[0]}{at}{host}{slash}{path}"


KNOWN_SCHEMES = frozenset({"npipe", "unix", "tcp", "http", "https", "ssh"})


def checked_url(url: str) -> str:
    """``url`` with its transport; without one it is a TCP address, as for ``docker -H``.

    Raises ValueError for an unknown transport, where the place is missing, and for a password in it: the
    address stands in files, tables and logs. No message repeats what was typed before the host.
    """
    text = url.strip()
    if "://" not in text:
        text = f"tcp://{text}"
    parts = urlsplit(text)
    if parts.scheme.lower() not in KNOWN_SCHEMES:
        raise ValueError(f"unknown transport {parts.scheme!r}")
    if parts.password is not None:
        raise ValueError(
            "an address holds no password, since it is shown and written down: leave out what stands between "
            "the user's name and @. Use TLS certificates, or for ssh a key"
        )
    place = parts.path if parts.scheme.lower() in {"npipe", "unix"} else parts.hostname
    if not place:
        raise ValueError("the address says no host, pipe or socket")
    _ = parts.port  # urlsplit checks the port number only when it is asked for
    return text


def discover(environ: Mapping[str, str], home: Path, platform: str) -> tuple[Connection, ...]:
    """Every known connection; the first is the one the docker client would use now.

    ``platform`` is spelled as ``sys.platform``. Unreadable contexts are logged and left out.
    """
    folder = Path(environ.get("DOCKER_CONFIG") or home / ".docker")
    contexts = {context.name: context for context in _contexts(folder / "contexts")}
    preferred = _from_environment(environ, folder) or contexts.get(_current_context(environ, folder))
    found = [preferred] if preferred else []
    found += _platform_defaults(environ, platform)
    found += sorted(contexts.values(), key=lambda context: context.name.casefold())
    return tuple({connection.id: connection for connection in found}.values())


def _platform_defaults(environ: Mapping[str, str], platform: str) -> list[Connection]:
    if platform == "win32":
        return [make_connection("platform", "default", WINDOWS_PIPE, None)]
    defaults = [make_connection("platform", "default", UNIX_SOCKET, None)]
    rootless = Path(environ.get("XDG_RUNTIME_DIR") or "/nowhere") / "docker.sock"
    if rootless.exists():
        defaults.append(make_connection("platform", "rootless", f"unix://{rootless}", None))
    return defaults


def _from_environment(environ: Mapping[str, str], folder: Path) -> Connection | None:
    host = environ.get("DOCKER_HOST", "")
    if not host:
        return None
    try:
        return make_connection(
            "environment", "DOCKER_HOST", checked_url(host), _environment_tls(environ, folder)
        )
    except ValueError as error:
        LOG.warning("DOCKER_HOST is not understood: %s", error)
        return None


def _environment_tls(environ: Mapping[str, str], folder: Path) -> TlsFiles | None:
    """``DOCKER_TLS_VERIFY`` with any text asks for TLS, even ``0``: the docker client's rule."""
    verify = bool(environ.get("DOCKER_TLS_VERIFY"))
    if not verify and not environ.get("DOCKER_TLS"):
        return None
    place = Path(environ.get("DOCKER_CERT_PATH") or folder)
    return _tls_of(place, verify=verify) or TlsFiles(verify=verify)


def _current_context(environ: Mapping[str, str], folder: Path) -> str:
    if environ.get("DOCKER_CONTEXT"):
        return environ["DOCKER_CONTEXT"]
    name = _json_object(folder / "config.json").get("currentContext", "")
    return name if isinstance(name, str) else ""


def _contexts(folder: Path) -> Iterator[Connection]:
    """The contexts on disk; the layout is ``meta/<sha256 of name>/meta.json`` and ``tls/<same>``."""
    for path in sorted(folder.glob("meta/*/meta.json")):
        document = _json_object(path)
        try:
            name, endpoint = document["Name"], document["Endpoints"]["docker"]
            url, skip = checked_url(endpoint["Host"]), bool(endpoint.get("SkipTLSVerify"))
            files = folder / "tls" / hashlib.sha256(name.encode()).hexdigest() / "docker"
            tls = _tls_of(files, verify=not skip) or (TlsFiles(verify=False) if skip else None)
            yield make_connection("context", name, url, tls)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            LOG.warning("the docker context in %s is not understood: %r", path, error)


def _tls_of(folder: Path, *, verify: bool) -> TlsFiles | None:
    files = {
        field: str(folder / name)
        for field, name in (("ca", "ca.pem"), ("certificate", "cert.pem"), ("key", "key.pem"))
        if (folder / name).exists()
    }
    return TlsFiles(verify=verify, **files) if files else None


def _json_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file; empty where there is none that can be read."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        LOG.warning("%s can't be read: %s", path, error)
        return {}
    return document if isinstance(document, dict) else {}
