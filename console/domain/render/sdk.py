"""The Engine API's request body of a network: ``POST /networks/create``, out and in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from console.domain.render.errors import BodyError
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.text import N_

CONTEXT = "Engine API"


def create_body(spec: NetworkSpec) -> dict[str, Any]:
    """The JSON body that creates ``spec``; every value travels as it was typed.

    What has the engine's default value is left out where leaving it out means "the engine's
    choice" (IPAM driver, IPv4, IPv6), as the docker client does. ``CheckDuplicate`` is what makes
    engines older than API 1.44 refuse a second network of the same name; newer ones always do.
    """
    body: dict[str, Any] = {
        "Name": spec.name,
        "CheckDuplicate": True,
        "Driver": spec.driver,
        "IPAM": _ipam(spec),
        "Internal": spec.internal,
        "Attachable": spec.attachable,
        "Ingress": spec.ingress,
        "ConfigOnly": spec.config_only,
        "Options": dict(spec.options),
        "Labels": dict(spec.labels),
    }
    if spec.scope:
        body["Scope"] = spec.scope
    if not spec.enable_ipv4:
        body["EnableIPv4"] = False
    if spec.enable_ipv6:
        body["EnableIPv6"] = True
    if spec.config_from:
        body["ConfigFrom"] = {"Network": spec.config_from}
    return body


def _ipam(spec: NetworkSpec) -> dict[str, Any]:
    ipam: dict[str, Any] = {
        "Options": dict(spec.ipam_options),
        "Config": [_pool(entry) for entry in spec.subnets],
    }
    if spec.ipam_driver:
        ipam["Driver"] = spec.ipam_driver
    return ipam


def _pool(entry: SubnetSpec) -> dict[str, Any]:
    pool: dict[str, Any] = {
        "Subnet": entry.subnet,
        "IPRange": entry.ip_range,
        "Gateway": entry.gateway,
        "AuxiliaryAddresses": dict(entry.aux_addresses),
    }
    return {key: value for key, value in pool.items() if value}


def spec_of_body(body: Mapping[str, Any], *, default_driver: str = "nat") -> NetworkSpec:
    """The spec that a create body asks for.

    ``default_driver`` is what the engine takes where the body names none: nat on Windows
    (reference, 0.2), bridge on Linux. Raises :class:`BodyError` for values of the wrong type.
    """
    ipam = _mapping(body, "IPAM")
    return NetworkSpec(
        name=_text(body, "Name"),
        driver=_text(body, "Driver") or default_driver,
        subnets=tuple(_subnet(pool) for pool in _list(ipam, "Config")),
        options=_texts(body, "Options"),
        labels=_texts(body, "Labels"),
        scope=_text(body, "Scope"),
        internal=_flag(body, "Internal"),
        attachable=_flag(body, "Attachable"),
        ingress=_flag(body, "Ingress"),
        enable_ipv4=_flag(body, "EnableIPv4", default=True),
        enable_ipv6=_flag(body, "EnableIPv6"),
        ipam_driver=_text(ipam, "Driver"),
        ipam_options=_texts(ipam, "Options"),
        config_only=_flag(body, "ConfigOnly"),
        config_from=_text(_mapping(body, "ConfigFrom"), "Network"),
    )


def _subnet(pool: Any) -> SubnetSpec:
    if not isinstance(pool, Mapping):
        raise _wrong("IPAM.Config")
    return SubnetSpec(
        subnet=_text(pool, "Subnet"),
        gateway=_text(pool, "Gateway"),
        ip_range=_text(pool, "IPRange"),
        aux_addresses=_texts(pool, "AuxiliaryAddresses"),
    )


def _text(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key) or ""
    if not isinstance(value, str):
        raise _wrong(key)
    return value


def _flag(body: Mapping[str, Any], key: str, *, default: bool = False) -> bool:
    value = body.get(key)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise _wrong(key)
    return value


def _mapping(body: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = body.get(key) or {}
    if not isinstance(value, Mapping):
        raise _wrong(key)
    return value


def _list(body: Mapping[str, Any], key: str) -> list[Any]:
    value = body.get(key) or []
    if not isinstance(value, list):
        raise _wrong(key)
    return value


def _texts(body: Mapping[str, Any], key: str) -> dict[str, str]:
    mapping = _mapping(body, key)
    if not all(isinstance(value, str) for value in mapping.values()):
        raise _wrong(key)
    return dict(mapping)


def _wrong(key: str) -> BodyError:
    return BodyError(N_(CONTEXT, "{key} has a type that the engine does not accept there.", key=key))
