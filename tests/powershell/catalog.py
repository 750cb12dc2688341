"""Which commands and parameters PowerShell has on the hosts that the console supports."""

import gzip
import json
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data" / "powershell"
COMMON = "common"


@cache
def _profiles():
    return json.loads(gzip.decompress((DATA / "catalog.json.gz").read_bytes()))


@cache
def _documented():
    """Command in lower case -> (module, parameters)."""
    modules = json.loads((DATA / "documented.json").read_text(encoding="utf-8"))["modules"]
    return {
        command.lower(): (module, parameters)
        for module, commands in modules.items()
        for command, parameters in commands.items()
    }


@cache
def hosts():
    return tuple(_profiles()["hosts"])


@cache
def _commands(host):
    return {name.lower(): facts for name, facts in _profiles()["hosts"][host]["commands"].items()}


def module_of(command):
    """The module a command is of; "" for one that no host has."""
    command = command.lower()
    if command in _documented():
        return _documented()[command][0]
    return next((facts[command]["module"] for host in hosts() if command in (facts := _commands(host))), "")


def hosts_without(command):
    """The hosts that lack a command."""
    if command.lower() in _documented():
        return ()
    return tuple(host for host in hosts() if command.lower() not in _commands(host))


def parameters(command):
    """The full names, in lower case, of the parameters that a command has on every host."""
    common = {name.lower() for name in _profiles()[COMMON]}
    if command.lower() in _documented():
        return {name.lower() for name in _documented()[command.lower()][1]} | common
    told = [_commands(host).get(command.lower()) for host in hosts()]
    return set.intersection(*({name.lower() for name in one["params"]} for one in told if one)) | common


@cache
def aliases():
    """Alias in lower case -> the command it stands for."""
    return {
        name.lower(): command
        for host in hosts()
        for name, command in _profiles()["hosts"][host]["aliases"].items()
    }
