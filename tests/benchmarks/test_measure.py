import pytest

from benchmarks.measure import percentile, summary


@pytest.mark.parametrize(
    ("percent", "expected"), [(1, 1), (50, 50), (95, 95), (99, 99), (100, 100)]
)
def test_a_percentile_is_a_sample_that_so_many_do_not_exceed(percent, expected):
    assert percentile(range(100, 0, -1), percent) == expected


@pytest.mark.parametrize("percent", [1, 50, 99])
def test_one_sample_is_every_percentile(percent):
    assert percentile([7], percent) == 7


def test_a_summary_is_in_milliseconds():
    assert summary([0.001, 0.003, 0.002]) == {
        "requests": 3,
        "p50_ms": 2.0,
        "p95_ms": 3.0,
        "p99_ms": 3.0,
    }
