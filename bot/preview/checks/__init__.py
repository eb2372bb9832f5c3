"""What Slack checks of blocks and views, written from its documentation and apart from the code that builds them."""

from bot.preview.checks.blocks import problems, too_long
from bot.preview.checks.views import view_problems

__all__ = ["problems", "too_long", "view_problems"]
