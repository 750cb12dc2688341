"""What a host's findings say to a form for a new network."""

from console.checks.bearing import bearing_on
from console.checks.registry import checks
from console.checks.report import run_checks
from console.domain.drivers.registry import WINDOWS_DRIVERS
from console.domain.field import Field
from console.domain.severity import Severity
from tests.domain.hosts import external_vswitch, host

HIDDEN = run_checks(host(vswitches=(external_vswitch("One", "Ethernet", visible=False),))).findings


def test_that_only_the_drivers_it_stands_in_the_way_of_hear_of_a_finding():
    (told,) = bearing_on(HIDDEN, "transparent")
    assert (told.rule, told.field, told.severity) == ("hidden-vswitch", Field.ADAPTER, Severity.WARNING)
    assert bearing_on(HIDDEN, "nat") == ()


def test_that_checks_name_only_drivers_there_are():
    names = {driver.name for driver in WINDOWS_DRIVERS}
    named = [check.drivers for check in checks().values() if check.drivers]
    assert len(named) > 5
    assert all(drivers <= names for drivers in named)
