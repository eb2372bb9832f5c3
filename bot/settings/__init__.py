"""The settings: declared once, read from the environment, and what one organisation sets over them."""

from bot.settings.declared import FIELDS, Settings, declaration, load
from bot.settings.values import PeoplePolicy

__all__ = ["FIELDS", "PeoplePolicy", "Settings", "declaration", "load"]
