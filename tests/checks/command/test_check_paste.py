"""Pasted docker commands and Compose files, right and wrong, checked for Windows."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.checks.command import check_paste

TWO_SUBNETS = (
    "docker network create -d l2bridge --subnet=10.1.0.0/24 --gateway=10.1.0.1 --subnet=10.2.0.0/24 "
    "--gateway=10.2.0.1 n"
)
PREFIX = "com.docker.network.windowsshim.interface="


def only(text, **options):
    found = check_paste(text, **options)
    assert len(found) == 1
    return found[0]


def problems(verdict):
    return {trouble.id for trouble in verdict.troubles}


@pytest.mark.parametrize(
    ("flag", "told"),
    [
        ("--aux-address a=10.1.0.9", "--aux-address"),
        ("--internal", "--internal"),
        ("--ip-range 10.1.0.0/25", "--ip-range"),
        ("--ipam-driver infoblox", "--ipam-driver"),
        ("--ipam-opt a=b", "--ipam-opt"),
        ("--ipv6", "--ipv6"),
        ("--opt encrypted", "--opt encrypted"),
        ("-o com.docker.network.bridge.name=br0", "--opt com.docker.network.bridge.name"),
    ],
)
def test_that_unsupported_network_options_are_named_and_left_out_of_the_command(flag, told):
    found = only(f"docker network create -d nat --subnet 10.1.0.0/24 --gateway 10.1.0.1 {flag} n")
    assert found.unsupported == (told,)
    assert not found.supported
    assert found.rewritten == "docker network create -d nat --subnet=10.1.0.0/24 --gateway=10.1.0.1 n"
    assert all(trouble.alternative for trouble in found.troubles)


@pytest.mark.parametrize("kind", ["run", "service create"])
@pytest.mark.parametrize(
    ("flag", "told"),
    [("--link a:b", "--link"), ("--ip6 fd00::2", "--ip6"), ("--dns-option ndots:1", "--dns-option")],
)
def test_that_unsupported_container_options_are_named_and_left_out(kind, flag, told):
    found = only(f"docker {kind} --name c {flag} image cmd --link")
    assert found.unsupported == (told,)
    assert found.rewritten == f"docker {kind} --name c image cmd --link"


def test_that_several_dns_search_domains_depend_on_the_build():
    text = "docker run --dns-search a.example --dns-search b.example image"
    assert only(text).unsupported == ("--dns-search",)
    assert only(text, build=14393).rewritten == "docker run --dns-search a.example image"
    assert only(text, build=20348).supported


def test_that_what_the_better_command_does_without_is_told():
    found = only("docker network create --driver nat --internal --subnet 10.1.0.0/24 n")
    assert found.left_out == ("--internal",)
    assert only("docker network create --driver bridge n").left_out == ()
    assert only("docker network create -d nat -o parent=eth0 n").left_out == ("--opt parent",)


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        (
            f'PS C:\\> docker network create -d transparent -o {PREFIX}"Ethernet 2", "Ethernet 3" team',
            f"docker network create -d transparent -o '{PREFIX}Ethernet 2,Ethernet 3' team",
        ),
        (
            "C:\\>docker network create \u2013d nat \u2014subnet=10.1.0.0/24 ^\r\n --gateway=10.1.0.1 n",
            "docker network create -d nat --subnet=10.1.0.0/24 --gateway=10.1.0.1 n",
        ),
        (
            "docker network create -d nat -- subnet=10.1.0.0/24 n",
            "docker network create -d nat --subnet=10.1.0.0/24 n",
        ),
        (
            "# hint\n$ sudo docker network create -d nat \\\n --subnet 10.1.0.7/24 --gateway 10.1.0.1 'n'",
            "docker network create -d nat --subnet=10.1.0.0/24 --gateway=10.1.0.1 n",
        ),
    ],
)
def test_that_accidents_of_typing_are_told_and_undone(text, rewritten):
    found = only(text)
    assert found.rewritten == rewritten
    assert found.supported


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("docker network create -d nat --subnet=172.16.2.0/24 --gateway=172.16.1.1 n", "refused-by-client"),
        ("docker network create -d transparent", "name-missing"),
        ('docker network create -d nat "n', "unreadable"),
        ("docker create network mynet", "words-swapped"),
    ],
)
def test_that_what_can_not_be_known_is_reported_and_not_guessed(text, problem):
    found = only(text)
    assert problem in problems(found)
    assert found.rewritten is None


def test_that_a_command_that_works_stays_as_it_is():
    text = "docker network create -d nat --subnet=10.1.0.0/24 --gateway=10.1.0.1 n"
    found = only(text)
    assert (found.supported, found.unsupported, found.troubles) == (True, (), ())
    assert found.rewritten == text


def test_that_a_driver_of_linux_has_its_counterpart():
    assert only(
        "docker network create -d macvlan --subnet 10.1.0.0/24 --gateway 10.1.0.1 -o parent=eth0 n"
    ).rewritten == ("docker network create -d transparent --subnet=10.1.0.0/24 --gateway=10.1.0.1 n")
    assert "driver-not-given" in problems(only("docker network create n"))


def test_that_a_compose_file_is_checked_network_by_network_and_service_by_service():
    text = """
