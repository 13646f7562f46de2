"""What is sealed opens in its place with its key, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SealBroken
from bot.store.sealing import Vault

OLD, NEW = "an old key of more than thirty-two signs", "a new key of more than thirty-two signs"
VALUES = st.dictionaries(
    st.text(max_size=20), st.text(max_size=200) | st.none() | st.lists(st.text(max_size=9))
)


@given(VALUES)
def test_what_was_sealed_opens_also_after_the_key_changed(value):
    sealed = Vault([OLD]).seal(value, "row 1")
    assert Vault([OLD]).open(sealed, "row 1") == value
    rotated = Vault([NEW, OLD])
    assert rotated.open(sealed, "row 1") == value
    assert Vault([NEW]).open(rotated.seal(value, "row 1"), "row 1") == value


def test_it_does_not_open_elsewhere_or_changed_or_without_its_key():
    vault = Vault([OLD])
    sealed = vault.seal("Ana Lopez", "row 1")
    changed = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    for problem in (
        lambda: vault.open(sealed, "row 2"),
        lambda: vault.open(changed, "row 1"),
        lambda: Vault([NEW]).open(sealed, "row 1"),
    ):
        with pytest.raises(SealBroken) as told:
            problem()
        assert "Ana" not in str(told.value)


def test_the_same_words_never_look_the_same_but_are_found_by_their_hash():
    vault = Vault([OLD])
    assert vault.seal("Ana", "row 1") != vault.seal("Ana", "row 1")
    assert "Ana" not in vault.seal("Ana", "row 1")
    assert vault.hash("Ana") == Vault([OLD, NEW]).hash("Ana")
    assert vault.hash("Ana") != Vault([NEW]).hash("Ana")
    assert vault.hash("Ana") != vault.hash("ana")
