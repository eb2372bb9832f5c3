"""Lines over time as a PNG, with their figures in words for who does not see them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageColor, ImageDraw, ImageFont

from bot.drawing.lettering import Font, drawable
from bot.figures import short
from bot.text import cut

WIDTH, HEIGHT = 800, 420
FINER = 2  # drawn so much larger and made small again: smooth edges
PAPER, INK, SOFT, RULE = "#ffffff", "#1d1c1d", "#595959", "#dcdcdc"
# Each at least 4.5:1 against the paper; the marks tell the lines apart for who does not see the colours.
COLOURS = ("#0b5cad", "#b3470b", "#1b7a43", "#7b2cbf", "#a50f4c", "#4a4a4a")
SIDES = (0, 4, 3, 6, 5, 8)  # of a line's marks; 0 is a disc
LEFT, RIGHT, TOP, BOTTOM = 24, 28, 84, 62
LEGEND, ABREAST = 24, 3  # the height of a row of lines' names, and how many stand in it
TICKS = 5
DASH = 6  # the length of a piece of a broken line
SHADES = 8  # between a colour and the paper
MAX_ALT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is drawn: lines by name, each with one value for every time; `unit` says how figures are written, `partial`
    are the places of the times that are not whole."""

    title: str
    x_label: str
    y_label: str
    unit: str
    times: tuple[str, ...]
    lines: Mapping[str, tuple[float, ...]]
    partial: tuple[int, ...] = ()


def read(told: Mapping[str, Any]) -> Picture:
    """One that was kept as JSON."""
    lines = {str(name): tuple(map(float, line)) for name, line in told["lines"].items()}
    return Picture(**{**told, "times": tuple(told["times"]), "lines": lines, "partial": tuple(told.get("partial", ()))})


def alt_text(shown: Picture) -> str:
    """What it shows, in words: each line's first, last, lowest and highest value, of the times that are whole."""
    by = f"{shown.y_label} by {shown.x_label.lower()}"
    said = [f"Line chart: {shown.title}."] + ([f"{by}."] if len(shown.lines) > 1 else [])
    for name, line in shown.lines.items():
        whole = [at for at in range(len(line)) if at not in shown.partial] or [*range(len(line))]
        told = {
            "first": whole[0],
            "last": whole[-1],
            "lowest": min(whole, key=line.__getitem__),
            "highest": max(whole, key=line.__getitem__),
        }
        values = [f"{word} {short(line[at], shown.unit)} ({shown.times[at]})" for word, at in told.items()]
        said.append(f"{name if len(shown.lines) > 1 else by}: {', '.join(values)}.")
    if shown.partial:
        said.append(f"Not whole: {', '.join(shown.times[at] for at in shown.partial)}.")
    return cut(" ".join(said), MAX_ALT)


