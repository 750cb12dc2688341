"""What the host's actions do to the selected objects, and why they can't be done now.

A :class:`Deed` whose plan follows from the selection gives the plan; one that asks for more (a name,
a VLAN) opens a dialog of its own, named by ``dialog``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from console.domain import host_actions
from console.domain.containers import life, networking
from console.domain.relations import Relations
from console.domain.text import N_, Text

if TYPE_CHECKING:
    from console.domain.plan import Plan
    from console.ui.inventory.kind import InventoryRow

CONTEXT = "Inventory"

PLAN_DIALOG = "console.ui.dialogs.host_plan:HostPlanDialog"
LIFE_DIALOG = "console.ui.dialogs.container_life:ContainerLifeDialog"

_ON_PAGE = {
    "switches": N_(CONTEXT, "Go to the Switches page first."),
    "adapters": N_(CONTEXT, "Go to the Adapters page first."),
    "services": N_(CONTEXT, "Go to the Services page first."),
    "hns-networks": N_(CONTEXT, "Go to the networks of the HNS page first."),
    "hns-endpoints": N_(CONTEXT, "Go to the endpoints of the HNS page first."),
    "containers": N_(CONTEXT, "Go to the Containers page first."),
}
_SELECT = {
    "switches": N_(CONTEXT, "Select a vSwitch first."),
    "adapters": N_(CONTEXT, "Select an adapter first."),
    "services": N_(CONTEXT, "Select a service first."),
    "hns-networks": N_(CONTEXT, "Select a network first."),
    "hns-endpoints": N_(CONTEXT, "Select an endpoint first."),
    "containers": N_(CONTEXT, "Select a container first."),
}
_ONE_ONLY = N_(CONTEXT, "Select one row only.")

Blocked = Callable[[Any, Relations], Text | None]
MakePlan = Callable[[Any, Relations], "Plan"]


@dataclass(frozen=True)
class Deed:
    """One thing to do with a row of one of the ``kinds``, or with ``several`` at once.

    ``blocked`` judges a row; ``plan`` makes what is done; ``deed`` is the word on the button.
    ``dialog`` is ``module:class`` of the dialog, made with (session, tasks, inventory, deed, row,
    parent), the row being a tuple where there may be several; ``needs_row`` is False for what is made
    out of nothing.
    """

    id: str
    kinds: tuple[str, ...]
    deed: Text
    blocked: Blocked
    plan: MakePlan | None = None
    dialog: str = PLAN_DIALOG
    needs_row: bool = True
    several: bool = False

    def blocked_because(self, kind: str, rows: Sequence[InventoryRow], relations: Relations) -> Text | None:
        """Why it can't be done to what is selected, or None."""
        if kind not in self.kinds:
            return _ON_PAGE[self.kinds[0]]
        if not self.needs_row:
            return self.blocked(None, relations)
        if not rows:
            return _SELECT[kind]
        if len(rows) > 1 and not self.several:
            return _ONE_ONLY
        return next((why for row in rows if (why := self.blocked(row, relations)) is not None), None)


def _no_adapters(_row: object, relations: Relations) -> Text | None:
    section = relations.snapshot.facts.vswitches
    if section.known() is not None:
        return None
    return section.reason or N_(CONTEXT, "The vSwitches of this host could not be read.")


def _no_hyper_v(_row: object, relations: Relations) -> Text | None:
    """Only a host with Hyper-V has virtual machines; where that is not known nothing is claimed."""
    windows = relations.snapshot.facts.windows.known()
    state = windows.features.get("Hyper-V") if windows else None
    if state is None or state.casefold() == "enabled":
        return None
    return N_(
        CONTEXT,
        "This host has no Hyper-V and so no virtual machines. For a host that is itself a virtual machine, "
        "this is set on the machine it runs on.",
    )


def _no_networks(_row: object, relations: Relations) -> Text | None:
    if relations.snapshot.networks.known() is not None:
        return None
    return N_(CONTEXT, "The networks of this host could not be read.")


def _rename_blocked(row: Any, relations: Relations) -> Text | None:
    # A name nobody has: what is left is what forbids any name.
    return host_actions.rename_vswitch_blocked_because(row.switch, "\0", relations)


def _vlan_blocked(row: Any, _relations: Relations) -> Text | None:
    # An id it does not have: what is left is what forbids any.
    return host_actions.set_vlan_blocked_because(row.adapter, 1 if row.adapter.vlan != 1 else 2)


def _service(action: str) -> Blocked:
    def blocked(row: Any, _relations: Relations) -> Text | None:
        return host_actions.service_blocked_because(row.service, action)

    return blocked


