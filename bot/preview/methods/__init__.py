"""The methods of the Web API that an app may call here."""

from bot.preview.methods import chat, files, lookup, views
from bot.preview.slack import Method

METHODS: dict[str, Method] = {**lookup.METHODS, **chat.METHODS, **files.METHODS, **views.METHODS}
