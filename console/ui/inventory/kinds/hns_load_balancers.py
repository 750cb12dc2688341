"""Policy lists of HNS: what swarm and Kubernetes balance over endpoints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.host_inventory import HnsLoadBalancer
from console.domain.object_ref import ObjectKind, ref_of
from console.domain.text import N_, verbatim
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow
from console.ui.inventory.kinds.hns_networks import policy_words
from console.ui.inventory.words import joined, lines, optional, titles
from console.ui.models.records import Column
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "HNS"


@dataclass(frozen=True, slots=True)
class LoadBalancerRow(InventoryRow):
    """A policy list and the endpoints behind it."""

    balancer: HnsLoadBalancer
    endpoints: tuple[str, ...]


def rows(relations: Relations) -> Iterator[LoadBalancerRow]:
    """One row per policy list."""
    for balancer in relations.snapshot.facts.hns_load_balancers.known() or ():
        ref = ref_of(balancer)
        yield LoadBalancerRow(ref.id, ref, balancer, titles(relations, ref, ObjectKind.HNS_ENDPOINT))


def _kinds(row: LoadBalancerRow) -> tuple[str, ...]:
    return tuple(policy.kind for policy in row.balancer.policies)


def _policies(row: LoadBalancerRow) -> tuple[str, ...]:
    return tuple(policy_words(policy) for policy in row.balancer.policies)


def _count(row: LoadBalancerRow) -> int:
    return len(row.balancer.endpoints)


COLUMNS: tuple[Column[LoadBalancerRow], ...] = (
    Column("kinds", N_(CONTEXT, "Type"), _kinds, text=joined, width=14),
    Column("count", N_(CONTEXT, "Endpoints"), _count, width=10, numeric=True),
    Column("endpoints", N_(CONTEXT, "Balances across"), lambda row: row.endpoints, text=joined, width=36),
    Column("policies", N_(CONTEXT, "Policies"), _policies, text=joined, width=40),
    Column(
        "state", N_(CONTEXT, "State"), lambda row: row.balancer.state, text=optional, width=7, shown=False
    ),
    Column("id", N_(CONTEXT, "ID"), lambda row: row.balancer.id, width=36),
)

GENERAL = N_(CONTEXT, "Load balancer")
POLICIES = N_(CONTEXT, "Policies")


def facts(row: LoadBalancerRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one policy list."""
    said = [
        Fact(GENERAL, N_(CONTEXT, "ID"), row.balancer.id),
        Fact(GENERAL, N_(CONTEXT, "State"), optional(row.balancer.state)),
        Fact(GENERAL, N_(CONTEXT, "Balances across"), lines(row.endpoints)),
        *(
            Fact(POLICIES, verbatim(one.kind), lines(f"{k} = {v}" for k, v in one.settings.items()) or "-")
            for one in row.balancer.policies
        ),
    ]
    return tuple(fact for fact in said if fact.value)


HNS_LOAD_BALANCERS = InventoryKind(
    id="hns-load-balancers",
    title=N_(CONTEXT, "Load balancers"),
    icon=Icon.ACTIVITY,
    sections=("hns_load_balancers", "hns_endpoints"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "HNS has no load balancer. Swarm services and Kubernetes create them."),
    shows=ObjectKind.HNS_LOAD_BALANCER,
)
