"""The body of ``POST /containers/create``, and what Windows refuses in it (reference, 2.3)."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from console.demo.network_request import Body
from console.demo.refusal import Refusal

_ISOLATIONS = {"": "", "default": "", "process": "process", "hyperv": "hyperv"}


class NetworkingConfigBody(Body):
    """``NetworkingConfig`` of a create request."""

    endpoints: dict[str, dict[str, Any] | None] | None = Field(default=None, alias="EndpointsConfig")


class CreateContainerBody(Body):
    """The parts of a create request that the practice host looks at."""

    image: str = Field(default="", alias="Image")
    hostname: str | None = Field(default="", alias="Hostname")
    command: list[str] | str | None = Field(default=None, alias="Cmd")
    entrypoint: list[str] | str | None = Field(default=None, alias="Entrypoint")
    env: list[str] | None = Field(default=None, alias="Env")
    labels: dict[str, str] | None = Field(default=None, alias="Labels")
    exposed: dict[str, Any] | None = Field(default=None, alias="ExposedPorts")
    tty: bool | None = Field(default=False, alias="Tty")
    open_stdin: bool | None = Field(default=False, alias="OpenStdin")
    stdin_once: bool | None = Field(default=False, alias="StdinOnce")
    attach_stdin: bool | None = Field(default=False, alias="AttachStdin")
    attach_stdout: bool | None = Field(default=False, alias="AttachStdout")
    attach_stderr: bool | None = Field(default=False, alias="AttachStderr")
    user: str | None = Field(default="", alias="User")
    working_dir: str | None = Field(default="", alias="WorkingDir")
    domainname: str | None = Field(default="", alias="Domainname")
    volumes: dict[str, Any] | None = Field(default=None, alias="Volumes")
    mac_address: str | None = Field(default="", alias="MacAddress")
    host_config: dict[str, Any] | None = Field(default=None, alias="HostConfig")
    networking: NetworkingConfigBody | None = Field(default=None, alias="NetworkingConfig")

    @property
    def command_words(self) -> list[str] | None:
        """``Cmd`` as words; None where it is not given."""
        return [self.command] if isinstance(self.command, str) else self.command

    @property
    def entrypoint_words(self) -> list[str] | None:
        """``Entrypoint`` as words; None where it is not given."""
        return [self.entrypoint] if isinstance(self.entrypoint, str) else self.entrypoint

    @property
    def endpoints(self) -> dict[str, dict[str, Any] | None]:
        """The endpoint settings by network."""
        return (self.networking.endpoints if self.networking else None) or {}

    def config(self) -> dict[str, Any]:
        """``Config`` as inspect gives it back."""
        return self.model_dump(by_alias=True, exclude={"host_config", "networking", "mac_address", "image"})


def check_host_config(host_config: dict[str, Any], default_isolation: str) -> str:
    """Refuse what Windows containers can't have; gives the isolation in force."""
    if host_config.get("Privileged"):
        raise Refusal(400, "invalid option: privileged mode is not supported for Windows containers")
    if host_config.get("ReadonlyRootfs"):
        raise Refusal(400, "invalid option: read-only mode is not supported for Windows containers")
    asked = host_config.get("Isolation") or ""
    if asked.lower() not in _ISOLATIONS:
        raise Refusal(400, f"invalid isolation ({asked}): Windows supports 'default', 'process', or 'hyperv'")
    isolation = _ISOLATIONS[asked.lower()] or default_isolation
    mode = host_config.get("NetworkMode") or ""
    if mode.startswith("container:") and isolation == "hyperv":
        raise Refusal(
            400,
            "invalid network-mode: using the network stack of another container is not supported while "
            "using Hyper-V Containers",
        )
    if mode.startswith("container:") and host_config.get("PortBindings"):
        raise Refusal(400, "conflicting options: port publishing and the container type network mode")
    return isolation