services:
  web:
    image: i
    links: [db]
    network_mode: host
networks:
  default:
    external:
      name: nat
  own:
    driver: nat
    internal: true
    ipam:
      config:
      - subnet: 172.16.3.0/24
"""
    default, own, web = check_paste(text)
    assert default.name == "nat"
    assert own.unsupported == ("--internal",)
    assert own.rewritten is not None
    assert "internal" not in own.rewritten
    assert set(web.unsupported) == {"links", "network_mode"}


def test_that_the_seeds_own_snippets_work_and_the_default_network_has_no_forbidden_name():
    (external,) = check_paste('networks:\n default:\n  external:\n   name: "nat"\n')
    assert (external.name, external.supported, external.troubles) == ("nat", True, ())
    snippet = """
    networks:
      default:
        driver: nat
        ipam:
          driver: default
          config:
          - subnet: 172.16.3.0/24
    """
    (custom,) = check_paste(snippet)
    assert (custom.name, custom.subnets, custom.troubles) == ("default", ("172.16.3.0/24",), ())
    assert custom.rewritten is not None
    assert "name:" not in custom.rewritten


def test_that_a_compose_file_is_found_between_words_fences_and_prompts():
    text = (
        "My file:\r\n```yaml\r\nservices:\r\n  web:\r\n    image: i\r\n    dns_opt: [x]\r\n"
        "    ports: ['127.0.0.1:80:80']\r\n```\r\nand then\r\nPS C:\\> docker-compose up -d\r\n"
    )
    (web,) = check_paste(text)
    assert web.name == "web"
    assert set(web.unsupported) == {"dns_opt", "ports"}
    assert all(trouble.alternative for trouble in web.troubles)


def test_that_attaching_a_container_is_checked_too():
    found = only("docker network connect --ip 10.1.0.5 --ip6 fd00::2 --link db --driver-opt a=b lan web")
    assert (found.kind, found.name) == ("network connect", "lan")
    assert found.unsupported == ("--ip6", "--link", "--driver-opt")
    assert found.rewritten == "docker network connect --ip 10.1.0.5 lan web"
    assert "refused-by-client" in problems(only("docker network connect lan"))


@pytest.mark.parametrize(
    ("text", "early", "told"),
    [
        ("docker service create --publish 80:80 --endpoint-mode vip i", 14393, "unsupported-service-option"),
        ("docker service create i", 14393, "unsupported-service-option"),
        ("docker network create -d overlay --ingress mesh", 14393, "unsupported-network-option"),
        ("docker network create -d nat --subnet=172.16.5.0/24 n", 14393, "nat-multiple-unsupported"),
        ("docker network create -d overlay ov", 14393, "overlay-prerequisites"),
        (TWO_SUBNETS, 17763, "subnet-count"),
    ],
)
def test_that_what_came_with_a_later_windows_is_told_by_the_build(text, early, told):
    assert told in problems(only(text, build=early))
    assert told not in problems(only(text, build=26100))


def test_that_a_service_of_2016_keeps_what_works_there():
    text = "docker service create --endpoint-mode dnsrr --publish mode=host,target=80,published=8080 i"
    found = only(text, build=14393)
    assert (found.supported, found.rewritten) == (True, text)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("-d overlay -o com.docker.network.windowsshim.dnsservers=8.8.8.8", "windowsshim.dnsservers"),
        ("-d nat -o com.docker.network.windowsshim.sourcemac=00-15-5D-00-00-01", "windowsshim.sourcemac"),
        ("-d nat -o com.docker.network.driver.mtu=1400", "driver.mtu"),
    ],
)
def test_that_options_the_engine_takes_and_ignores_are_named_and_left_out(options, told):
    found = only(f"docker network create {options} n")
    assert found.unsupported == (f"--opt com.docker.network.{told}",)
    assert found.rewritten is not None
    assert "-o" not in found.rewritten
    assert all(trouble.alternative for trouble in found.troubles)


@pytest.mark.parametrize(
    ("port", "kept"),
    [
        ("127.0.0.1:80:80", "docker run -p 80:80 i"),
        ("8000-8010:80", "docker run i"),
        ("5:5/sctp", "docker run i"),
    ],
)
def test_that_a_port_windows_does_not_publish_is_told(port, kept):
    found = only(f"docker run -p {port} i")
    assert found.unsupported == (f"--publish {port}",)
    assert found.rewritten == kept


@pytest.mark.parametrize(
    "text",
    [
        "docker run -p 0.0.0.0:80:80 i",
        "docker run -p [::]:80:80 i",
        "docker run --privileged=false --read-only=0 i",
        "docker run --use-api-socket i",
    ],
)
def test_that_what_windows_takes_is_not_objected_to(text):
    found = only(text)
    assert found.supported
    assert found.troubles == ()


def test_that_a_port_of_every_address_stays_where_another_is_mended():
    found = only("docker run --link a -p 0.0.0.0:80:80 -p 127.0.0.1:81:81 i")
    assert found.rewritten == "docker run -p 0.0.0.0:80:80 -p 81:81 i"


@pytest.mark.parametrize("image", ["i", "$env:IMAGE"])
def test_that_a_program_in_quotes_is_still_called_in_powershell(image):
    pasted = f'PS C:\\> & "C:\\Program Files\\Docker\\docker.exe" run --link a {image}'
    assert only(pasted).rewritten.startswith("& 'C:\\Program Files\\Docker\\docker.exe' run ")


@pytest.mark.parametrize(
    "text",
    [
        "PS C:\\> docker network create `\r\n>> -d transparent `\r\n>> lan\r\n",
        "C:\\>docker network create ^\r\nMore? -d transparent ^\r\nMore? lan",
        "if ($ready) { docker network create -d transparent lan }",
        "docker network create -d \u201ctransparent\u201d lan",
        "(base) PS C:\\src> docker.exe --context win network create --driver=transparent lan  # mine",
        "user@host:~$ docker network create \\\n  -d transparent \\\n  lan",
    ],
)
def test_that_a_command_is_read_however_its_console_printed_it(text):
    found = only(text)
    assert (found.driver, found.name, found.supported) == ("transparent", "lan", True)


def test_that_typographic_quotes_are_told_where_the_shell_takes_them_for_letters():
    text = (
        "docker network create -d transparent -o com.docker.network.windowsshim.interface=\u201cLan 2\u201d n"
    )
    assert "typographic-quotes" in problems(only(text))
    assert "typographic-quotes" not in problems(only("PS C:\\> " + text))


def test_that_a_network_that_only_holds_settings_needs_no_driver():
    assert only("docker network create --config-only --subnet=10.1.0.0/24 settings").troubles == ()


def test_that_several_commands_of_one_paste_are_answered_in_their_order():
    text = "PS C:\\> docker network create -d nat a; docker run --network a i\r\nPS C:\\> docker ps\r\n"
    assert [found.kind for found in check_paste(text)] == ["network create", "run"]


def test_that_text_without_a_command_has_no_answer():
    assert check_paste("I like docker a lot.\nhello: world") == ()


def test_that_a_yaml_bomb_is_refused_quickly():
    bomb = "x0: &x0 {a: b}\n" + "".join(
        f"x{at}: &x{at} {{<<: [{', '.join([f'*x{at - 1}'] * 9)}]}}\n" for at in range(1, 12)
    )
    started = time.perf_counter()
    found = check_paste(bomb + "networks: *x11\n")
    assert problems(found[0]) == {"unreadable"}
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("pasted", "rewritten"),
    [
        (r"C:\> docker run -v %CD%:c:\app --net host img", r'docker run -v "%CD%:c:\app" img'),
        ("PS C:\\> docker run -e A=$env:X --net host img", 'docker run -e "A=$env:X" img'),
        ("$ docker run -v $(pwd):/app --net host img", 'docker run -v "$(pwd):/app" img'),
        ("PS C:\\> docker run -e '$a' -e $b --net host img", None),  # which of the two is a variable?
        ("PS C:\\> docker network create -d nat $name", None),
    ],
)
def test_that_a_variable_stays_one_in_the_rewritten_command(pasted, rewritten):
    assert only(pasted).rewritten == rewritten


def test_that_a_variable_in_place_of_a_subnet_is_told_and_not_judged():
    assert problems(only("docker network create -d nat --subnet=$subnet n")) == {"variable"}


def test_that_deep_nesting_raises_nothing():
    assert check_paste("networks:\n  a: " + "[" * 30_000)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(max_size=400), st.binary(max_size=400).map(lambda data: data.decode("latin-1"))),
    st.sampled_from(
        [
            "docker network create ",
            "docker run ",
            "docker network connect ",
            "networks:\n  ",
            "services:\n  a:\n",
            "",
        ]
    ),
)
def test_that_no_text_makes_it_raise(text, before):
    for found in check_paste(before + text):
        found.document()


@pytest.mark.parametrize(
    "unit",
    [
        "docker run ", "docker network create -d nat --subnet 10.0.0.0/8 ", '"', "'", "\\\n", "`\n", "^",
        "{ ", "networks:\n  a: [", "services:\n", "- ", "&a [*a, ", "\0", "{{", "x: &x {<<: *x}\n", ">> ",
    ],
)  # fmt: skip
def test_that_a_huge_text_is_answered(unit):
    for text in (unit * (2_000_000 // len(unit)), "networks:\n  a:\n    " + unit * 60_000):
        for found in check_paste(text):
            found.document()
