"""What can be done to the Windows side of a host, as actions of the window.

What each one does and why it may be blocked stands in :mod:`console.ui.inventory.deeds`.
"""

from __future__ import annotations

from console.domain.text import N_, Text
from console.ui.actions import READ_ONLY, Action, Context, Judgement, without_connection
from console.ui.icons import Icon

CONTEXT = "Actions"


def deed_blocked(deed: str) -> Judgement:
    """Judges one deed of the inventory by what is selected."""

    def judge(context: Context) -> Text | None:
        blocked = READ_ONLY if context.read_only else without_connection(context)
        if blocked is not None or context.relations is None:
            return blocked or N_(CONTEXT, "Go to the page of what you want to change first.")
        # Imported here: these rules know all of the Windows side, and the first paint none of it.
        from console.ui.inventory.deeds import DEEDS

        return DEEDS[deed].blocked_because(context.kind, context.objects, context.relations)

    return judge


def _action(deed: str, text: Text, tip: Text, which: Icon, shortcut: str = "") -> Action:
    return Action(deed, text, tip, which, shortcut, deed_blocked(deed), elevated=True)


HOST_ACTIONS: tuple[Action, ...] = (
    _action("switch-new", N_(CONTEXT, "New &vSwitch…"), N_(CONTEXT, "Create a vSwitch"), Icon.SWITCH_NEW),
    _action(
        "switch-rename", N_(CONTEXT, "Re&name…"), N_(CONTEXT, "Give the vSwitch another name"), Icon.RENAME,
        "F2",
    ),
    _action(
        "switch-remove", N_(CONTEXT, "Remove v&Switch…"),
        N_(CONTEXT, "Remove the vSwitch, after showing what uses it"), Icon.REMOVE, "Del",
    ),
    _action(
        "switch-share", N_(CONTEXT, "S&hare with the host…"),
        N_(CONTEXT, "Give the host itself a vNIC on the vSwitch"), Icon.CONNECT,
    ),
    _action(
        "switch-unshare", N_(CONTEXT, "Stop sharin&g…"),
        N_(CONTEXT, "Remove the host's own vNIC from the vSwitch"), Icon.DISCONNECT,
    ),
    _action(
        "vfp-on", N_(CONTEXT, "Enable VF&P…"),
        N_(CONTEXT, "Enable the extension that l2bridge and overlay networks depend on"), Icon.OK,
    ),
    _action(
        "vfp-off", N_(CONTEXT, "D&isable VFP…"),
        N_(CONTEXT, "Disable the extension that l2bridge and overlay networks depend on"), Icon.SKIPPED,
    ),
    _action(
        "vnic-vlan", N_(CONTEXT, "Set V&LAN…"), N_(CONTEXT, "Put a vNIC of the host into a VLAN"), Icon.VLAN
    ),
    _action(
        "mac-spoofing", N_(CONTEXT, "&MAC spoofing…"),
        N_(CONTEXT, "Let a virtual machine on this host use additional MAC addresses"), Icon.HOST,
    ),
    _action("service-start", N_(CONTEXT, "S&tart…"), N_(CONTEXT, "Start the service"), Icon.START),
    _action(
        "service-stop", N_(CONTEXT, "St&op…"),
        N_(CONTEXT, "Stop the service, after showing what stops with it"), Icon.STOP,
    ),
    _action(
        "service-restart", N_(CONTEXT, "Resta&rt…"),
        N_(CONTEXT, "Restart the service, after showing what it interrupts"), Icon.REFRESH,
    ),
    _action(
        "hns-network-remove", N_(CONTEXT, "Remove &from HNS…"),
        N_(CONTEXT, "Remove the network from HNS, after showing what uses it"), Icon.REMOVE, "Del",
    ),
    _action(
        "hns-endpoint-remove", N_(CONTEXT, "Remove &endpoint…"),
        N_(CONTEXT, "Remove the endpoint from HNS, after showing what uses it"), Icon.REMOVE, "Del",
    ),
)  # fmt: skip
