import ipaddress

from hypothesis import given
from hypothesis import strategies as st

from console.domain.pseudonyms.addresses import AddressPseudonyms, is_address

KEY = b"k" * 32
V4 = st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address)


def common(left, right):
    """How many bits two addresses have in common from the left."""
    return 32 - (int(left) ^ int(right)).bit_length()


@given(V4, V4, st.binary(min_size=16, max_size=16))
def test_that_two_addresses_have_as_long_a_prefix_in_common_as_before(left, right, key):
    names = AddressPseudonyms(key)
    mapped = [ipaddress.IPv4Address(names.replaced(str(one))) for one in (left, right)]
    assert common(*mapped) == common(left, right)
    assert [one.is_private for one in mapped] == [left.is_private, right.is_private]


@given(V4, st.integers(1, 32))
def test_that_an_address_is_in_its_subnet_afterwards(address, bits):
    names = AddressPseudonyms(KEY)
    subnet = ipaddress.ip_network(f"{address}/{bits}", strict=False)
    mapped = ipaddress.ip_network(names.replaced(str(subnet)))
    assert mapped.prefixlen == bits
    assert ipaddress.ip_address(names.replaced(str(address))) in mapped


def test_that_addresses_are_found_in_the_midst_of_words_and_versions_are_none():
    names = AddressPseudonyms(KEY)
    told = "listen tcp 10.1.2.3:53: bind; gateway=10.1.2.1,dns 8.8.8.8, Windows 10.0.20348.2113"
    replaced = names.replaced(told)
    assert "10.1.2.3" not in replaced
    assert "8.8.8.8" not in replaced
    assert replaced.endswith("Windows 10.0.20348.2113")
    assert f"{names.replaced('10.1.2.3')}:53" in replaced
    assert f"gateway={names.replaced('10.1.2.1')}," in replaced


def test_that_what_is_the_same_on_every_host_stays():
    names = AddressPseudonyms(KEY)
    for address in ("127.0.0.1", "0.0.0.0/0", "169.254.10.20", "168.63.129.16", "::1", "fe80::1", "12:30:45"):
        assert names.replaced(address) == address


def test_that_a_mac_address_keeps_its_vendor_and_its_block_of_hns():
    names = AddressPseudonyms(KEY)
    first, last = names.replaced("00-15-5D-52-C0-00"), names.replaced("00-15-5D-52-CF-FF")
    assert first.startswith("00-15-5D-")
    assert first != "00-15-5D-52-C0-00"
    assert (first[:13], first[13:], last[13:]) == (last[:13], "0-00", "F-FF")
    assert names.replaced("00:15:5d:52:c0:00") == first.replace("-", ":").lower()


def test_that_an_ipv6_address_is_replaced_within_its_prefix():
    names = AddressPseudonyms(KEY)
    subnet = ipaddress.ip_network(names.replaced("2001:db8:1:2::/64"))
    address = names.replaced("2001:db8:1:2::7")
    assert ipaddress.ip_address(address) in subnet
    assert address != "2001:db8:1:2::7"


def test_that_a_name_is_no_address():
    assert not any(map(is_address, ("cafe", "db", "web-1", "dead.beef", "10.0.20348.1 x", "1:2")))
    assert all(map(is_address, ("10.0.0.1", "10.0.0.0/8", "fe80::1/64", "00:15:5d:00:00:01")))