_ALL = (
    Deed(
        "switch-new", ("switches", "adapters"), N_(CONTEXT, "&Create vSwitch"), _no_adapters,
        dialog="console.ui.dialogs.create_switch:CreateSwitchDialog", needs_row=False,
    ),
    Deed(
        "switch-rename", ("switches",), N_(CONTEXT, "&Rename"), _rename_blocked,
        dialog="console.ui.dialogs.host_values:RenameSwitchDialog",
    ),
    Deed(
        "switch-remove", ("switches",), N_(CONTEXT, "&Remove vSwitch"),
        lambda row, relations: host_actions.remove_vswitch_blocked_because(row.switch, relations),
        lambda row, relations: host_actions.remove_vswitch(row.switch, relations),
    ),
    Deed(
        "switch-share", ("switches",), N_(CONTEXT, "&Share"),
        lambda row, _relations: host_actions.share_blocked_because(row.switch),
        lambda row, relations: host_actions.share_with_management_os(row.switch, relations),
    ),
    Deed(
        "switch-unshare", ("switches",), N_(CONTEXT, "&Stop sharing"),
        lambda row, _relations: host_actions.share_blocked_because(row.switch, shared=False),
        lambda row, relations: host_actions.share_with_management_os(row.switch, relations, shared=False),
    ),
    Deed(
        "vfp-on", ("switches",), N_(CONTEXT, "&Enable VFP"),
        lambda row, _relations: host_actions.vfp_blocked_because(row.switch),
        lambda row, relations: host_actions.enable_vfp(row.switch, relations),
    ),
    Deed(
        "vfp-off", ("switches",), N_(CONTEXT, "&Disable VFP"),
        lambda row, _relations: host_actions.vfp_blocked_because(row.switch, enabled=False),
        lambda row, relations: host_actions.enable_vfp(row.switch, relations, enabled=False),
    ),
    Deed(
        "vnic-vlan", ("adapters",), N_(CONTEXT, "&Set VLAN"), _vlan_blocked,
        dialog="console.ui.dialogs.host_values:VlanDialog",
    ),
    Deed(
        "mac-spoofing", ("adapters",), N_(CONTEXT, "&Set"), _no_hyper_v,
        dialog="console.ui.dialogs.host_values:MacSpoofingDialog", needs_row=False,
    ),
    Deed(
        "service-start", ("services",), N_(CONTEXT, "&Start"), _service("Start"),
        lambda row, relations: host_actions.start_service(row.service, relations.snapshot),
    ),
    Deed(
        "service-stop", ("services",), N_(CONTEXT, "&Stop service"), _service("Stop"),
        lambda row, relations: host_actions.stop_service(row.service, relations.snapshot),
    ),
    Deed(
        "service-restart", ("services",), N_(CONTEXT, "&Restart"), _service("Restart"),
        lambda row, relations: host_actions.restart_service(row.service, relations.snapshot),
    ),
    Deed(
        "hns-network-remove", ("hns-networks",), N_(CONTEXT, "&Remove network"),
        lambda row, relations: host_actions.remove_hns_network_blocked_because(row.network, relations),
        lambda row, relations: host_actions.remove_hns_network(row.network, relations),
    ),
    Deed(
        "hns-endpoint-remove", ("hns-endpoints",), N_(CONTEXT, "&Remove endpoint"),
        lambda row, relations: host_actions.remove_hns_endpoint_blocked_because(row.endpoint, relations),
        lambda row, relations: host_actions.remove_hns_endpoint(row.endpoint, relations),
    ),
)  # fmt: skip

_CONTAINERS = (
    Deed(
        "container-run", ("containers",), N_(CONTEXT, "&Run"), _no_networks,
        dialog="console.ui.dialogs.run_container:RunContainerDialog", needs_row=False,
    ),
    Deed(
        "container-start", ("containers",), N_(CONTEXT, "&Start"),
        lambda row, _relations: life.start_blocked_because(row.container), dialog=LIFE_DIALOG, several=True,
    ),
    Deed(
        "container-stop", ("containers",), N_(CONTEXT, "&Stop container"),
        lambda row, _relations: life.stop_blocked_because(row.container), dialog=LIFE_DIALOG, several=True,
    ),
    Deed(
        "container-restart", ("containers",), N_(CONTEXT, "&Restart"),
        lambda row, _relations: life.restart_blocked_because(row.container), dialog=LIFE_DIALOG, several=True,
    ),
    Deed(
        "container-remove", ("containers",), N_(CONTEXT, "&Remove container"),
        lambda row, _relations: life.remove_blocked_because(row.container), dialog=LIFE_DIALOG, several=True,
    ),
    Deed(
        "container-connect", ("containers",), N_(CONTEXT, "&Connect"),
        lambda row, relations: networking.connect_blocked_because(row.container, relations.snapshot),
        dialog="console.ui.dialogs.container_networks:ConnectToNetworkDialog",
    ),
    Deed(
        "container-disconnect", ("containers",), N_(CONTEXT, "&Disconnect"),
        lambda row, relations: networking.disconnect_blocked_because(row.container, relations.snapshot),
        dialog="console.ui.dialogs.container_networks:DisconnectFromNetworkDialog",
    ),
    Deed(
        "container-address", ("containers",), N_(CONTEXT, "&Change address"),
        lambda row, relations: networking.address_blocked_because(row.container, relations.snapshot),
        dialog="console.ui.dialogs.container_networks:ChangeAddressDialog",
    ),
)  # fmt: skip

DEEDS = {deed.id: deed for deed in (*_ALL, *_CONTAINERS)}
"""By the id of their action."""
