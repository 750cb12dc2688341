"""PowerShell's errors as the scripts' documents carry them (reference, 5.2)."""

from __future__ import annotations

from typing import Any

_PLAIN = "0x80131501"
_DENIED = "0x80070005"


class PowerShellError(Exception):
    """A terminating error; ``error_id`` is its FullyQualifiedErrorId, ``hresult`` as ``0x…``."""

    def __init__(self, message: str, *, category: str, error_id: str, hresult: str = _PLAIN) -> None:
        super().__init__(message)
        self.message = message
        self.category = category
        self.error_id = error_id
        self.hresult = hresult

    def document(self) -> dict[str, Any]:
        """As ``New-ErrorDocument`` of the scripts writes it."""
        return {
            "message": self.message,
            "category": self.category,
            "id": self.error_id,
            "hresult": self.hresult,
        }


def stopped(error_id: str, message: str) -> PowerShellError:
    """What a script's own ``Stop-Change`` throws."""
    return PowerShellError(message, category="InvalidOperation", error_id=error_id, hresult="0x80131509")


def command_missing(command: str, *, change: bool) -> PowerShellError:
    """A cmdlet whose module is not installed, as the scripts tell it."""
    if change:
        return stopped("CommandMissing", f"This host has no {command}.")
    return PowerShellError(command, category="ObjectNotFound", error_id="CommandMissing")


def hyper_v_denied(command: str, computer: str) -> PowerShellError:
    """Hyper-V's cmdlets without an administrator's rights."""
    return PowerShellError(
        "You do not have the required permission to complete this task. Contact the administrator of the "
        f"authorization policy for the computer '{computer}'.",
        category="PermissionDenied",
        error_id=f"AccessDenied,Microsoft.HyperV.PowerShell.Commands.{command.replace('-', '')}",
    )


def hyper_v_stopped(command: str, computer: str) -> PowerShellError:
    """Hyper-V's cmdlets while the service vmms is stopped."""
    return PowerShellError(
        f"Hyper-V encountered an error trying to access an object on computer '{computer}' because the "
        "object was not found. The object might have been deleted. Verify that the Virtual Machine "
        "Management service on the computer is running.",
        category="ObjectNotFound",
        error_id=f"ObjectNotFound,Microsoft.HyperV.PowerShell.Commands.{command.replace('-', '')}",
    )


def in_use(command: str, message: str) -> PowerShellError:
    """Hyper-V's refusal of an object that is in use (ERROR_BUSY). The words are not recorded anywhere."""
    return PowerShellError(
        f"{message} The requested resource is in use. ('0x800700AA').",
        category="NotSpecified",
        error_id=f"Unspecified,Microsoft.HyperV.PowerShell.Commands.{command.replace('-', '')}",
    )


def cim_denied(command: str) -> PowerShellError:
    """A CIM cmdlet without an administrator's rights."""
    return PowerShellError(
        "Access is denied. ",
        category="PermissionDenied",
        error_id=f"Windows System Error 5,{command}",
    )


def hns_denied(command: str) -> PowerShellError:
    """HNS without an administrator's rights."""
    return PowerShellError(
        f"{command} -- HNS failed with error : Access is denied. ",
        category="PermissionDenied",
        error_id=f"{command}",
        hresult=_DENIED,
    )


def hns_stopped(command: str) -> PowerShellError:
    """HNS while its service is stopped."""
    return PowerShellError(
        f"{command} -- HNS failed with error : The service has not been started. ",
        category="OperationStopped",
        error_id=f"{command}",
        hresult="0x80070426",
    )


def service_refused(title: str, name: str, *, starts: bool) -> PowerShellError:
    """The service control manager's no to who may not."""
    verb, cmdlet = ("started", "Start") if starts else ("stopped", "Stop")
    return PowerShellError(
        f"Service '{title} ({name})' cannot be {verb} due to the following error: Cannot open {name} service "
        "on computer '.'.",
        category="OpenError" if starts else "CloseError",
        error_id=f"CouldNot{cmdlet}Service,Microsoft.PowerShell.Commands.{cmdlet}ServiceCommand",
    )


def service_missing(name: str) -> PowerShellError:
    """No service of that name is installed."""
    return PowerShellError(
        f"Cannot find any service with service name '{name}'.",
        category="ObjectNotFound",
        error_id="NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.GetServiceCommand",
    )


def argument_refused(script_file: str, name: str) -> PowerShellError:
    """A value that a ``Validate…`` of a script's ``param()`` block does not let pass."""
    return PowerShellError(
        f"Cannot validate argument on parameter '{name}'.",
        category="InvalidData",
        error_id=f"ParameterArgumentValidationError,{script_file}",
    )
