"""The version resource of a Windows program, in the form that PyInstaller reads."""

from __future__ import annotations

from shipping import product


def version_resource(program: str) -> str:
    """What Explorer shows under Details of ``program``. Language 0409 is English, 04b0 Unicode."""
    numbers = (*product.numbers(), 0)
    strings = {
        "CompanyName": product.PUBLISHER,
        "FileDescription": product.PROGRAMS[program],
        "FileVersion": product.VERSION,
        "InternalName": program,
        "LegalCopyright": product.COPYRIGHT,
        "OriginalFilename": f"{program}.exe",
        "ProductName": product.NAME,
        "ProductVersion": product.VERSION,
    }
    entries = ", ".join(f"StringStruct({name!r}, {words!r})" for name, words in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, "
        "OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)), "
        f"kids=[StringFileInfo([StringTable('040904b0', [{entries}])]), "
        "VarFileInfo([VarStruct('Translation', [0x409, 1200])])])\n"
    )
