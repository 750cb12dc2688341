"""What HNS says: texts by code, in the host's Windows language (reference, 0.6, 4.2 and 4.3).

Only the code is stable; the sentences are Windows' own and localized.
"""

from __future__ import annotations

INVALID_PARAMETER = 0x57
PORT_IN_USE = 0x20
ALREADY_EXISTS = 0x1392
SERVICE_NOT_ACTIVE = 0x426
ELEMENT_NOT_FOUND = 0x490
NOT_SUPPORTED = 0x80070032
NO_SUBNET = 0x803B0005
ADAPTER_NOT_FOUND = 0x803B0006
INVALID_POLICY = 0x803B000D
NETWORK_EXISTS = 0x803B0010
PORT_EXISTS = 0x803B0013
INVALID_ADDRESS = 0x803B001E
ADDRESS_RESERVED = 0x803B002F
VFP_UNAVAILABLE = 0x803B0037

_TEXTS: dict[str, dict[int, str]] = {
    "en-US": {
        INVALID_PARAMETER: "The parameter is incorrect.",
        PORT_IN_USE: ("The process cannot access the file because it is being used by another process."),
        ALREADY_EXISTS: "The object already exists.",
        SERVICE_NOT_ACTIVE: "The service has not been started.",
        ELEMENT_NOT_FOUND: "Element not found.",
        NOT_SUPPORTED: "The request is not supported.",
        NO_SUBNET: "The network does not have a subnet for this endpoint.",
        ADAPTER_NOT_FOUND: "An adapter was not found.",
        INVALID_POLICY: "The provided policy configuration is invalid or missing parameters.",
        NETWORK_EXISTS: "A network with this name already exists.",
        PORT_EXISTS: "The specified port already exists.",
        INVALID_ADDRESS: "IP address is either invalid or not part of any configured subnet(s).",
        ADDRESS_RESERVED: "The address provided is invalid or reserved.",
        VFP_UNAVAILABLE: "A network of this type can not be created because VFP is not available.",
    },
    "de-DE": {
        INVALID_PARAMETER: "Falscher Parameter.",
        PORT_IN_USE: (
            "Der Prozess kann nicht auf die Datei zugreifen, da sie von einem anderen Prozess verwendet wird."
        ),
        ALREADY_EXISTS: "Das Objekt ist bereits vorhanden.",
        SERVICE_NOT_ACTIVE: "Der Dienst wurde nicht gestartet.",
        ELEMENT_NOT_FOUND: "Element nicht gefunden.",
        NOT_SUPPORTED: "Die Anforderung wird nicht unterstützt.",
        NO_SUBNET: "Das Netzwerk verfügt über kein Subnetz für diesen Endpunkt.",
        ADAPTER_NOT_FOUND: "Es wurde kein Adapter gefunden.",
        INVALID_POLICY: "Die bereitgestellte Richtlinienkonfiguration ist ungültig oder unvollständig.",
        NETWORK_EXISTS: "Ein Netzwerk mit diesem Namen ist bereits vorhanden.",
        PORT_EXISTS: "Der angegebene Port ist bereits vorhanden.",
        INVALID_ADDRESS: "Die IP-Adresse ist ungültig oder gehört zu keinem konfigurierten Subnetz.",
        ADDRESS_RESERVED: "Die angegebene Adresse ist ungültig oder reserviert.",
        VFP_UNAVAILABLE: (
            "Ein Netzwerk dieses Typs kann nicht erstellt werden, weil VFP nicht verfügbar ist."
        ),
    },
}


def hns_text(code: int, language: str) -> str:
    """The sentence for ``code`` and the code itself, as Windows appends it: ``… (0x57)``."""
    return f"{_TEXTS[language][code]} (0x{code:x})"
