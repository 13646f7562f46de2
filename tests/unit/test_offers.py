"""What is offered when it is not clear what was meant."""

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.offers import Offers

TITLES = {"faq/cost": "Cost", "faq/insurance": "Insurance", "faq/referral": "Referral", "greet": "Hello"}
LABELS = [*TITLES, "out_of_scope", "emergency_medical"]


def likeliest(*ranking: tuple[str, float]) -> list[str]:
    return [label for label, _ in Offers(TITLES).likeliest(ranking)]


def test_the_likeliest_come_first():
    assert likeliest(("faq/cost", 0.4), ("faq/insurance", 0.3)) == ["faq/cost", "faq/insurance"]


def test_a_topic_without_a_title_is_never_offered():
    assert likeliest(("emergency_medical", 0.3), ("faq/cost", 0.3)) == ["faq/cost"]


def test_what_is_hardly_likely_is_not_worth_a_button():
    assert likeliest(("faq/cost", 0.4), ("faq/insurance", 0.01)) == ["faq/cost"]
    assert likeliest() == []


@given(st.lists(st.tuples(st.sampled_from(LABELS), st.floats(0, 1)), max_size=8))
def test_at_most_three_are_offered_each_by_its_title(ranking):
    offered = Offers(TITLES).likeliest(ranking)
    assert len(offered) <= 3
    assert all(TITLES[label] == title for label, title in offered)
