"""The clinic profile: a slip names the file and the field, and what is left out is never guessed."""

import copy
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.content.profile import FIELDS, read_profile
from bot.errors import ContentError
from bot.settings import ROOT

CLINIC = ROOT / "tests" / "support" / "clinic.yml"


@pytest.fixture
def written(tmp_path):
    """Writes the tests' clinic with one thing changed, and gives its path."""
    shape = YAML(typ="safe").load(CLINIC)

    def write(*field: object, value: object = None, removed: bool = False) -> Path:
        changed = copy.deepcopy(shape)
        part = changed
        for step in field[:-1]:
            part = part[step]
        if removed:
            del part[field[-1]]
        else:
            part[field[-1]] = value
        path = tmp_path / "clinic.yml"
        with path.open("w") as file:
            YAML(typ="safe").dump(changed, file)
        return path

    return write


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        (("clinic", "timezone"), "America/Riverbend", "clinic.timezone"),
        (("clinic", "naem"), "Hillside", "clinic.naem"),
        (("hours", "weekly", "monday"), ["9-17"], "hours.weekly"),
        (("hours", "weekly", "monday"), ["17:00-09:00"], "hours.weekly"),
        (("hours", "weekly", "mnoday"), ["09:00-17:00"], "hours.weekly"),
        (("hours", "closed_days"), ["Christmas"], "hours.closed_days"),
        (("booking", "lead_hours"), -1, "booking.lead_hours"),
        (("booking", "horizon_days"), 0, "booking.horizon_days"),
        (("visits", "types", 0, "minutes"), 50, "visits.types.0.minutes"),
        (("visits", "types", 0, "ages"), "everybody", "visits.types.0.ages"),
        (("visits", "types", 0, "id"), "adult~evaluation", "visits.types.0.id"),
        (("visits", "types", 1, "ages"), "adult", "visits.types"),
        (("clinicians", 0, "visit_types"), ["massage"], "clinicians.0"),
        (("clinicians", 0, "id"), "Bola Ade", "clinicians.0.id"),
        (("clinicians",), [], "clinicians"),
        (("clinicians", 0, "hours"), {"monday": ["9-17"]}, "clinicians.0.hours"),
        (("clinicians", 1, "id"), "ade", "clinicians"),
        (("hours", "special_days", 0, "clinician"), "nobody", "clinicians"),
        (("hours", "special_days", 0, "hours"), ["12:00-09:00"], "hours.special_days.0.hours"),
        (("visits", "types", 0, "place"), "the moon", "visits.types.0.place"),
        (("visits", "types", 0, "minutes_after"), 10, "visits.types.0.minutes_after"),
        (("visits", "types", 1, "id"), "adult_evaluation", "visits.types"),
        (("visits", "types", 0, "evaluation"), False, "visits.types"),
        (("visits", "rooms", 0, "visit_types"), ["video_visit"], "visits.rooms"),
        (("visits", "rooms", 0, "visit_types"), ["massage"], "visits.rooms"),
    ],
)
def test_a_slip_names_the_file_and_the_field(written, field, value, named):
    path = written(*field, value=value)
    with pytest.raises(ContentError) as problem:
        read_profile(path)
    assert str(problem.value).startswith(f"{path}: {named}")


def test_the_phone_cannot_be_left_out_because_every_answer_may_fall_back_on_it(written):
    with pytest.raises(ContentError, match="contact.phone"):
        read_profile(written("contact", "phone", removed=True))


def test_what_is_left_out_is_absent_and_not_guessed(written):
    fields = read_profile(written("prices", "evaluation", removed=True)).fields()
    assert "prices.evaluation" not in fields
    assert fields["prices.session"] == "$111"


def test_facts_are_words_an_answer_can_use(profile):
    fields = profile.fields()
    assert set(fields) <= FIELDS
    assert fields["contact.phone"] == "212-555-0187"
    assert fields["visits.evaluation_minutes"] == "60 to 90"
    assert fields["hours.weekly"] == (
        "Monday to Thursday 9 am to 5 pm, Friday 9 am to 12 pm and 1 pm to 5 pm, closed Saturday and Sunday"
    )
    assert fields["hours.weekend"] == "closed Saturday and Sunday"


def test_a_file_that_is_missing_or_no_yaml_is_named(tmp_path):
    with pytest.raises(ContentError, match="nowhere.yml: cannot be read"):
        read_profile(tmp_path / "nowhere.yml")
    broken = tmp_path / "broken.yml"
    broken.write_text("clinic: {name: [")
    with pytest.raises(ContentError, match="broken.yml: is not YAML"):
        read_profile(broken)
    empty = tmp_path / "empty.yml"
    empty.touch()
    with pytest.raises(ContentError, match="empty.yml"):
        read_profile(empty)


def test_the_demo_clinic_is_right():
    assert read_profile().contact.phone
