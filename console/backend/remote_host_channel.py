"""The Windows side of a host on another computer: read and changed as an account that signs in there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.backend.host_channel import ScriptHostChannel
from console.domain.host_failure import reason, words_of
from console.domain.sections import unknown_facts
from console.domain.text import N_

if TYPE_CHECKING:
    from pydantic import SecretStr

    from console.backend.powershell.sign_in import SignedInRunner
    from console.domain.failure import Failure
    from console.domain.snapshot import HostFacts

CONTEXT = "RemoteHostChannel"


class RemoteHostChannel(ScriptHostChannel):
    """A host over WinRM (a ``SignsIn``).

    A session over WinRM has all of the account's rights from its start: there is no elevation to ask for.
    """

    def __init__(self, runner: SignedInRunner) -> None:
        super().__init__(runner)
        self._account = runner

    @property
    def account(self) -> str:
        """See ``SignsIn``."""
        return self._account.account

    @property
    def signed_out(self) -> bool:
        """See ``SignsIn``."""
        return self._account.signed_out

    @property
    def sign_in_refused(self) -> bool:
        """See ``SignsIn``."""
        return self._account.refused

    async def sign_in(self, password: SecretStr) -> None:
        """See ``SignsIn``."""
        await self._account.sign_in(password)

    def unread(self, failure: Failure) -> HostFacts:
        """A refused sign-in says that it is not tried again by itself, and what to do then."""
        if not self.sign_in_refused:
            return super().unread(failure)
        why = N_(
            CONTEXT,
            "{reason} The console does not try again by itself, so that the account is not locked.",
            reason=reason(failure),
        )
        if not self.account:
            return unknown_facts(why, words_of(failure).do[0])
        return unknown_facts(
            why,
            N_(
                CONTEXT,
                "Choose Sign in… in the menu Host and give the right password, or refresh to try the same "
                "one once more.",
            ),
        )
