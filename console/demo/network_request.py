"""The body of ``POST /networks/create``, and the engine's checks of its IPAM part."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from pydantic import BaseModel, ConfigDict, Field

from console.demo.refusal import Refusal
from console.demo.state import PoolState


class Body(BaseModel):
    """A JSON body. Unknown members are ignored, as the engine does."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class PoolBody(Body):
    """One entry of ``IPAM.Config``."""

    subnet: str | None = Field(default="", alias="Subnet")
    ip_range: str | None = Field(default="", alias="IPRange")
    gateway: str | None = Field(default="", alias="Gateway")
    aux_addresses: dict[str, str] | None = Field(default=None, alias="AuxiliaryAddresses")

    def state(self) -> PoolState:
        """The pool as it is kept."""
        return PoolState(
            subnet=self.subnet or "",
            ip_range=self.ip_range or "",
            gateway=self.gateway or "",
            aux_addresses=self.aux_addresses or {},
        )


class IpamBody(Body):
    """``IPAM`` of a create request."""

    driver: str | None = Field(default="", alias="Driver")
    options: dict[str, str] | None = Field(default=None, alias="Options")
    config: list[PoolBody] | None = Field(default=None, alias="Config")


class ConfigFromBody(Body):
    """``ConfigFrom`` of a create request."""

    network: str = Field(default="", alias="Network")


class CreateBody(Body):
    """The whole create request."""

    name: str = Field(default="", alias="Name")
    check_duplicate: bool | None = Field(default=False, alias="CheckDuplicate")
    driver: str | None = Field(default="", alias="Driver")
    scope: str | None = Field(default="", alias="Scope")
    enable_ipv4: bool | None = Field(default=None, alias="EnableIPv4")
    enable_ipv6: bool | None = Field(default=None, alias="EnableIPv6")
    ipam: IpamBody | None = Field(default=None, alias="IPAM")
    internal: bool | None = Field(default=False, alias="Internal")
    attachable: bool | None = Field(default=False, alias="Attachable")
    ingress: bool | None = Field(default=False, alias="Ingress")
    config_only: bool | None = Field(default=False, alias="ConfigOnly")
    config_from: ConfigFromBody | None = Field(default=None, alias="ConfigFrom")
    options: dict[str, str] | None = Field(default=None, alias="Options")
    labels: dict[str, str] | None = Field(default=None, alias="Labels")

    @property
    def pools(self) -> list[PoolState]:
        """The pools asked for."""
        return [pool.state() for pool in (self.ipam.config or [])] if self.ipam else []


AnyNetwork = IPv4Network | IPv6Network


def check_ipam(pools: list[PoolState]) -> None:
    """The engine's sanity checks since 25.0: all errors under one header (reference, 2.2 step 5)."""
    errors = [error for pool in pools for error in _pool_errors(pool)]
    if errors:
        raise Refusal(400, "\n".join(["invalid network config:", *errors]))


def _pool_errors(pool: PoolState) -> list[str]:
    try:
        subnet = ip_network(pool.subnet, strict=False)
    except ValueError:
        return [f"invalid subnet {pool.subnet}: invalid CIDR block notation"]
    if "/" not in pool.subnet:
        return [f"invalid subnet {pool.subnet}: invalid CIDR block notation"]
    errors = []
    if str(subnet) != pool.subnet.lower():
        errors.append(f"invalid subnet {pool.subnet}: it should be {subnet}")
    if pool.ip_range:
        errors += _range_errors(pool.ip_range, subnet)
    if pool.gateway:
        errors += _address_errors(f"gateway {pool.gateway}", pool.gateway, subnet)
    for name, address in pool.aux_addresses.items():
        errors += _address_errors(f"auxiliary address {name}", address, subnet)
    return errors


def _range_errors(text: str, subnet: AnyNetwork) -> list[str]:
    try:
        asked = ip_network(text, strict=False)
    except ValueError:
        return [f"invalid ip-range {text}: invalid CIDR block notation"]
    if asked.version != subnet.version:
        return [f"invalid ip-range {text}: parent subnet is an IPv{subnet.version} block"]
    errors = []
    if asked.prefixlen < subnet.prefixlen:
        errors.append(f"invalid ip-range {text}: CIDR block is bigger than its parent subnet {subnet}")
    if str(asked) != text.lower():
        errors.append(f"invalid ip-range {text}: it should be {asked}")
    if asked.network_address not in subnet:
        errors.append(f"invalid ip-range {text}: parent subnet {subnet} doesn't contain ip-range")
    return errors


def _address_errors(what: str, text: str, subnet: AnyNetwork) -> list[str]:
    try:
        address = ip_address(text)
    except ValueError:
        return [f"invalid {what}: invalid address"]
    if address.version != subnet.version:
        return [f"invalid {what}: parent subnet is an IPv{subnet.version} block"]
    if address not in subnet:
        return [f"invalid {what}: parent subnet {subnet} doesn't contain this address"]
    return []
