"""A scorecard as a page to forward: each figure with its change, its week in the usual range, and its target."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from bot.drawing.lettering import Font, drawable, wrapped
from bot.errors import UserError
from bot.figures import points, short
from bot.questions.answers import card
from bot.questions.answers.answer import Answer
from bot.questions.answers.card import CardFigure
from bot.questions.answers.receipts import line
from storage.catalogue import Unit

WIDTH, HEIGHT = 1240, 1754  # A4 at 150 dots an inch
FINER = 2  # the PDF keeps so much more
RESOLUTION = 150 * FINER
MARGIN, GUTTER = 84, 560  # where the left column begins, and the right one
PAPER, INK, SOFT, RULE = "#ffffff", "#1d1c1d", "#595959", "#dcdcdc"
BAND, INSIDE, OUTSIDE = "#cfe0f3", "#0b5cad", "#b3470b"
TITLE, WORDS, VALUE, SMALL, NOTE, SMALLEST = 46, 28, 58, 24, 21, 18
ROW, GOAL = 172, 34  # the height of a figure, and of the line of its target
COLOURS, QUALITY = 64, 90  # of the picture, and of the PDF's
UNDER = 40  # room for the last line
NOTHING_TO_DRAW = "There is no scorecard to draw: {why}"
OUT = "A bar is what is usual of a week, by the twelve before it; a disc is a week inside it, a square one outside."


def page(answer: Answer, whose: str, privacy: str) -> Image.Image:
    """The page at `RESOLUTION`; `whose` is the title's second half, `privacy` the policy in words. Raises UserError for
    an answer that is no scorecard."""
    if not card.is_scored(answer):
        raise UserError(NOTHING_TO_DRAW.format(why=answer.text))
    image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), PAPER)
    end = _Sheet(ImageDraw.Draw(image)).draw(answer, whose, privacy)
    return image.crop((0, 0, WIDTH * FINER, end * FINER))


def png(drawn: Image.Image) -> bytes:
    """As a picture of the page's width, as high as what stands on it."""
    out = BytesIO()
    small = drawn.resize((drawn.width // FINER, drawn.height // FINER), Image.Resampling.BOX)
    small.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def pdf(drawn: Image.Image) -> bytes:
    """As one page of A4."""
    out = BytesIO()
    whole = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), PAPER)
    whole.paste(drawn)
    whole.save(out, "PDF", resolution=RESOLUTION, quality=QUALITY)
    return out.getvalue()


