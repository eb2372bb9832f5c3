"""Which tools tell of the same calls under different names: a vendor's API, a gateway before it, a client behind it.

By key of a tool, the tools whose calls its source tells too, where person, model and day are the same. Claude Code is
not among those of Anthropic's API, whose usage report tells it apart by itself.
"""

from __future__ import annotations

from collections.abc import Mapping

GATEWAY = "litellm"
CLIENTS = ("claude_code", "codex", "gemini_cli", "opencode", "qwen_code")
SAME_CALLS: Mapping[str, tuple[str, ...]] = {
    "openai_api": (GATEWAY, "codex", "opencode"),
    "anthropic_api": (GATEWAY, "opencode"),
    "claude_code": (GATEWAY,),
    GATEWAY: CLIENTS,
}
