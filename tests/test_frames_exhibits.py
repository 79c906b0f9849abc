"""An exhibit as a frame: a row a point, none for a year without a figure."""

import pytest

from playbook import frames
from playbook.model import InputError


def test_a_point_is_a_row_with_how_sure_it_is_and_where_it_stands():
    results = frames.exhibit("alcoa", "results")
    # five rates, six incomes, five returns on equity
    assert results.groupby("series").size().to_dict() == {
        "Lost-workday rate": 5,
        "Net income": 6,
        "Return on equity": 5,
    }
    of_1996 = results[results.year == 1996].set_index("series")
    assert of_1996["value"].to_dict() == {"Net income": 514.9, "Return on equity": 11.6}
    assert set(of_1996["sure"]) == {"First-hand record"}
    assert results["source"].str.startswith("http").all()
    rates = results[results.series == "Lost-workday rate"]
    assert list(rates.year) == [1987, 1997, 1998, 2001, 2002]


@pytest.mark.parametrize(
    ("case", "exhibit", "said"),
    [("alcoa", "sales", "has no exhibit 'sales'; there are results"), ("x", "y", "no case 'x'")],
)
def test_what_is_not_there_is_said_in_a_sentence(case, exhibit, said):
    with pytest.raises(InputError, match=said):
        frames.exhibit(case, exhibit)