class _Sheet:
    """Places and draws from the top down; all its lengths are those of the page."""

    def __init__(self, pen: ImageDraw.ImageDraw) -> None:
        self.pen, self.y = pen, float(MARGIN)

    def draw(self, answer: Answer, whose: str, privacy: str) -> int:
        """Everything; gives the height that is used, which is never more than the page's."""
        shown = card.figures(answer)
        self.paragraph(f"AI scorecard, {whose}", TITLE, INK)
        before = f", compared with {card.before_of(answer)}" if card.before_of(answer) else ""
        self.paragraph(f"{card.period_of(answer)}{before}", WORDS, SOFT)
        self.y += 14
        self.paragraph(card.headline(answer), WORDS, INK)
        self.y += 18
        for figure in shown:
            self.figure(figure)
        self.rule()
        self.y += 18
        self.notes(_notes(answer, privacy))
        return min(round(self.y) + UNDER, HEIGHT)

    def figure(self, figure: CardFigure) -> None:
        """One row: what it was, and beside it the week in its range."""
        self.rule()
        top = self.y
        self.write((MARGIN, top + 20), _capital(figure.label), SMALL, SOFT)
        self.write((MARGIN, top + 50), short(figure.value, figure.unit), VALUE, INK)
        self.write((MARGIN, top + 126), _changed(figure), SMALL, INK)
        self.range(figure, top)
        goal = figure.goal_words() or _capital(figure.budget_words())
        if goal:
            self.write((GUTTER, top + ROW - 10), goal, self.fitting(goal, SMALL, WIDTH - MARGIN - GUTTER), INK)
        self.y = top + ROW + (GOAL if goal else 0)

    def range(self, figure: CardFigure, top: float) -> None:
        """The newest week on the bar of what is usual; its side is said in words too."""
        words = figure.week_words()
        if figure.week is None or figure.low is None or figure.high is None:
            lines = wrapped(words, WIDTH - MARGIN - GUTTER, lambda text: self.length(text, SMALL))
            for number, text in enumerate(lines):
                self.write((GUTTER, top + 20 + 32 * number), text, SMALL, SOFT)
            return
        head, _, _ = words.partition(", ")
        self.write((GUTTER, top + 20), f"{head}, {figure.side} its usual range", SMALL, INK)
        low, high = min(figure.low, figure.week), max(figure.high, figure.week)
        room, inner = WIDTH - MARGIN - GUTTER, 60

        def x(value: float) -> float:
            return GUTTER + inner + (value - low) / ((high - low) or 1) * (room - 2 * inner)

        y = top + 84
        self.box(GUTTER, y - 2, WIDTH - MARGIN, y + 2, RULE)
        self.box(x(figure.low), y - 13, x(figure.high), y + 13, BAND)
        self.mark(x(figure.week), y, outside=figure.side != "inside")
        for edge in (figure.low, figure.high):
            self.write((x(edge), y + 24), short(edge, figure.unit), SMALL, SOFT, "ma")

    def notes(self, paragraphs: Sequence[str]) -> None:
        """As many lines as the page has room for; the first are the ones that must stand there."""
        for words in paragraphs:
            lines = wrapped(words, WIDTH - 2 * MARGIN, lambda text: self.length(text, NOTE))
            if self.y + len(lines) * NOTE * 1.4 > HEIGHT - UNDER:
                return
            self.paragraph(words, NOTE, SOFT)

    def paragraph(self, words: str, size: int, colour: str) -> None:
        """Words over the whole width."""
        for text in wrapped(words, WIDTH - 2 * MARGIN, lambda text: self.length(text, size)):
            self.write((MARGIN, self.y), text, size, colour)
            self.y += size * 1.4
        self.y += size * 0.35

    def mark(self, x: float, y: float, *, outside: bool) -> None:
        """Where the week stands: a square where it is outside, so that no colour is needed to see it."""
        reach = 12
        edges = tuple(edge * FINER for edge in (x - reach, y - reach, x + reach, y + reach))
        (self.pen.rectangle if outside else self.pen.ellipse)(edges, fill=OUTSIDE if outside else INSIDE)

    def rule(self) -> None:
        """A line across."""
        self.box(MARGIN, self.y, WIDTH - MARGIN, self.y + 1, RULE)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """A filled rectangle."""
        self.pen.rectangle(tuple(edge * FINER for edge in (left, top, right, bottom)), fill=colour)

    def write(self, at: tuple[float, float], words: str, size: int, colour: str, anchor: str = "la") -> None:
        """Words at a place."""
        self.pen.text((at[0] * FINER, at[1] * FINER), drawable(words), fill=colour, font=_font(size), anchor=anchor)

    def fitting(self, words: str, size: int, room: float) -> int:
        """The size at which words have room, down to the smallest that is read."""
        while size > SMALLEST and self.length(words, size) > room:
            size -= 1
        return size

    def length(self, words: str, size: int) -> float:
        """How wide words are."""
        return self.pen.textlength(drawable(words), font=_font(size)) / FINER


def _font(size: int) -> Font:
    return ImageFont.load_default(size * FINER)


def _changed(figure: CardFigure) -> str:
    if figure.change is None or figure.previous is None:
        return "nothing to compare with"
    before = short(figure.previous, figure.unit)
    if not figure.change:
        return f"{before} before too"
    size = points(figure.change) if figure.unit == Unit.FRACTION else short(abs(figure.change), Unit.FRACTION)
    return f"{'up' if figure.change > 0 else 'down'} {size} from {before}"


def _notes(answer: Answer, privacy: str) -> list[str]:
    """What the figures are of, who is hidden, how a bar is read; then whatever else must be known."""
    receipt = next((line(part.receipt) for part in answer.answers if part.receipt), "")
    lacking = [words for words in card.spoken(answer)[1:] if isinstance(words, str)]
    caveats = list(dict.fromkeys(caveat for part in answer.answers for caveat in part.warnings))
    return [words for words in (receipt, privacy, OUT, *lacking, *caveats) if words]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
