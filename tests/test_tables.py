"""A table of values is one test, and none of its rows is lost by that."""

from __future__ import annotations

import pytest

FOLDING = """
from tests.tables import tables

def pytest_collection_modifyitems(items):
    items[:] = tables(items)
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project whose tables are run as one test each."""
    pytester.makeconftest(FOLDING)
    return pytester


def test_every_row_is_checked_and_each_that_fails_is_named(project: pytest.Pytester) -> None:
    project.makepyfile("""
        import pytest

        @pytest.fixture(scope="module")
        def limit():
            return 3

        @pytest.mark.parametrize("name", ["good", "bad"])
        @pytest.mark.parametrize("number", range(5))
        def test_names(name, number, limit):
            assert name == "good" or number < limit
    """)
    run = project.runpytest_inprocess("-p", "no:cacheprovider")
    run.assert_outcomes(failed=1)
    run.stdout.fnmatch_lines(["*2 of 10 rows fail*", "*in the row ?3-bad? of test_names*", "*in the row ?4-bad?*"])


def test_a_table_passes_where_all_rows_do_and_is_skipped_where_all_are(project: pytest.Pytester) -> None:
    project.makepyfile("""
        import pytest

        @pytest.mark.parametrize("number", [1, 2])
        def test_good(number):
            assert number

        @pytest.mark.parametrize("number", [1, 2])
        def test_partly_skipped(number):
            if number == 1:
                pytest.skip("not here")

        @pytest.mark.parametrize("number", [1, 2])
        def test_skipped(number):
            pytest.skip("not here")
    """)
    project.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=2, skipped=1)


def test_a_row_with_something_of_its_own_stays_a_test(project: pytest.Pytester) -> None:
    project.makepyfile("""
        import pytest

        @pytest.fixture(params=["a", "b"], scope="module")
        def backend(request):
            return request.param

        @pytest.mark.parametrize("number", [1, 2])
        def test_with_a_folder(number, tmp_path):
            pass

        @pytest.mark.parametrize("number", [1, pytest.param(2, marks=pytest.mark.skip)])
        def test_marked(number):
            pass

        @pytest.mark.parametrize("number", [1, 2])
        def test_on_each(number, backend):
            pass
    """)
    project.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=7, skipped=1)
