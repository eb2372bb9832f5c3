"""Questions to the sample organisation, as those about plans are asked."""

from tests.bot.questions.plans.conftest import ask, world

__all__ = ["ask", "world"]
