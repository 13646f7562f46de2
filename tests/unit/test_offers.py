"""What is offered when it is not clear what was meant."""

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.offers import Offers

TITLES = {"faq/cost": "Cost", "faq/insurance": "Insurance", "faq/referral": "Referral", "greet": "Hello"}
LABELS = [*TITLES, "out_of_scope", "nlu_fallback", "emergency_medical"]


def likeliest(*ranking: tuple[str, float]) -> list[str]:
    return [label for label, _ in Offers(TITLES).likeliest(ranking)]


def test_the_likeliest_come_first():
    assert likeliest(("faq/cost", 0.4), ("faq/insurance", 0.3)) == ["faq/cost", "faq/insurance"]


def test_that_nothing_was_sure_is_no_topic_of_its_own():
    assert likeliest(("nlu_fallback", 0.6), ("faq/cost", 0.4)) == ["faq/cost"]


def test_a_topic_without_a_title_is_never_offered():
    assert likeliest(("emergency_medical", 0.3), ("faq/cost", 0.3)) == ["faq/cost"]


def test_nothing_is_offered_for_what_is_about_something_else():
    assert likeliest(("out_of_scope", 0.4), ("faq/cost", 0.3)) == []
    assert likeliest(("faq/cost", 0.08), ("faq/insurance", 0.07)) == []
    assert likeliest() == []


@given(st.lists(st.tuples(st.sampled_from(LABELS), st.floats(0, 1)), max_size=8))
def test_at_most_three_are_offered_each_by_its_title(ranking):
    offered = Offers(TITLES).likeliest(ranking)
    assert len(offered) <= 3
    assert all(TITLES[label] == title for label, title in offered)
