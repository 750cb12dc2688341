import pytest

from console.domain.windows_releases import release_name


@pytest.mark.parametrize(
    ("build", "server", "name"),
    [
        (20348, True, "Windows Server 2022"),
        (26100, True, "Windows Server 2025"),
        (26100, False, "Windows 11 24H2"),
        (22631, None, "Windows 11 23H2"),
        (17763, None, "Windows Server 2019"),
        (20348, False, ""),
        (1, True, ""),
    ],
)
def test_that_a_build_has_the_name_people_use(build, server, name):
    assert release_name(build, server=server) == name
