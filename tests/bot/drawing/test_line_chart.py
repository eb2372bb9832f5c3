"""A series as a PNG and in words: the same values as the native chart, readable, small, the same every time."""

from __future__ import annotations

import json
import math
import re
from dataclasses import asdict, replace
from io import BytesIO

import pytest
from PIL import Image, ImageColor

from bot.drawing.line_chart import (
    COLOURS,
    HEIGHT,
    INK,
    MAX_ALT,
    PAPER,
    SOFT,
    WIDTH,
    Picture,
    alt_text,
    png,
    read,
)
from storage.catalogue import Unit

WEEKS = tuple(f"2026-{month:02}-{day:02}" for month in range(1, 6) for day in (5, 12, 19, 26))


def series(lines: dict[str, list[float]], unit: str = "tokens", title: str = "Tokens by week") -> Picture:
    count = max(map(len, lines.values()))
    return Picture(
        title=title,
        x_label="Week",
        y_label="Tokens per employee",
        unit=unit,
        times=WEEKS[:count],
        lines={name: tuple(line) for name, line in lines.items()},
    )


def decoded(shown: Picture) -> Image.Image:
    image = Image.open(BytesIO(png(shown)))
    assert image.format == "PNG"
    return image.convert("RGB")


def marks(image: Image.Image, colour: str) -> list[tuple[int, int]]:
    """Where a colour stands."""
    wanted = ImageColor.getrgb(colour)
    return [(x, y) for x in range(image.width) for y in range(image.height) if image.getpixel((x, y)) == wanted]


def test_it_is_a_small_png_of_its_size_with_the_line_in_it() -> None:
    shown = series({"": [8_000.0, 9_000.0, 7_500.0, 12_345.0]})

    image = decoded(shown)

    assert image.size == (WIDTH, HEIGHT)
    assert image.getpixel((0, 0)) == ImageColor.getrgb(PAPER)
    assert len(png(shown)) <= 60_000
    found = marks(image, COLOURS[0])
    assert max(x for x, _ in found) - min(x for x, _ in found) > WIDTH * 0.7
    assert not marks(image, COLOURS[1])
    assert len(marks(image, INK)) > 100


def test_a_higher_value_stands_higher_and_a_fall_falls() -> None:
    image = decoded(series({"": [10.0, 20.0, 15.0]}))

    found = marks(image, COLOURS[0])
    left, right = min(found)[0], max(found)[0]
    tops = [min(y for x, y in found if abs(x - at) <= 3) for at in (left + 4, (left + right) // 2, right - 4)]
    assert tops[0] > tops[2] > tops[1]
    assert math.isclose((tops[0] - tops[2]) / (tops[0] - tops[1]), 0.5, abs_tol=0.05)


def test_the_words_name_the_answers_figures_alone() -> None:
    values = [8_123.0, 9_500.0, 7_250.0, 8_800.0]

    words = alt_text(series({"": list(values)}))

    assert words == (
        "Line chart: Tokens by week. Tokens per employee by week: first 8.12k (2026-01-05), last 8.80k (2026-01-26), "
        "lowest 7.25k (2026-01-19), highest 9.50k (2026-01-12)."
    )
    figures = re.findall(r"[\d.]+(?=k \()", words)
    assert {float(figure) for figure in figures} == {float(f"{value / 1_000:.3g}") for value in values}


def test_figures_are_written_in_their_unit() -> None:
    assert "first 42.0% (" in alt_text(series({"": [0.42, 0.5, 0.6]}, Unit.FRACTION))
    assert "first $3.10 (" in alt_text(series({"": [3.1, 0.5, 0.6]}, Unit.USD))


def test_several_lines_have_their_own_colours_names_and_sentences() -> None:
    shown = series({f"Team {number}": [number + 1.0, 2.0, 3.0] for number in range(6)})

    image = decoded(shown)

    assert [bool(marks(image, colour)) for colour in COLOURS] == [True] * 6
    assert all(f"Team {number}: first {number + 1} (" in alt_text(shown) for number in range(6))
    assert len(png(shown)) <= 60_000


def test_the_longest_chart_there_is_stays_within_the_limits() -> None:
    lines = {f"{'Ж' * 30}{n}": [1e12 * n + at * 1e11 for at in range(20)] for n in range(9)}

    shown = series(lines, title="A very long title & <more> " * 20)

    assert len(alt_text(shown)) <= MAX_ALT
    assert len(png(shown)) <= 60_000


@pytest.mark.parametrize("line", [[0.0, 0.0, 0.0], [-5.0, -4.0, -9.0], [-1.0, 0.0, 1e-9], [1e15, 1.0, 2.0]])
def test_any_finite_values_can_be_drawn(line: list[float]) -> None:
    assert marks(decoded(series({"": line})), COLOURS[0])


def test_the_same_values_give_the_same_bytes_even_after_they_were_kept() -> None:
    shown = series({"Bäcker & <Søhne> 日": [1.5, 2.25, 4.0]})

    again = read(json.loads(json.dumps(asdict(shown))))

    assert again == shown
    assert png(again) == png(shown)


@pytest.mark.parametrize("colour", [*COLOURS, INK, SOFT])
def test_lines_and_words_stand_out_from_the_paper(colour: str) -> None:
    assert (_light(PAPER) + 0.05) / (_light(colour) + 0.05) >= 4.5


def _light(colour: str) -> float:
    """The relative luminance of WCAG."""
    parts = [part / 255 for part in ImageColor.getrgb(colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_time_that_is_not_whole_is_drawn_hollow_and_is_no_low_or_last() -> None:
    whole = series({"": [8_000.0, 9_000.0, 7_500.0, 1_000.0]})
    cut = replace(whole, partial=(3,))

    assert len(marks(decoded(cut), COLOURS[0])) < len(marks(decoded(whole), COLOURS[0]))
    assert "last 7.50k (2026-01-19), lowest 7.50k (2026-01-19)" in alt_text(cut)
    assert alt_text(cut).endswith("Not whole: 2026-01-26.")


def test_one_that_was_kept_before_points_could_be_cut_is_read() -> None:
    kept = json.loads(json.dumps(asdict(series({"": [1.0, 2.0, 3.0]}))))
    del kept["partial"]

    assert read(kept).partial == ()
