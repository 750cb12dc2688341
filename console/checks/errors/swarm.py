"""What the engine says when a swarm is made, joined and left.

The examples are literal answers of engine 20.10 (tests/engine), but for the time-out, which is that of
moby, daemon/cluster/swarm.go.
"""

from __future__ import annotations

from console.checks.errors.pattern import CONTEXT, ErrorPattern
from console.domain.text import N_

_SOURCE = "reference, 2.7; answers of a real engine"

PATTERNS: tuple[ErrorPattern, ...] = (
    ErrorPattern(
        id="join-token-invalid",
        regex=r"invalid join token|A valid join token is necessary to join this cluster",
        examples=(
            "invalid join token",
            ("rpc error: code = InvalidArgument desc = A valid join token is necessary to join this cluster"),
        ),
        what=N_(CONTEXT, "The swarm does not accept this token."),
        why=N_(CONTEXT, "It was truncated while copying, or the managers have issued a new one since."),
        do=(
            N_(CONTEXT, "Get it from a manager again: docker swarm join-token worker (or manager)."),
            N_(CONTEXT, "Copy the whole word that begins with SWMTKN-1-."),
        ),
        source=_SOURCE,
    ),
    ErrorPattern(
        id="join-token-of-another-swarm",
        regex=r"remote CA does not match fingerprint",
        examples=(
            "remote CA does not match fingerprint. Expected: 2944b8970a9cfc7f3fa920aae5c0394bcc716825",
        ),
        what=N_(CONTEXT, "The manager belongs to a different swarm than the token."),
        why=N_(CONTEXT, "A token names the authority of its swarm, and this manager has another one."),
        do=(N_(CONTEXT, "Take the token from this manager, or give the address of a manager of its swarm."),),
        source=_SOURCE,
    ),
    ErrorPattern(
        id="manager-unreachable",
        regex=(
            r"code = Unavailable desc = connection error: .*dial tcp (?P<address>[^\s:]+:\d+)"
            r"|Timeout was reached before node joined"
        ),
        examples=(
            (
                'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while '
                'dialing dial tcp 127.0.0.1:2999: connect: connection refused"'
            ),
            (
                "Timeout was reached before node joined. The attempt to join the swarm will continue in the "
                'background. Use the "docker info" command to see the current swarm status of your node.'
            ),
        ),
        what=N_(CONTEXT, "This host can't reach the manager."),
        why=N_(
            CONTEXT,
            "Nothing answers at that address and port, or a firewall in between blocks TCP 2377.",
        ),
        do=(
            N_(CONTEXT, "Check address and port: docker info on the manager shows the node's address."),
            N_(CONTEXT, "Open 2377/tcp, 7946/tcp, 7946/udp and 4789/udp between the hosts."),
        ),
        source=_SOURCE,
    ),
    ErrorPattern(
        id="swarm-member-already",
        regex=r"This node is already part of a swarm",
        examples=(
            (
                'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and '
                "join another one."
            ),
        ),
        what=N_(CONTEXT, "The host is already in a swarm, and can't be in two."),
        why=N_(CONTEXT, "Someone has created or joined one meanwhile, or it was never left."),
        do=(N_(CONTEXT, "Leave it on the Swarm page, then try again."),),
        source=_SOURCE,
    ),
    ErrorPattern(
        id="swarm-none-to-leave",
        regex=r"This node is not part of a swarm",
        examples=("This node is not part of a swarm",),
        what=N_(CONTEXT, "There is nothing to leave: the host is not in a swarm."),
        why=N_(CONTEXT, "It was left meanwhile, or a manager removed the node."),
        do=(N_(CONTEXT, "Refresh to see the host as it is now."),),
        source=_SOURCE,
    ),
    ErrorPattern(
        id="swarm-last-manager",
        regex=r"leave the swarm on a node that is participating as a manager",
        examples=(
            (
                "You are attempting to leave the swarm on a node that is participating as a manager. "
                "Removing the last manager erases all current state of the swarm. Use `--force` to ignore "
                "this message."
            ),
        ),
        what=N_(CONTEXT, "The engine does not let a manager leave without --force."),
        why=N_(
            CONTEXT, "The other managers may be too few without it, and with the last one everything is lost."
        ),
        do=(
            N_(CONTEXT, "Demote it on another manager first: docker node demote <node>"),
            N_(CONTEXT, "Or leave on the Swarm page, which does so by force and says what is lost."),
        ),
        source=_SOURCE,
    ),
    ErrorPattern(
        id="swarm-worker",
        regex=r"Worker nodes can't be used to view or modify cluster state",
        examples=(
            (
                "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster "
                "state. Please run this command on a manager node or promote the current node to a manager."
            ),
        ),
        what=N_(CONTEXT, "This engine is a worker of the swarm, and only managers can do this."),
        why=N_(CONTEXT, "Managers keep the swarm's nodes, services and networks; workers only run tasks."),
        do=(
            N_(CONTEXT, "Connect the console to a manager, and do it there."),
            N_(CONTEXT, "Or make this node a manager, on a manager: docker node promote <node>"),
        ),
        source="moby, daemon/cluster/errors.go",
    ),
)
