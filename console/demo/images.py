"""The few images in the practice host's store. There is no registry behind it."""

from __future__ import annotations

from console.demo.builds import WindowsBuild
from console.demo.identity import Identity
from console.demo.state import ImageState

REGISTRY = "mcr.microsoft.com/windows"
NO_REGISTRY = 'the practice host reaches no registry: use one of the images that "docker images" lists'


def stored_images(build: WindowsBuild, identity: Identity, now: float) -> list[ImageState]:
    """Images made for the host's own build, as ``docker images`` lists them."""
    rows: tuple[tuple[list[str], int, list[str], list[str], list[str]], ...] = (
        (
            [f"{REGISTRY}/nanoserver:{build.tag}", "nanoserver:latest"],
            296_000_000,
            [r"c:\windows\system32\cmd.exe"],
            [],
            [],
        ),
        (
            [f"{REGISTRY}/servercore:{build.tag}", "servercore:latest", "windowsservercore:latest"],
            4_630_000_000,
            [r"c:\windows\system32\cmd.exe"],
            [],
            [],
        ),
        (
            [f"{REGISTRY}/servercore/iis:windowsservercore-{build.tag}", "iis:latest"],
            4_930_000_000,
            [],
            [r"C:\ServiceMonitor.exe", "w3svc"],
            ["80/tcp"],
        ),
    )
    return [
        ImageState(
            id=f"sha256:{identity.hex_id()}",
            tags=tags,
            created=now - 30 * 86400,
            size=size,
            command=command,
            entrypoint=entrypoint,
            os_build=build.build,
            exposed=exposed,
        )
        for tags, size, command, entrypoint, exposed in rows
    ]


def find_image(images: list[ImageState], term: str) -> ImageState | None:
    """An image by tag, id or beginning of its id."""
    last = term.rsplit("/", maxsplit=1)[-1]
    tagged = term if ":" in last or "@" in last else f"{term}:latest"
    for image in images:
        if tagged in image.tags or term == image.id:
            return image
    short = [
        image for image in images if len(term) >= 4 and image.id.removeprefix("sha256:").startswith(term)
    ]
    return short[0] if len(short) == 1 else None
