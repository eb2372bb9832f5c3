"""Sound and pictures at their own prices, worked out by hand from the price table's dollars for a million tokens."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.sources.modalities import beyond_text

DAY = date(2026, 11, 6)


def used(tokens: int, cached: int = 0, output: int = 0) -> dict[str, int]:
    return {"input_tokens": tokens, "cache_read_tokens": cached, "output_tokens": output}


def test_tokens_of_sound_and_pictures_cost_more_than_text_by_their_own_prices() -> None:
    # gpt-audio: input 2.5, of sound 32; output 10, of sound 64. gpt-image-1.5: output 10, of pictures 32.
    # gpt-realtime: input 4, of sound 32; from a cache 0.4, of sound too.
    heard, spoken = {"input_audio_tokens": 600}, {"output_audio_tokens": 200}
    asked: list[tuple[str, dict[str, int], dict[str, int], float]] = [
        ("gpt-audio", used(1000, output=500), heard | spoken, 600 * (32 - 2.5) + 200 * (64 - 10)),
        ("gpt-image-1.5", used(100, output=5000), {"output_image_tokens": 4900}, 4900 * (32 - 10)),
        ("gpt-realtime", used(1000, cached=300), heard | {"cache_audio_read_tokens": 200}, 400 * (32 - 4)),
        ("gpt-5.5", used(1000), {"input_image_tokens": 900}, 0),  # all at one price
        ("nobody-knows", used(1000), heard, 0),
        ("gpt-audio", used(500), heard, 0),  # more than there is
    ]

    for model, tokens, other, millionths in asked:
        assert beyond_text("openai", model, DAY, {}, tokens, other) == Decimal(millionths) / 1_000_000, model
