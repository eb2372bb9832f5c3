"""The declared table of how sources spell tools, providers and models, and which spellings are one.

`family` gives what spellings of one thing have in common, `proper` what the thing is called where several spellings of
it are in use. A workspace adds aliases of its own to this; a thing that is spelled in one way keeps that spelling.
"""

from __future__ import annotations

import re

TOOLS = {
    "claude_code": "claude code, claude code cli, claudecode, anthropic claude code",
    "claude": "claude ai, claude.ai, claude chat, anthropic claude",
    "copilot": "github copilot, gh copilot, githubcopilot, copilot for business, copilot business, copilot enterprise",
    "copilot_cli": "github copilot cli, gh copilot cli",
    "m365_copilot": "microsoft 365 copilot, microsoft copilot, copilot for microsoft 365",
    "cursor": "cursor ide, cursor.sh, cursor ai, cursor editor, anysphere cursor",
    "chatgpt": "chat gpt, openai chatgpt, chatgpt.com",
    "codex": "openai codex, codex cli, codex_cli_rs, codex-cli-rs, codex exec",
    "openai_api": "openai api, openai platform",
    "anthropic_api": "anthropic api, claude api, anthropic console",
    "gemini": "google gemini, gemini app",
    "gemini_cli": "gemini cli, google gemini cli",
    "qwen_code": "qwen code, qwen code cli",
    "opencode": "open code, sst opencode",
    "windsurf": "windsurf editor, codeium windsurf",
    "litellm": "lite llm, litellm proxy",
}
PROVIDERS = {
    "openai": "open ai",
    "anthropic": "anthropic pbc, claude",
    "google": "gemini, google ai, google ai studio, gcp.gemini, gcp.gen_ai, google deepmind",
    "vertex_ai": "vertex, google vertex, gcp.vertex_ai, vertexai, google vertex ai",
    "aws_bedrock": "bedrock, aws.bedrock, amazon bedrock, aws",
    "azure": "azure openai, azure_openai, azure.ai.openai, az.ai.openai, azure.ai.inference",
    "github": "github copilot, gh",
    "xai": "x-ai, x.ai, x_ai",
    "mistral": "mistral ai, mistral_ai",
    "deepseek": "deep seek",
}
LAST_OLD_CLAUDE = 3  # up to this generation the version stands before the tier: claude-3-5-sonnet
SEPARATORS = re.compile(r"[\s_\-]+")
REGION = re.compile(r"^(?:us-gov|us|eu|global|jp|apac|au|ca|sa)\.(?=[a-z])")
MAKER = re.compile(r"^(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai|qwen|google)\.(?=[a-z])")
SNAPSHOT = re.compile(
    r"(?:@(?:[0-9]{8}|latest|default)|-v[0-9]+(?::[0-9]+)?|:[0-9]+|-20[0-9]{6}|-20[0-9]{2}-[0-9]{2}-[0-9]{2})$"
)
EFFORT = re.compile(r"^((?:gpt-|o[0-9]).*?)-(?:minimal|low|medium|high|xhigh)(?:-fast)?$")
CLAUDE = re.compile(
    r"^claude-(?:([0-9]+(?:[.-][0-9]{1,2})?)-(opus|sonnet|haiku)|(opus|sonnet|haiku)-([0-9]+(?:[.-][0-9]{1,2})?))"
)


def plain(name: str) -> str:
    """A name as two spellings of it are told to be one: case, spaces, underscores and hyphens make no difference."""
    return SEPARATORS.sub("-", name.strip().casefold())


def family(kind: str, name: str) -> str:
    """What all spellings of one tool, provider or model have in common."""
    if kind == "model":
        return plain(_stem(name)).replace(".", "-")
    return plain(_DECLARED.get(kind, {}).get(plain(name), name))


def proper(kind: str, spellings: set[str]) -> str:
    """What a thing is called of which these are the spellings in use."""
    if len(spellings) == 1:
        return next(iter(spellings))
    if kind == "model":
        return min((_stem(name) for name in spellings), key=lambda stem: (len(stem), stem))
    declared = {_DECLARED[kind][plain(name)] for name in spellings if plain(name) in _DECLARED.get(kind, {})}
    return min(declared) if declared else min(spellings)


def _stem(name: str) -> str:
    """A model without where it runs, which snapshot it is and how hard it thinks."""
    stem = name.strip().casefold().rpartition("/")[2].removeprefix("auto: ")
    stem = MAKER.sub("", REGION.sub("", stem))
    while (shorter := SNAPSHOT.sub("", stem)) != stem and shorter:
        stem = shorter
    stem = SEPARATORS.sub("-", stem)
    found = CLAUDE.match(stem)
    if found is None:
        effort = EFFORT.match(stem)
        return effort[1] if effort else stem
    version, tier = (found[1] or found[4]).replace(".", "-"), found[2] or found[3]
    rest = stem[found.end() :].removesuffix("-thinking")
    old = int(version.partition("-")[0]) <= LAST_OLD_CLAUDE
    return (f"claude-{version}-{tier}" if old else f"claude-{tier}-{version}") + rest


def _declared(table: dict[str, str]) -> dict[str, str]:
    found = {plain(name): name for name in table}
    return found | {plain(alias): name for name, aliases in table.items() for alias in aliases.split(",")}


_DECLARED = {"tool": _declared(TOOLS), "provider": _declared(PROVIDERS)}
