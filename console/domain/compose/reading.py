"""The merged tree of a project read into its networks and services."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from console.domain.compose.merge import as_names
from console.domain.compose.model import (
    DEFAULT_NETWORK,
    Attachment,
    ComposeNetwork,
    ComposeProblem,
    ComposeService,
)
from console.domain.compose.tree import ComposeError, Place, YamlMapping, YamlNode, YamlScalar, is_null
from console.domain.compose.values import Values
from console.domain.severity import Severity
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.text import N_

CONTEXT = "Compose"

NETWORK_KEYS = frozenset(
    {"name", "driver", "driver_opts", "ipam", "internal", "attachable", "labels", "external"}
    | {"enable_ipv4", "enable_ipv6"}
)
POOL_KEYS = frozenset({"subnet", "gateway", "ip_range", "aux_addresses"})
_IPAM_KEYS = frozenset({"driver", "config", "options"})
_ATTACHMENT_KEYS = frozenset(
    {"aliases", "ipv4_address", "ipv6_address", "link_local_ips", "mac_address", "driver_opts", "priority"}
    | {"gw_priority", "interface_name"}
)
#: The attributes of a service (Compose specification, "Services").
_SERVICE_WORDS = """
    annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs
    container_name cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus
    cpuset credential_spec depends_on deploy develop device_cgroup_rules devices dns dns_opt dns_search
    domainname entrypoint env_file environment expose extends external_links extra_hosts gpus group_add
    healthcheck hostname image init ipc isolation label_file labels links logging mac_address mem_limit
    mem_reservation mem_swappiness memswap_limit models network_mode networks oom_kill_disable
    oom_score_adj pid pids_limit platform ports post_start pre_start pre_stop privileged profiles provider
    pull_policy pull_refresh_after read_only restart runtime scale secrets security_opt shm_size stdin_open
    stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts
    volumes volumes_from working_dir
    """
_SERVICE_KEYS = frozenset(_SERVICE_WORDS.split())


def read_networks(node: YamlNode | None, project: str, values: Values) -> tuple[ComposeNetwork, ...]:
    """The entries of ``networks:`` in their order."""
    networks = values.mapping(node, "networks")
    if networks is None:
        return ()
    found = []
    for key, value in networks.entries.items():
        values.subject = key
        place = networks.place_of(key)
        entry = YamlMapping({}, {}, place) if is_null(value) else values.mapping(value, f"networks.{key}")
        if entry is not None:
            found.append(_network(key, entry, place, project, values))
    values.subject = ""
    return tuple(found)


def default_network(project: str) -> ComposeNetwork:
    """The network that Compose makes for services that name none."""
    name = f"{project}_{DEFAULT_NETWORK}"
    return ComposeNetwork(
        key=DEFAULT_NETWORK,
        name=name,
        external=False,
        spec=NetworkSpec(name=name),
        entry=YamlMapping({}, {}, Place("", 1)),
        place=None,
    )


def _network(key: str, entry: YamlMapping, place: Place, project: str, values: Values) -> ComposeNetwork:
    values.known_only(entry, NETWORK_KEYS, f"networks.{key}")
    name = values.text(entry.get("name"), "name")
    external, old_name = _external(entry.get("external"), values)
    if external:
        _only_its_name(entry, key, values)
        known_as = name or old_name or key
        return ComposeNetwork(key, known_as, external=True, spec=None, entry=entry, place=place)
    made = name or f"{project}_{key}"
    return ComposeNetwork(
        key, made, external=False, spec=_spec(made, entry, values), entry=entry, place=place
    )


def _external(node: YamlNode | None, values: Values) -> tuple[bool, str]:
    """Whether a network must exist already, and its name in the old form ``external: {name: …}``."""
    if isinstance(node, YamlMapping):
        values.known_only(node, frozenset({"name"}), "external")
        return True, values.text(node.get("name"), "external.name")
    return values.flag(node, "external"), ""


def _only_its_name(entry: YamlMapping, key: str, values: Values) -> None:
    for other in entry.entries:
        if other not in {"external", "name"} and not other.startswith("x-") and entry.get(other) is not None:
            message = N_(
                CONTEXT,
                "{key} is external: Compose only uses it, and {name} has no effect.",
                key=key,
                name=other,
            )
            values.problems.append(
                ComposeProblem(
                    "external-settings", Severity.WARNING, message, entry.place_of(other), subject=key
                )
            )


def _spec(name: str, entry: YamlMapping, values: Values) -> NetworkSpec:
    ipam = values.mapping(entry.get("ipam"), "ipam") or YamlMapping({}, {}, entry.place)
    values.known_only(ipam, _IPAM_KEYS, "ipam")
    pools = values.items(ipam.get("config"), "ipam.config")
    return NetworkSpec(
        name=name,
        # Where none is named the engine takes its own: nat on Windows (reference, 0.2).
        driver=values.text(entry.get("driver"), "driver") or "nat",
        subnets=tuple(_subnet(pool, values) for pool in pools),
        options=values.pairs(entry.get("driver_opts"), "driver_opts"),
        labels=values.pairs(entry.get("labels"), "labels"),
        internal=values.flag(entry.get("internal"), "internal"),
        attachable=values.flag(entry.get("attachable"), "attachable"),
        enable_ipv4=values.flag(entry.get("enable_ipv4"), "enable_ipv4", default=True),
        enable_ipv6=values.flag(entry.get("enable_ipv6"), "enable_ipv6"),
        ipam_driver=values.text(ipam.get("driver"), "ipam.driver"),
        ipam_options=values.pairs(ipam.get("options"), "ipam.options"),
    )


def _subnet(node: YamlNode, values: Values) -> SubnetSpec:
    pool = values.mapping(node, "ipam.config") or YamlMapping({}, {}, node.place)
    values.known_only(pool, POOL_KEYS, "ipam.config")
    return SubnetSpec(
        subnet=values.text(pool.get("subnet"), "subnet"),
        gateway=values.text(pool.get("gateway"), "gateway"),
        ip_range=values.text(pool.get("ip_range"), "ip_range"),
        aux_addresses=values.pairs(pool.get("aux_addresses"), "aux_addresses"),
    )


def read_services(
    node: YamlNode | None, profiles: frozenset[str], values: Values
) -> tuple[ComposeService, ...]:
    """The entries of ``services:`` in their order; ``profiles`` are the active ones, ``*`` all."""
    services = values.mapping(node, "services")
    if services is None:
        return ()
    found = []
    for key, value in services.entries.items():
        values.subject = key
        entry = values.mapping(value, f"services.{key}")
        if entry is not None:
            found.append(_service(key, entry, services.place_of(key), profiles, values))
    values.subject = ""
    return tuple(found)


def _service(
    key: str, entry: YamlMapping, place: Place, profiles: frozenset[str], values: Values
) -> ComposeService:
    values.known_only(entry, _SERVICE_KEYS, f"services.{key}")
    mode = values.text(entry.get("network_mode"), "network_mode")
    attached = _attachments(entry, values)
    if mode and attached:
        values.refuse(
            N_(CONTEXT, "network_mode and networks can't be used together."),
            entry.place_of("network_mode"),
        )
    if not mode and not attached and entry.get("provider") is None:
        attached = (Attachment(DEFAULT_NETWORK, place),)
    named = values.texts(entry.get("profiles"), "profiles")
    if not any(entry.get(name) for name in ("image", "build", "extends", "provider")):
        values.refuse(N_(CONTEXT, "The service {name} has neither an image nor a build.", name=key), place)
    return ComposeService(
        key=key,
        place=place,
        entry=entry,
        image=values.text(entry.get("image"), "image"),
        container_name=values.text(entry.get("container_name"), "container_name"),
        attachments=attached,
        network_mode=mode,
        ports=values.ports(values.items(entry.get("ports"), "ports")),
        depends_on=tuple(_names(entry.get("depends_on"), values).entries),
        profiles=named,
        dns=values.texts(entry.get("dns"), "dns"),
        isolation=values.text(entry.get("isolation"), "isolation"),
        active=not named or "*" in profiles or bool(profiles & set(named)),
    )


def _names(node: YamlNode | None, values: Values) -> YamlMapping:
    """A list of names, or names with settings."""
    empty = YamlMapping({}, {}, Place("", 1))
    if node is None:
        return empty
    try:
        return as_names(node)
    except ComposeError as error:
        values.refuse(error.text, error.place)
        return empty


def _attachments(entry: YamlMapping, values: Values) -> tuple[Attachment, ...]:
    named = _names(entry.get("networks"), values)
    found = []
    for key, value in named.entries.items():
        settings = YamlMapping({}, {}, named.place_of(key))
        if not is_null(value):
            settings = values.mapping(value, f"networks.{key}") or settings
        values.known_only(settings, _ATTACHMENT_KEYS, f"networks.{key}")
        found.append(
            Attachment(
                network=key,
                place=named.place_of(key),
                address=values.text(settings.get("ipv4_address"), "ipv4_address"),
                ipv6_address=values.text(settings.get("ipv6_address"), "ipv6_address"),
                mac_address=values.text(settings.get("mac_address"), "mac_address"),
                aliases=values.texts(settings.get("aliases"), "aliases"),
                driver_options=values.pairs(settings.get("driver_opts"), "driver_opts"),
            )
        )
    return tuple(found)


def joined(
    networks: tuple[ComposeNetwork, ...], services: tuple[ComposeService, ...], project: str
) -> tuple[ComposeNetwork, ...]:
    """The networks with their users, and with the default one where a service needs it."""
    users: dict[str, list[str]] = {}
    for service in services:
        for attachment in service.attachments if service.active else ():
            users.setdefault(attachment.network, []).append(service.key)
    if DEFAULT_NETWORK in users and all(one.key != DEFAULT_NETWORK for one in networks):
        networks = (default_network(project), *networks)
    return tuple(replace(one, users=tuple(users.get(one.key, ()))) for one in networks)


def broken_links(
    networks: Iterable[ComposeNetwork], services: tuple[ComposeService, ...]
) -> Iterable[ComposeProblem]:
    """Networks and services that are named and not there."""
    network_keys = {network.key for network in networks}
    by_key = {service.key: service for service in services}
    for service in services:
        for attachment in service.attachments:
            if attachment.network not in network_keys and service.active:
                yield ComposeProblem(
                    "unknown-network",
                    Severity.ERROR,
                    N_(
                        CONTEXT,
                        "The service {service} names the network {network}, which the project does not have.",
                        service=service.key,
                        network=attachment.network,
                    ),
                    attachment.place,
                    remedy=N_(CONTEXT, "Add it below networks:, or correct its name."),
                    subject=service.key,
                )
        if service.active:
            yield from _missing_dependencies(service, by_key)


def _missing_dependencies(
    service: ComposeService, by_key: dict[str, ComposeService]
) -> Iterable[ComposeProblem]:
    needed = [name for name in service.depends_on if not _optional(service, name)]
    kind, _, shared = service.network_mode.partition(":")
    if kind == "service":
        needed.append(shared)
    for name in needed:
        other = by_key.get(name)
        if other is not None and other.active:
            continue
        words = N_(
            CONTEXT,
            "{service} needs the service {name}, which the project does not have.",
            service=service.key,
            name=name,
        )
        if other is not None:
            words = N_(
                CONTEXT,
                "{service} needs the service {name}, which is in no active profile.",
                service=service.key,
                name=name,
            )
        place = _place_of(service, name)
        yield ComposeProblem("unknown-service", Severity.ERROR, words, place, subject=service.key)


def _optional(service: ComposeService, name: str) -> bool:
    """Whether a dependency may be missing: ``required: false``."""
    node = service.entry.get("depends_on")
    settings = node.get(name) if isinstance(node, YamlMapping) else None
    required = settings.get("required") if isinstance(settings, YamlMapping) else None
    return isinstance(required, YamlScalar) and required.text.lower() == "false"


def _place_of(service: ComposeService, name: str) -> Place:
    node = service.entry.get("depends_on")
    if isinstance(node, YamlMapping) and name in node.entries:
        return node.place_of(name)
    for item in getattr(node, "items", ()):
        if isinstance(item, YamlScalar) and item.text == name:
            return item.place
    return service.entry.place_of("network_mode")
