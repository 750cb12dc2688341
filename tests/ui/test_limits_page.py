"""The limits page as a person uses it, on the practice host over HTTP."""

from console.domain.plan import CreateNetwork, Plan
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.text import N_
from tests.person import Role


def test_that_limits_are_told_in_words_and_bars_and_follow_the_host(before_host, session, run):
    person = before_host(scenario="crowded")
    person.go_to("Limits")
    person.wait(lambda: person.sees("Networks on this host"))
    count = len(session.snapshot.networks.value)
    assert person.reads("Used: Networks on this host").startswith(f"{count} of 50")
    assert person.sees("Reported, no official limit: microsoft/Windows-Containers#380")
    assert any(name.startswith("Networks on this host:") for name in person.names(Role.ProgressBar))
    spec = NetworkSpec(
        name="tiny", driver="internal", subnets=(SubnetSpec(subnet="10.97.0.0/30", gateway="10.97.0.1"),)
    )
    step = CreateNetwork(spec=spec)
    assert run(session.service.apply(Plan(title=N_("Test", "Create"), steps=(step,)))).completed
    person.wait(lambda: person.reads("Used: Networks on this host").startswith(f"{count + 1} of 50"))
    person.wait(lambda: person.sees("Endpoints and addresses: tiny"))
