"""Signing with a certificate of our own making, by the real tool."""

import datetime
import os
import shutil
import subprocess

import pytest

from shipping import product, signing
from shipping.installers import PackingError, make_msi, make_setup
from shipping.signing import CERTIFICATE, PASSWORD, THUMBPRINT, TIMESTAMP, SigningError, certificate
from tests.packaging.conftest import waited_for

SECRET = "p a$s \"'"


def test_that_without_a_certificate_nothing_is_signed_and_one_that_is_missing_is_told(tmp_path):
    assert certificate({}, "linux") is None
    assert certificate({PASSWORD: "x"}, "win32") is None
    with pytest.raises(SigningError, match="no such file"):
        certificate({CERTIFICATE: str(tmp_path / "none.pfx")}, "linux")


def test_that_windows_is_told_a_thumbprint_and_never_a_password():
    named = {THUMBPRINT: "ab" * 20, PASSWORD: "secret", TIMESTAMP: "https://t.example.com"}
    given = certificate(named, "win32")
    assert given is not None
    words = signing.signtool(given, "x.exe")
    assert "ab" * 20 in words
    assert "https://t.example.com" in words
    assert not any("secret" in word for word in words)


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A certificate that nobody trusts, in the environment; returns its public half."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test of signing")])
    now = datetime.datetime.now(datetime.UTC)
    usage = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.CODE_SIGNING])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(usage, critical=False)
        .sign(key, hashes.SHA256())
    )
    locked = BestAvailableEncryption(SECRET.encode())
    packed = pkcs12.serialize_key_and_certificates(b"test", key, made, None, locked)
    (tmp_path / "own.pfx").write_bytes(packed)
    (tmp_path / "own.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    monkeypatch.setenv(CERTIFICATE, str(tmp_path / "own.pfx"))
    monkeypatch.setenv(PASSWORD, SECRET)
    return tmp_path / "own.pem"


def verified(path, own):
    ran = subprocess.run(
        ["osslsigncode", "verify", "-CAfile", own, "-in", path], capture_output=True, text=True, check=False
    )
    return ran.returncode == 0 and "Test of signing" in ran.stdout


@pytest.mark.packages
def test_that_programs_setup_its_uninstaller_and_package_are_signed(wine, staged, icon, own, tmp_path):
    given = certificate(os.environ)
    folder = staged("0.1.0", {})
    program = folder.folder / "wcn.exe"
    before = program.read_bytes()
    signing.sign([program], given)
    setup = make_setup(folder, tmp_path / "console-setup.exe", icon=icon, certificate=given)
    package = make_msi(folder, tmp_path / "package.msi", icon=icon, certificate=given)
    assert wine.run(setup, "/S", "/CurrentUser", r"/D=C:\Signed").code == 0
    uninstaller = wine.drive / "Signed" / "uninstall.exe"
    assert all(verified(path, own) for path in (program, setup, package, uninstaller))
    assert wine.run(program).code == 0  # it still runs
    # The next set-up would install to where this one did.
    assert wine.run(uninstaller, "/S", "/Scope=user").code == 0
    waited_for(lambda: wine.registry(rf"HKCU\Software\{product.IDENTIFIER}") is None)
    # What is changed after signing is found out.
    shutil.copy(program, tmp_path / "changed.exe")
    data = bytearray(program.read_bytes())
    data[len(before) // 2] ^= 1
    (tmp_path / "changed.exe").write_bytes(data)
    assert not verified(tmp_path / "changed.exe", own)


@pytest.mark.packages
def test_that_a_setup_whose_uninstaller_could_not_be_signed_is_not_made(
    staged, icon, own, tmp_path, monkeypatch
):
    given = certificate(os.environ)
    monkeypatch.setenv(PASSWORD, "wrong")  # makensis hands this environment on to what signs
    with pytest.raises(PackingError, match="makensis ended with"):
        make_setup(staged("0.1.0", {}), tmp_path / "console-setup.exe", icon=icon, certificate=given)
    assert not (tmp_path / "console-setup.exe").exists()


@pytest.mark.packages
def test_that_the_tools_own_words_are_told(own, tmp_path, monkeypatch):
    monkeypatch.setenv(PASSWORD, "wrong")
    (tmp_path / "x.exe").write_bytes(b"no program")
    with pytest.raises(SigningError, match="osslsigncode ended with"):
        signing.sign([tmp_path / "x.exe"], certificate(os.environ))
