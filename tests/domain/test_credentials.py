import pytest

from console.domain.credentials import REMOVED, CredentialRemover, is_secret_name, without_credentials
from console.domain.rewriting import rewritten
from console.domain.snapshot import Network

SWARM = "SWMTKN-1-49nj1cmql0jkz5s954yi3oex3nedyz0fb0xx14ie39trti4wxv-8vxv8rssmk743ojnwacrr2e7c"


@pytest.mark.parametrize(
    ("words", "secret"),
    [
        ("http://proxyuser:hunter2@proxy.corp:8080", "hunter2"),
        ("HTTP_PROXY=proxyuser:hunter2@proxy.corp:8080", "hunter2"),
        ("-e DB_PASSWORD=hunter2 -e A=b", "hunter2"),
        ('{"Password": "hunter2 and more", "Id": 7}', "hunter2"),
        ("Server=sql;User Id=sa;Pwd=hunter2;Encrypt=True", "hunter2"),
        ("docker login --username me --password hunter2 registry", "hunter2"),
        ("Authorization: Bearer hunter2hunter2", "hunter2"),
        ("docker swarm join --token " + SWARM + " 10.0.0.1:2377", "SWMTKN"),
        ("-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----", "hunter2"),
        ("-----BEGIN PRIVATE KEY-----\nhunter2 (cut", "hunter2"),
        ("eyJhbGciOi.eyJzdWIi.c2ln", "eyJ"),
        ("ghp_0123456789abcdefghij", "ghp_"),
        ("api-key: hunter2", "hunter2"),
        ("AccountKey=hunter2==;EndpointSuffix=x", "hunter2"),
    ],
)
def test_that_a_credential_is_taken_out(words, secret):
    told = without_credentials(words)
    assert secret not in told
    assert REMOVED in told


@pytest.mark.parametrize(
    "words",
    [
        "mcr.microsoft.com/windows/servercore:ltsc2022@sha256:0123456789abcdef",
        "hnsCall failed in Win32: An adapter was not found. (0x803b0006)",
        "com.docker.network.windowsshim.interface=Ethernet 2",
        "the tokenizer of the author is 10.0.0.1:80",
        "listen tcp 0.0.0.0:80: bind: permission denied",
        "tcp://10.0.0.1:2376",
    ],
)
def test_that_what_is_no_credential_stays(words):
    assert without_credentials(words) == words


def test_that_a_label_whose_name_means_a_secret_has_no_value():
    network = Network(
        id="a", name="n", driver="nat", labels={"dbPassword": "hunter2", "stage": "a", "url": "x://u:p@h"}
    )
    labels = rewritten(network, CredentialRemover()).labels
    assert labels == {"dbPassword": REMOVED, "stage": "a", "url": f"x://{REMOVED}@h"}


def test_which_names_mean_a_secret():
    secrets = ("PASSWORD", "db_password", "apiKey", "registry.token", "ConnectionString")
    others = ("author", "tokenizer", "key", "monkey", "passport", "tls.verify")
    assert all(map(is_secret_name, secrets))
    assert not any(map(is_secret_name, others))
