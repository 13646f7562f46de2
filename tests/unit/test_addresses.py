"""Whose address the limits count: never one that a stranger wrote."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.addresses import asking_address

PROXIES = (ip_network("127.0.0.1"), ip_network("10.0.0.0/8"))
PERSON, STRANGER = "203.0.113.7", "198.51.100.9"


@pytest.mark.parametrize(
    ("peer", "forwarded", "asking"),
    [
        (PERSON, "", PERSON),
        (PERSON, STRANGER, PERSON),
        ("127.0.0.1", PERSON, PERSON),
        ("127.0.0.1", f"{STRANGER}, {PERSON}", PERSON),
        ("127.0.0.1", f"{STRANGER}, {PERSON}, 10.1.2.3", PERSON),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", f"{PERSON}, ", "127.0.0.1"),
        ("127.0.0.1", "10.0.0.1, 10.0.0.2", "10.0.0.1"),
        ("::ffff:127.0.0.1", f"::ffff:{PERSON}", PERSON),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("127.0.0.1", "2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
    ],
)
def test_only_what_a_trusted_web_server_wrote_counts(peer, forwarded, asking):
    assert asking_address(peer, forwarded, PROXIES) == asking


@given(st.text())
def test_nobody_is_believed_when_no_web_server_is_trusted(forwarded):
    assert asking_address(PERSON, forwarded, ()) == PERSON


@given(st.text())
def test_a_header_of_any_form_can_be_read(forwarded):
    assert asking_address("127.0.0.1", forwarded, PROXIES)
