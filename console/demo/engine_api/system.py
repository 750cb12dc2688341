"""``/_ping``, ``/version``, ``/info`` and what else is about the engine itself."""

from __future__ import annotations

from console.demo.engine_api.call import Answer, Call, Route
from console.demo.host import PracticeHost
from console.demo.network_creation import drivers
from console.demo.timestamps import rfc3339

_PING_HEADERS = {
    "Cache-Control": "no-cache, no-store, must-revalidate",
    "Pragma": "no-cache",
    "Builder-Version": "1",
}


# What no practice host differs in. Windows knows none of the limits.
_SAME_EVERYWHERE = {
    "MemoryLimit": False,
    "SwapLimit": False,
    "CpuCfsPeriod": False,
    "CpuCfsQuota": False,
    "CPUShares": False,
    "CPUSet": False,
    "PidsLimit": False,
    "IPv4Forwarding": False,
    "Debug": False,
    "NFd": -1,
    "OomKillDisable": False,
    "NGoroutines": 40,
    "LoggingDriver": "json-file",
    "CgroupDriver": "",
    "IndexServerAddress": "https://index.docker.io/v1/",
    "RegistryConfig": {"InsecureRegistryCIDRs": ["127.0.0.0/8"], "IndexConfigs": {}, "Mirrors": None},
    "NCPU": 4,
    "MemTotal": 8_589_398_016,
    "GenericResources": None,
    "DockerRootDir": "C:\\ProgramData\\docker",
    "HttpProxy": "",
    "HttpsProxy": "",
    "NoProxy": "",
    "InitBinary": "",
    "SecurityOptions": [],
}


def ping(call: Call) -> Answer:
    """``OK``; what a client negotiates with is in the headers."""
    swarm = call.host.swarm
    state = "active/manager" if swarm.is_manager else "active/worker" if swarm.active else "inactive"
    headers = {**_PING_HEADERS, "Swarm": state, "Content-Type": "text/plain; charset=utf-8"}
    return Answer(200, b"OK", headers)


def version(call: Call) -> Answer:
    """``docker version``."""
    build = call.host.build
    engine = build.engine
    api = ".".join(map(str, engine.api))
    minimum = ".".join(map(str, engine.minimum_api))
    details = {
        "ApiVersion": api,
        "Arch": "amd64",
        "BuildTime": engine.built,
        "Experimental": "false",
        "GitCommit": engine.commit,
        "GoVersion": engine.go,
        "KernelVersion": build.kernel_version,
        "MinAPIVersion": minimum,
        "Os": "windows",
    }
    return Answer(
        200,
        {
            "Platform": {"Name": "Docker Engine - Community (practice host)"},
            "Components": [{"Name": "Engine", "Version": engine.version, "Details": details}],
            "Version": engine.version,
            "ApiVersion": api,
            "MinAPIVersion": minimum,
            "GitCommit": engine.commit,
            "GoVersion": engine.go,
            "Os": "windows",
            "Arch": "amd64",
            "KernelVersion": build.kernel_version,
            "BuildTime": engine.built,
        },
    )


def _plugins(host: PracticeHost) -> dict[str, list[str] | None]:
    """The drivers ``docker info`` lists."""
    return {
        "Volume": ["local"],
        "Network": list(drivers(host)),
        "Authorization": None,
        "Log": [
            "awslogs",
            "etwlogs",
            "fluentd",
            "gcplogs",
            "gelf",
            "json-file",
            "local",
            "splunk",
            "syslog",
        ],
    }


def info(call: Call) -> Answer:
    """``docker info``."""
    host = call.host
    containers = list(host.containers.all())
    running = sum(container.running for container in containers)
    return Answer(
        200,
        {
            **_SAME_EVERYWHERE,
            "ID": host.state.engine_id,
            "Containers": len(containers),
            "ContainersRunning": running,
            "ContainersPaused": 0,
            "ContainersStopped": len(containers) - running,
            "Images": len(host.state.images),
            "Driver": "windowsfilter",
            "DriverStatus": [["Windows", ""]],
            "Plugins": _plugins(host),
            "SystemTime": rfc3339(host.clock()),
            "NEventsListener": host.events.listeners,
            "KernelVersion": host.build.kernel_version,
            "OperatingSystem": host.build.operating_system,
            "OSVersion": str(host.build.build),
            "OSType": "windows",
            "Architecture": "x86_64",
            "Name": host.name,
            "Labels": ["practice-host=true"],
            "ExperimentalBuild": False,
            "ServerVersion": host.build.engine.version,
            "Runtimes": None,
            "DefaultRuntime": "",
            "Swarm": host.swarm.info(),
            "LiveRestoreEnabled": False,
            "Isolation": host.build.default_isolation,
            "Warnings": None,
        },
    )


def volumes(_call: Call) -> Answer:
    """The practice host keeps no volumes."""
    return Answer(200, {"Volumes": [], "Warnings": None})


ROUTES = (
    Route("GET", "/_ping", ping),
    Route("GET", "/version", version),
    Route("GET", "/info", info),
    Route("GET", "/volumes", volumes),
)
