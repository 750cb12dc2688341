"""WS-Management as far as a PowerShell client uses it: a SOAP envelope in, one out."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from tests.winrm_peer.shell import Commands, Shell

SOAP = "http://www.w3.org/2003/05/soap-envelope"
ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell"
TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer"
FAULT = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault"

NO_SUCH_SHELL = 2150858843
TIMED_OUT = 2150858793
UNSUPPORTED = 2150858752


class FaultError(Exception):
    """An answer that is a WSMan fault."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class Request:
    """What matters of a request's envelope."""

    action: str
    message_id: str
    shell_id: str
    body: ET.Element

    @classmethod
    def parse(cls, envelope: bytes) -> Request:
        root = ET.fromstring(envelope)
        header, body = root.find(f"{{{SOAP}}}Header"), root.find(f"{{{SOAP}}}Body")
        assert header is not None
        assert body is not None
        selectors = header.iterfind(f"{{{WSMAN}}}SelectorSet/{{{WSMAN}}}Selector")
        return cls(
            action=(header.findtext(f"{{{ADDRESSING}}}Action") or "").rsplit("/", 1)[-1],
            message_id=header.findtext(f"{{{ADDRESSING}}}MessageID") or "",
            shell_id=next((one.text or "" for one in selectors if one.get("Name") == "ShellId"), "").upper(),
            body=body,
        )

    def element(self, name: str) -> ET.Element:
        found = self.body.find(f".//{{{SHELL}}}{name}")
        assert found is not None
        return found


class Service:
    """The shells of one host; ``poll_seconds`` is how long a poll for output may be held open."""

    def __init__(self, commands: Commands, poll_seconds: float = 1.0) -> None:
        self.shells: dict[str, Shell] = {}
        self._commands = commands
        self._poll_seconds = poll_seconds
        self._actions: dict[str, Callable[[Request, Shell], str]] = {
            "Command": self._command,
            "Send": self._send,
            "Receive": self._receive,
            "Signal": self._signal,
            "Delete": self._delete,
        }

    def answer(self, envelope: bytes) -> tuple[int, bytes]:
        """The HTTP status and the envelope of the answer."""
        request = Request.parse(envelope)
        try:
            return 200, _envelope(request, self._act(request))
        except FaultError as fault:
            return 500, _envelope(request, _fault(fault))

    def _act(self, request: Request) -> str:
        if request.action == "Create":
            return self._create(request)
        act = self._actions.get(request.action)
        if act is None:
            raise FaultError(UNSUPPORTED, f"{request.action} is not supported")
        shell = self.shells.get(request.shell_id)
        if shell is None:
            raise FaultError(NO_SUCH_SHELL, "The shell was not found on the server.")
        return act(request, shell)

    def _create(self, request: Request) -> str:
        asked = request.element("Shell")
        shell = Shell(self._commands, (asked.get("ShellId") or str(uuid.uuid4())).upper())
        self.shells[shell.id] = shell
        creation = next(child.text or "" for child in asked if child.tag.endswith("creationXml"))
        shell.feed(base64.b64decode(creation))
        selector = f'<w:Selector xmlns:w="{WSMAN}" Name="ShellId">{shell.id}</w:Selector>'
        return (
            f'<x:ResourceCreated xmlns:x="{TRANSFER}"><a:ReferenceParameters>'
            f'<w:SelectorSet xmlns:w="{WSMAN}">{selector}</w:SelectorSet>'
            f"</a:ReferenceParameters></x:ResourceCreated>"
            f'<rsp:Shell xmlns:rsp="{SHELL}"><rsp:ShellId>{shell.id}</rsp:ShellId>'
            f"<rsp:State>Connected</rsp:State></rsp:Shell>"
        )

    def _command(self, request: Request, shell: Shell) -> str:
        line = request.element("CommandLine")
        command_id = (line.get("CommandId") or str(uuid.uuid4())).upper()
        arguments = line.findtext(f"{{{SHELL}}}Arguments") or ""
        shell.begin_pipeline(uuid.UUID(command_id), base64.b64decode(arguments))
        return (
            f'<rsp:CommandResponse xmlns:rsp="{SHELL}">'
            f"<rsp:CommandId>{command_id}</rsp:CommandId></rsp:CommandResponse>"
        )

    def _send(self, request: Request, shell: Shell) -> str:
        stream = request.element("Stream")
        command_id = stream.get("CommandId")
        shell.feed(base64.b64decode(stream.text or ""), uuid.UUID(command_id) if command_id else None)
        return f'<rsp:SendResponse xmlns:rsp="{SHELL}"/>'

    def _receive(self, request: Request, shell: Shell) -> str:
        command_id = request.element("DesiredStream").get("CommandId")
        parts, done = shell.receive(uuid.UUID(command_id) if command_id else None, self._poll_seconds)
        if not parts and not done:
            raise FaultError(TIMED_OUT, "The operation did not complete within OperationTimeout.")
        of = f' CommandId="{command_id}"' if command_id else ""
        streams = "".join(
            f'<rsp:Stream Name="stdout"{of}>{base64.b64encode(part).decode()}</rsp:Stream>' for part in parts
        )
        state = f'<rsp:CommandState{of} State="{SHELL}/CommandState/{"Done" if done else "Running"}"/>'
        return (
            f'<rsp:ReceiveResponse xmlns:rsp="{SHELL}">{streams}'
            f"{state if command_id else ''}</rsp:ReceiveResponse>"
        )

    def _signal(self, request: Request, shell: Shell) -> str:
        if command_id := request.element("Signal").get("CommandId"):
            shell.stop(uuid.UUID(command_id))
        return f'<rsp:SignalResponse xmlns:rsp="{SHELL}"/>'

    def _delete(self, request: Request, shell: Shell) -> str:
        del self.shells[shell.id]
        return ""


def _envelope(request: Request, body: str) -> bytes:
    return (
        f'<s:Envelope xmlns:s="{SOAP}" xmlns:a="{ADDRESSING}"><s:Header>'
        f"<a:MessageID>uuid:{uuid.uuid4()}</a:MessageID><a:RelatesTo>{request.message_id}</a:RelatesTo>"
        f"</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    ).encode()


def _fault(fault: FaultError) -> str:
    text = escape(str(fault))
    return (
        f"<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode>"
        f'<s:Value xmlns:w="{WSMAN}">w:InternalError</s:Value></s:Subcode></s:Code>'
        f'<s:Reason><s:Text xml:lang="en-US">{text}</s:Text></s:Reason><s:Detail>'
        f'<f:WSManFault xmlns:f="{FAULT}" Code="{fault.code}" Machine="peer">'
        f"<f:Message>{text}</f:Message></f:WSManFault></s:Detail></s:Fault>"
    )