def png(shown: Picture) -> bytes:
    """The picture; the same values give the same bytes."""
    image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), PAPER)
    _Canvas(ImageDraw.Draw(image), shown).draw()
    out = BytesIO()
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    small.quantize(palette=_palette(), dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


class _Canvas:
    """Places and draws; all its lengths are those of the finished picture."""

    def __init__(self, pen: ImageDraw.ImageDraw, shown: Picture) -> None:
        self.pen, self.shown = pen, shown
        self.ticks = _ticks([value for line in shown.lines.values() for value in line])
        written = [short(tick, shown.unit) for tick in self.ticks]
        self.left = LEFT + max(self.length(word, 14) for word in written) + 10
        self.right = WIDTH - RIGHT
        self.rows = math.ceil(len(shown.lines) / ABREAST) if len(shown.lines) > 1 else 0
        self.bottom = HEIGHT - BOTTOM - self.rows * LEGEND

    def draw(self) -> None:
        """Everything, the lines last."""
        self.write((LEFT, 16), self.fitting(self.shown.title, 22), 22, INK)
        self.write((LEFT, 50), self.shown.y_label, 14, SOFT)
        self.scale()
        self.names_of_times()
        self.write(((self.left + self.right) / 2, self.bottom + 32), self.shown.x_label, 14, SOFT, "ma")
        for number, line in enumerate(self.shown.lines.values()):
            self.line(line, number)
        if self.rows:
            self.legend()

    def scale(self) -> None:
        """The rules across, each with its value."""
        for tick in self.ticks:
            y = self.y(tick)
            self.stroke([(self.left, y), (self.right, y)], SOFT if tick == 0 else RULE, 1)
            self.write((self.left - 10, y), short(tick, self.shown.unit), 14, INK, "rm")

    def names_of_times(self) -> None:
        """As many as fit side by side, the newest among them."""
        times = self.shown.times
        room = (self.right - self.left) / max(len(times) - 1, 1)
        step = math.ceil((max(self.length(time, 13) for time in times) + 14) / room)
        for at in range(len(times) - 1, -1, -step):
            x, half = self.x(at), self.length(times[at], 13) / 2
            self.write((min(x, WIDTH - 6 - half), self.bottom + 10), times[at], 13, INK, "ma")

    def line(self, values: Sequence[float], number: int) -> None:
        """One line with a mark at every value."""
        colour = COLOURS[number % len(COLOURS)]
        points = [(self.x(at), self.y(value)) for at, value in enumerate(values)]
        for at in range(1, len(points)):
            broken = at in self.shown.partial or at - 1 in self.shown.partial
            (self.dash if broken else self.stroke)(points[at - 1 : at + 1], colour, 3)
        for at, point in enumerate(points):
            self.mark(point, number, hollow=at in self.shown.partial)

    def legend(self) -> None:
        """The lines' names with their marks."""
        room = (WIDTH - LEFT - RIGHT) / ABREAST
        for number, name in enumerate(self.shown.lines):
            row, place = divmod(number, ABREAST)
            x, y = LEFT + place * room, HEIGHT - 20 - (self.rows - 1 - row) * LEGEND
            self.mark((x + 6, y), number)
            self.write((x + 18, y), self.fitting(name, 13, room - 24), 13, INK, "lm")

    def mark(self, point: tuple[float, float], number: int, *, hollow: bool = False) -> None:
        """What stands at a value; hollow where its time is not whole."""
        x, y = (at * FINER for at in point)
        colour, sides, size = COLOURS[number % len(COLOURS)], SIDES[number % len(SIDES)], 5 * FINER
        for reach, fill in ((size, colour), *(((size - 2 * FINER, PAPER),) if hollow else ())):
            if sides:
                self.pen.regular_polygon((x, y, reach + FINER), sides, fill=fill)
            else:
                self.pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=fill)

    def x(self, at: int) -> float:
        """Where the time of that number stands."""
        inner = 16  # the first and last mark stand clear of the edge
        return self.left + inner + at * (self.right - self.left - 2 * inner) / max(len(self.shown.times) - 1, 1)

    def y(self, value: float) -> float:
        """Where a value stands."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - (value - low) / (high - low) * (self.bottom - TOP)

    def stroke(self, points: Sequence[tuple[float, float]], colour: str, width: int) -> None:
        """A line through the points."""
        scaled = [(x * FINER, y * FINER) for x, y in points]
        self.pen.line(scaled, fill=colour, width=width * FINER, joint="curve")

    def dash(self, points: Sequence[tuple[float, float]], colour: str, width: int) -> None:
        """A broken line between two points."""
        (x1, y1), (x2, y2) = points
        count = max(round(math.hypot(x2 - x1, y2 - y1) / (2 * DASH)), 1)
        for at in range(count):
            begin, end = at / count, (at + 0.5) / count
            ends = [(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part) for part in (begin, end)]
            self.stroke(ends, colour, width)

    def write(self, at: tuple[float, float], words: str, size: int, colour: str, anchor: str = "la") -> None:
        """Words at a place."""
        self.pen.text((at[0] * FINER, at[1] * FINER), drawable(words), fill=colour, font=_font(size), anchor=anchor)

    def length(self, words: str, size: int) -> float:
        """How wide words are."""
        return self.pen.textlength(drawable(words), font=_font(size)) / FINER

    def fitting(self, words: str, size: int, room: float = WIDTH - LEFT - RIGHT) -> str:
        """As much of the words as has room."""
        limit = len(words)
        while limit > 1 and self.length(cut(words, limit), size) > room:
            limit -= 1
        return cut(words, limit)


def _font(size: int) -> Font:
    return ImageFont.load_default(size * FINER)


def _palette() -> Image.Image:
    """Every colour that is used, and what lies between it and the paper: far fewer bytes than full colour."""
    paper = ImageColor.getrgb(PAPER)
    colours = [*paper, *ImageColor.getrgb(RULE)]
    for colour in (INK, SOFT, *COLOURS):
        for part in range(1, SHADES + 1):
            pairs = zip(paper, ImageColor.getrgb(colour), strict=True)
            colours += [round(old + (new - old) * part / SHADES) for old, new in pairs]
    found = Image.new("P", (1, 1))
    found.putpalette(colours)
    return found


def _ticks(values: Sequence[float]) -> list[float]:
    """Round values around all of them, from 0 where none is below: a cut axis makes small changes look large."""
    low, high = min(0.0, *values), max(0.0, *values)
    high = high if high > low else 1.0
    rough = (high - low) / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough * 0.999)
    return [number * step for number in range(math.floor(low / step), math.ceil(high / step) + 1)]
