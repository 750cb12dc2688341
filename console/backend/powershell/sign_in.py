"""Scripts on another host as an account that a person signs in: :class:`SignedInRunner`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import SecretStr

from console.backend.powershell.endpoint import WinRmEndpoint
from console.backend.powershell.runner import Progress, SignInRefusedError, host_error
from console.backend.powershell.winrm import WinRmRunner
from console.domain.failure import FailureKind
from console.domain.scripts import Script


class SignedInRunner:
    """Runs named scripts on one host over WinRM (a ``ScriptRunner``) and remembers a refused sign-in.

    ``password`` None where the endpoint has an account: nobody signed in, and the host is not asked
    anything, since an empty password counts there as a wrong one.
    """

    def __init__(self, endpoint: WinRmEndpoint, password: SecretStr | None) -> None:
        self._endpoint = endpoint
        self._runner: WinRmRunner | None = None
        #: Whether the host refused the account, and has answered no script since.
        self.refused = False
        if password is not None or not self.account:
            self._runner = self._signed_in(password)

    @property
    def account(self) -> str:
        """Whose password it takes; empty where it takes none."""
        return "" if self._endpoint.authentication == "certificate" else self._endpoint.username

    @property
    def signed_out(self) -> bool:
        """Whether nobody has signed in."""
        return self._runner is None

    async def sign_in(self, password: SecretStr) -> None:
        """Use this password from now on; what still runs with the one before is ended."""
        before, self._runner = self._runner, self._signed_in(password)
        self.refused = False
        if before is not None:
            await before.close()

    async def run(
        self, script: Script, parameters: Mapping[str, Any], *, on_progress: Progress | None = None
    ) -> str:
        """See ``ScriptRunner.run``."""
        runner = self._runner
        if runner is None:
            raise host_error(script, FailureKind.SIGNED_OUT, "")
        try:
            answer = await runner.run(script, parameters, on_progress=on_progress)
        except SignInRefusedError:
            self._note(runner, refused=True)
            raise
        self._note(runner, refused=False)
        return answer

    async def close(self) -> None:
        """Have what runs stopped; nobody waits for it."""
        if self._runner is not None:
            await self._runner.close()

    def _note(self, runner: WinRmRunner, *, refused: bool) -> None:
        if runner is self._runner:  # else it is news of a password that is no longer used
            self.refused = refused

    def _signed_in(self, password: SecretStr | None) -> WinRmRunner:
        endpoint = self._endpoint
        return WinRmRunner(
            endpoint if password is None else endpoint.model_copy(update={"password": password})
        )
