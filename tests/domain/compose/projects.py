"""Compose projects for tests, each a mapping of file names to texts; compose files come in their order."""

from __future__ import annotations

from console.domain.compose.model import Folder, Project, Reference, SourceFile
from console.domain.compose.project import ProjectSources, load_project

PROJECTS: dict[str, dict[str, str]] = {
    "short-forms": {
        "compose.yaml": """
services:
  web:
    image: iis
    ports: ["80", "8080:80", "9000-9001:90-91/udp", "127.0.0.1:8443:443", "7000-7010:70"]
    networks: [front, back]
    depends_on: [db]
  db:
    image: sql
    networks: [back]
networks:
  front:
  back: {}
"""
    },
    "long-forms": {
        "compose.yaml": """
name: Shop_9
services:
  web:
    image: iis
    ports:
      - target: 80
        published: "8080"
        protocol: tcp
        mode: host
      - {target: 53, published: 5353, protocol: udp, host_ip: 192.168.1.10}
    networks:
      front:
        ipv4_address: 172.30.0.10
        aliases: [www, shop]
      default:
    depends_on:
      db: {condition: service_started}
  db:
    image: sql
    network_mode: none
networks:
  front:
    name: front-net
    driver: nat
    driver_opts:
      com.docker.network.windowsshim.vlanid: 11
      com.docker.network.windowsshim.dnsservers: 10.0.0.1,10.0.0.2
    attachable: true
    labels: ["tier=front", "empty"]
    ipam:
      driver: default
      config:
        - subnet: 172.30.0.0/24
          gateway: 172.30.0.1
"""
    },
    "variables": {
        ".env": "TAG=ltsc2022\nPORT=8081\nEMPTY=\n",
        "compose.yaml": """
name: ${NAME:-fallback}
services:
  web:
    image: iis:${TAG}
    ports: ["${PORT:?a port is needed}:80", "${EMPTY:-9}:${NONE-90}"]
    hostname: "$1-$ -x$"
    command: echo $$HOME ${TAG:+set} ${NONE:+unset} ${EMPTY-kept}
    networks:
      n: {ipv4_address: "10.${OCTET:-${OTHER:-7}}.0.5"}
networks:
  n:
    name: net-${TAG}
    ipam: {config: [{subnet: "10.${OCTET:-7}.0.0/24"}]}
""",
    },
    "override": {
        "compose.yaml": """
services:
  web:
    image: iis
    ports: ["8080:80"]
    dns: 10.0.0.1
    networks: [front]
    labels: {a: one, b: two}
  old:
    image: iis
    ports: ["9090:90"]
networks:
  front:
    driver: nat
    labels: [a=1]
    ipam: {config: [{subnet: 10.1.0.0/24}]}
""",
        "compose.override.yaml": """
services:
  web:
    image: iis:ltsc2022
    ports: ["8443:443", "8080:80"]
    dns: [10.0.0.2]
    networks:
      front: {aliases: [www]}
      back:
    labels: [b=three, c=four]
  old:
    ports: !override ["9191:91"]
networks:
  front:
    labels: {a: 2, z: 3}
    ipam: {config: [{subnet: 10.1.0.0/24, gateway: 10.1.0.1}]}
  back:
    external: true
""",
    },
    "reset": {
        "compose.yaml": """
services:
  web: {image: iis, ports: ["8080:80"], networks: [a, b]}
networks:
  a: {driver: nat, ipam: {config: [{subnet: 10.1.0.0/24}]}}
  b: {driver: nat}
""",
        "compose.override.yaml": """
services:
  web:
    ports: !reset []
    networks: !override [a]
networks:
  a: {ipam: !reset null}
""",
    },
    "profiles": {
        "compose.yaml": """
services:
  web: {image: iis}
  debug: {image: tools, profiles: [debug], networks: [probe]}
  admin: {image: tools, profiles: [admin, ops]}
networks:
  probe: {driver: nat}
"""
    },
    "anchors": {
        "compose.yaml": """
x-base: &base
  image: iis
  networks: [front]
services:
  one:
    <<: *base
    ports: ["1:1"]
  two:
    <<: *base
    image: other
networks:
  front: {driver: nat}
"""
    },
    "extends": {
        "compose.yaml": """
services:
  base:
    image: iis
    networks: [front]
    ports: ["80:80"]
  web:
    extends: {service: base}
    ports: ["81:81"]
  shared:
    extends: {service: common, file: common.yaml}
    networks: {front: {aliases: [s]}}
networks:
  front: {driver: nat}
""",
        "common.yaml": """
services:
  common:
    image: common
    dns: [10.0.0.9]
""",
    },
    "include": {
        "compose.yaml": """
include:
  - data.yaml
services:
  web: {image: iis, networks: [back], depends_on: [db]}
""",
        "data.yaml": """
services:
  db: {image: sql, networks: [back]}
networks:
  back: {driver: nat}
""",
    },
    "empty-services-network": {"compose.yaml": "services:\n  web: {image: iis, networks: {}}\n"},
}


def load(
    files: dict[str, str],
    *,
    profiles: frozenset[str] = frozenset(),
    environment: dict[str, str] | None = None,
) -> Project:
    """The project of these files, in a folder named Sample.Project."""
    composes = [
        SourceFile(name, text)
        for name, text in files.items()
        if name.startswith(("compose", "docker-compose"))
    ]
    others = {
        Reference(folder, name): SourceFile(name, text)
        for name, text in files.items()
        for folder in (Folder(), *(Folder(file=owner) for owner in files))
    }
    dotenv = SourceFile(".env", files[".env"]) if ".env" in files else None
    return load_project(
        ProjectSources(
            files=tuple(composes),
            folder="Sample.Project",
            dotenv=dotenv,
            environment=environment or {},
            profiles=profiles,
            others=others,
        )
    )
