"""One spec before one host: what the rules look at, each fact worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Network

from console.domain.addressing import (
    AnyAddress,
    AnyPrefix,
    parse_any_address,
    parse_any_prefix,
    prefix_index,
)
from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.driver import Driver
from console.domain.drivers.options import INTERFACE
from console.domain.drivers.registry import driver
from console.domain.host_adapters import AdapterUse, adapter_uses, usable_adapters
from console.domain.prefix_index import PrefixIndex
from console.domain.snapshot import Adapter, EngineInfo, Hypervisor, Network, Snapshot, VSwitch
from console.domain.spec import NetworkSpec, SubnetSpec


@dataclass(frozen=True, slots=True)
class Entry:
    """One subnet of the spec, as typed and as read (None where it can't be read)."""

    position: int
    typed: SubnetSpec
    prefix: AnyPrefix | None
    gateway: AnyAddress | None

    @staticmethod
    def of(position: int, typed: SubnetSpec) -> Entry:
        """Read one entry."""
        return Entry(position, typed, parse_any_prefix(typed.subnet), parse_any_address(typed.gateway))

    @property
    def blank(self) -> bool:
        """Whether nothing at all is filled in."""
        return not (
            self.typed.subnet or self.typed.gateway or self.typed.ip_range or self.typed.aux_addresses
        )


class Case:
    """A spec and a snapshot, with the questions most rules ask.

    Facts of a section that can't be read are None (or empty for networks): a rule says nothing
    where it doesn't know.
    """

    def __init__(self, spec: NetworkSpec, snapshot: Snapshot) -> None:
        self.spec = _configured(spec, snapshot)
        self.snapshot = snapshot

    @cached_property
    def engine(self) -> EngineInfo | None:
        """The engine, if known."""
        return self.snapshot.engine.known()

    @cached_property
    def windows(self) -> bool:
        """Whether the rules of Windows are the ones to ask.

        With the engine unknown, the driver tells: Windows, unless only Linux has it.
        """
        if self.engine is not None:
            return self.engine.is_windows
        return driver(self.spec.driver) is not None or driver(self.spec.driver, windows=False) is None

    @cached_property
    def driver(self) -> Driver | None:
        """The driver asked for, None where this kind of engine has no such driver in the catalog.

        A configuration network has none: the engine only keeps its settings for others.
        """
        if self.spec.config_only:
            return None
        return driver(self.spec.driver, windows=self.windows)

    def is_driver(self, *names: str) -> bool:
        """Whether the driver asked for is one of ``names``."""
        return self.driver is not None and self.driver.name in names

    @cached_property
    def build(self) -> int | None:
        """The Windows build, if known."""
        return self.engine.windows.build if self.engine and self.engine.windows else None

    @cached_property
    def revision(self) -> int | None:
        """The Windows update build revision, if known."""
        return self.engine.windows.revision if self.engine and self.engine.windows else None

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """The networks of the engine; none where they can't be read."""
        return self.snapshot.networks.known() or ()

    @cached_property
    def adapters(self) -> tuple[Adapter, ...] | None:
        """The adapters of the host, if known."""
        return self.snapshot.facts.adapters.known()

    @cached_property
    def vswitches(self) -> tuple[VSwitch, ...] | None:
        """The vSwitches of the host, if known."""
        return self.snapshot.facts.vswitches.known()

    @cached_property
    def hypervisor(self) -> Hypervisor | None:
        """What the host runs on, if known."""
        return self.snapshot.facts.hypervisor.known()

    @cached_property
    def held(self) -> PrefixIndex:
        """Every prefix that is taken on the host."""
        return prefix_index(self.snapshot)

    @cached_property
    def adapter_names(self) -> tuple[str, ...]:
        """The adapters the spec names in the option ``interface``."""
        return adapter_names(self.spec.option(INTERFACE))

    @cached_property
    def adapter_uses(self) -> tuple[AdapterUse, ...]:
        """Which adapter already carries an external vSwitch, and for whom."""
        return adapter_uses(self.snapshot)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The spec's subnets, read; entries in which nothing is filled in are left out."""
        read = (Entry.of(at, asked) for at, asked in enumerate(self.spec.subnets))
        return tuple(entry for entry in read if not entry.blank)

    @cached_property
    def prefixes(self) -> tuple[tuple[int, IPv4Network], ...]:
        """The well-formed IPv4 subnets of the spec with their positions, host bits masked away."""
        read = ((entry.position, entry.prefix) for entry in self.entries)
        return tuple((at, prefix) for at, prefix in read if isinstance(prefix, IPv4Network))

    @cached_property
    def host_adapter(self) -> Adapter | None:
        """The one adapter the network would sit on, where that is certain.

        The adapter the spec names, else the only usable one of the host.
        """
        if self.adapters is None:
            return None
        if self.adapter_names:
            wanted = self.adapter_names[0].casefold()
            return next((found for found in self.adapters if found.name.casefold() == wanted), None)
        usable = usable_adapters(self.snapshot)
        return usable[0] if usable and len(usable) == 1 else None


def _configured(spec: NetworkSpec, snapshot: Snapshot) -> NetworkSpec:
    """The spec with the settings of the configuration network it names, as the engine copies them."""
    if not spec.config_from:
        return spec
    networks = snapshot.networks.known() or ()
    source = next((one for one in networks if one.config_only and one.name == spec.config_from), None)
    if source is None:
        return spec
    pools = tuple(
        SubnetSpec(
            subnet=pool.subnet, gateway=pool.gateway, ip_range=pool.ip_range, aux_addresses=pool.aux_addresses
        )
        for pool in source.pools
    )
    return spec.model_copy(
        update={"options": {**source.options, **spec.options}, "subnets": spec.subnets or pools}
    )
