"""What of the tests can't be judged under Wine, and why.

``dev.py test --windows`` runs the tests in a Windows Python under Wine 8. What is listed here is
skipped there, with its reason; on Windows itself all of it is run. A test that fails on Windows
too does not belong here.
"""

import sys

ENGINE = "no Docker Engine runs under Wine"
RECEIVING = "a receive that waits is not ended when its own socket is shut down, as Windows ends it"
STARTS = (
    "it starts 416 processes, each of which takes half a second; the test of any value tries the same way"
)
LINT = "it reads the source, which is the same everywhere; its program is not installed there"
LINKS = "no symbolic link can be made"

NOT_UNDER_WINE: dict[str, str] = {
    "tests/engine": ENGINE,
    "tests/ui/test_real_engine.py": ENGINE,
    "tests/test_imports.py::test_that_imports_point_one_way": LINT,
    "tests/backend/powershell/test_hostile_values.py"
    "::test_that_each_nasty_text_arrives_at_every_free_parameter": STARTS,
    "tests/backend/test_ssh.py::test_that_an_engine_behind_ssh_is_observed_watched_and_let_go": RECEIVING,
    "tests/backend/test_compose_files.py::test_that_a_link_keeps_pointing_to_the_file_that_is_changed": LINKS,
}
"""A folder, a file or a test, and what Wine lacks or does otherwise."""


def is_wine() -> bool:
    """Whether Wine plays Windows here: its own library says so by a function that Windows has not."""
    if sys.platform != "win32":
        return False
    import ctypes

    return hasattr(ctypes.windll.ntdll, "wine_get_version")


def reason_against(node_id: str) -> str | None:
    """Why a test is not run under Wine; None: it is."""
    test = node_id.partition("[")[0]
    for name, reason in NOT_UNDER_WINE.items():
        if test == name or test.startswith((f"{name}/", f"{name}::")):
            return reason
    return None
