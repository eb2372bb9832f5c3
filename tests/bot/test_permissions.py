"""What SECURITY.md says of who is answered what and where is what the pipeline does: a sample here, all in a trial."""

from __future__ import annotations

from contextlib import closing

from tests.bot.permissions import PLACES_OF_CELLS, WAYS_OF_CELLS, Company, cells, read, ways
from tests.sampling import sampled, some


@sampled
def test_the_table_of_permissions_is_what_happens(larkspur: str) -> None:
    said, by = read(PLACES_OF_CELLS), read(WAYS_OF_CELLS)
    assert ([*said], [*by]) == (cells(), ways())
    with closing(Company(larkspur)) as company:
        asked = some(cells(), 16)
        assert {cell: company.told(cell) for cell in asked} == {cell: said[cell] for cell in asked}
        tried = some(ways(), 8, start=3)
        assert {cell: company.told_by(cell) for cell in tried} == {cell: by[cell] for cell in tried}
