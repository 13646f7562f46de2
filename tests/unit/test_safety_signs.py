"""The project's own signs: each kind of danger is found, and what only sounds like it is not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.yaml_files import parse
from bot.errors import ContentError
from bot.safety.screen import project_signs
from bot.safety.signs import URGENCY, SignContent, Signs
from bot.understanding.english import load_english


def first(text: str):
    return project_signs().read(load_english()(text.lower()))[0]


@pytest.mark.parametrize(
    ("text", "id", "kind"),
    [
        ("his mouth is sagging on the left", "emergency_medical", "stroke"),
        ("my arm suddenly went weak", "emergency_medical", "stroke"),
        ("crushing pain across my chest", "emergency_medical", "heart"),
        ("I cannot breathe", "emergency_medical", "breathing"),
        ("he isn't breathing", "emergency_medical", "breathing"),
        ("she is choking on a carrot", "emergency_medical", "choking"),
        ("the bleeding will not stop", "emergency_medical", "bleeding"),
        ("we can't wake my uncle", "emergency_medical", "unconscious"),
        ("grandpa hit his head and is vomiting", "emergency_medical", "head_injury"),
        ("my nephew drank bleach", "emergency_medical", "poison"),
        ("her throat is closing", "emergency_medical", "breathing"),
        ("my tongue is swelling", "emergency_medical", "breathing"),
        ("please call an ambulance", "emergency_medical", None),
        ("no puedo respirar", "emergency_medical", "breathing"),
        ("I am going to kill myself", "crisis_self_harm", None),
        ("she says she wants to die", "crisis_self_harm", None),
        ("I think of ending my life", "crisis_self_harm", None),
        ("the voices tell me to jump", "crisis_self_harm", "harm_to_others"),
        ("I will stab him", "crisis_self_harm", "harm_to_others"),
        ("my boyfriend punched me", "abuse_report", None),
        ("he beats me", "abuse_report", None),
        ("my dad beats the kids", "abuse_report", None),
        ("i dnt want to live", "crisis_self_harm", None),
        ("the nurse is rough with my grandfather", "abuse_report", None),
        ("my uncle was mistreated", "abuse_report", None),
        ("I fell in the garage", "fall_report", None),
        ("he keeps falling", "fall_report", "repeated"),
        ("my aunt is lying on the floor", "fall_report", None),
        ("can I take ibuprofen before the visit", "medication_question", None),
        ("he missed his evening pills", "medication_question", None),
        ("does my brother have arthritis", "medical_advice", None),
        ("what's wrong with my elbow", "medical_advice", None),
    ],
)
def test_danger_is_found(text, id, kind):
    sign = first(text)
    assert sign is not None
    assert (sign.id, sign.kind) == (id, kind)


@pytest.mark.parametrize(
    "text",
    [
        "it beats me how this works",
        "my phone is about to die",
        "the bucket smells like something died in it",
        "dooes my plan pay",
        "he is not choking",
        "she had a stroke three years ago",
        "after my heart attack I get tired, do you help with that",
        "what are the signs of a heart attack",
        "do you treat suicidal patients",
        "what if she has a seizure during a visit",
        "this jar is killing me",
        "I'm dying to start",
        "the chest strap is too tight",
        "a class on preventing falls",
        "he fell asleep in the chair",
        "the handle fell off my walker",
        "is there a box for my pills",
        "my phone died",
        "who do I call for an emergency contact form",
        "hit me up with the address",
    ],
)
def test_what_only_sounds_like_danger_is_ordinary(text):
    assert first(text) is None


def test_danger_in_one_half_wins_over_the_other():
    assert (
        first("I'd like to move my visit, and by the way my father can't breathe").id == "emergency_medical"
    )
    assert first("he never had a stroke, but right now his face is drooping").kind == "stroke"


def test_what_happens_now_outweighs_what_was():
    assert first("he had a stroke last year and tonight his face is drooping again").kind == "stroke"


def test_a_sign_inside_a_longer_one_gives_way():
    assert first("I wish I would not wake up again").id == "crisis_self_harm"
    assert first("she will not wake up").id == "emergency_medical"


def test_a_no_that_belongs_to_the_sign_is_no_denial():
    assert first("he cannot sleep and is not breathing").kind == "breathing"


def test_the_most_urgent_sign_counts():
    assert first("she fell, and now there is crushing chest pain").id == "emergency_medical"


@pytest.mark.parametrize(
    "text", ["chocking on meat", "she cant breath", "unconscous", "I want too kill myself"]
)
def test_a_slip_of_the_keys_hides_nothing(text):
    assert first(text) is not None


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    sign = first(text)
    assert sign is None or sign.id in URGENCY


def test_a_slip_in_the_file_names_the_field():
    shape = {name: [] for name in SignContent.__fields__ if name not in ("words", "signs")}
    wrong = {**shape, "signs": [{"id": "broken_heart", "kind": None, "phrases": ["heart"]}]}
    with pytest.raises(ContentError, match=r"signs\.yml: signs\.0\.id: 'broken_heart' is not a safety id"):
        parse(Path("signs.yml"), SignContent, wrong)
    wrong = {**shape, "signs": [{"id": URGENCY[0], "kind": None, "phrases": ["x"], "excused_by": ["luck"]}]}
    with pytest.raises(ContentError, match="'luck' is not one of"):
        parse(Path("signs.yml"), SignContent, wrong)


def test_an_empty_file_finds_nothing():
    shape = {name: [] for name in SignContent.__fields__ if name != "words"}
    nothing = Signs(SignContent.parse_obj(shape), load_english())
    assert nothing.read(load_english()("he is not breathing"))[0] is None
