"""What `kill -9` would leave of a SQLite store at chosen statements: its files as they lie on the disk just then.

What a process has not written yet dies with it, and what it wrote is in the files, so that a copy of them is what is
found after a kill. One undisturbed run gives any number of them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from sqlalchemy import Engine, event

POINTS = ("before_cursor_execute", "after_cursor_execute", "commit")


class Left:
    """Copies a store's folder at random points of a run, each as likely as any other: `stores` has what is kept."""

    def __init__(self, store: Path, into: Path, points: int) -> None:
        self._store, self._into, self._points = store, into, points
        self._chance, self._count = Random(points), 0
        self._kept: list[Path] = []

    @property
    def stores(self) -> list[Path]:
        """The stores that a kill at the chosen points left, where it left a file at all."""
        return [store for folder in self._kept if (store := folder / self._store.name).exists()]

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Copy while the block runs."""
        for point in POINTS:
            event.listen(Engine, point, self._reached)
        try:
            yield
        finally:
            for point in POINTS:
                event.remove(Engine, point, self._reached)

    def _reached(self, *_: object) -> None:
        self._count += 1
        place = self._chance.randrange(self._count)
        if place >= self._points:
            return
        folder = self._into / str(self._count)
        folder.mkdir(parents=True)
        for file in self._store.parent.glob(f"{self._store.name}*"):
            if not file.name.endswith("-shm"):  # made anew by whoever opens it first
                shutil.copyfile(file, folder / file.name)
        if len(self._kept) < self._points:
            self._kept.append(folder)
        else:  # one of those before makes room, so that all points are as likely without being counted first
            shutil.rmtree(self._kept[place])
            self._kept[place] = folder
