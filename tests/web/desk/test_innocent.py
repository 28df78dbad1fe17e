from xiaohao.screening.catalogue import catalogue
from xiaohao.web.desk.pages.innocent import INNOCENT


def test_every_check_that_may_speak_has_its_innocent_explanation_in_words() -> None:
    assert set(INNOCENT) == set(catalogue())
