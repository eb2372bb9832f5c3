"""What SECURITY.md says of who is answered what and where is what the pipeline does: a sample here, all in a trial."""

from __future__ import annotations

from contextlib import closing

from tests.bot.permissions import Company, cells, read
from tests.sampling import sampled, some


@sampled
def test_the_table_of_permissions_is_what_happens(larkspur: str) -> None:
    said = read()
    assert [*said] == cells()
    with closing(Company(larkspur)) as company:
        asked = some(cells(), 16)
        assert {cell: company.told(cell) for cell in asked} == {cell: said[cell] for cell in asked}
