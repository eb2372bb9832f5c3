"""The server of the Model Context Protocol: four tools over the desk, each for whom the request stands for."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent, ToolAnnotations

from bot.errors import UserError
from bot.mcp_server.desk import AgentDesk, Principal

log = logging.getLogger(__name__)

INSTRUCTIONS = (
    "Exact figures about an organisation's use of AI, each from an executed query and as the person whom you ask as "
    "may see it. Use `ask` for any question in plain words; figures that are hidden or unknown are said to be so."
)
READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
FAILED = "That could not be answered: something went wrong here. The cause is in the log of `fulcrum mcp`."
Call = Context[Any, Any]


class AgentServer(MCPServer[Any]):
    """Refuses an argument that a tool does not have: a misspelt "team" must not become everybody."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Call | None = None) -> Any:
        """As the package does it, after a look at the names of the arguments. Raises ToolError."""
        schema = self._tool_input_schema(name)
        unknown = sorted(arguments.keys() - schema.get("properties", {}).keys()) if schema else []
        if unknown:
            raise ToolError(f"{name} takes no argument called {', '.join(unknown)}.")
        return await super().call_tool(name, arguments, context)


def build(desk: AgentDesk, principal_of: Callable[[Any], Principal]) -> AgentServer:
    """The server; `principal_of` says whom a request (None on stdio) stands for."""
    server = AgentServer("fulcrum", instructions=INSTRUCTIONS, log_level="WARNING")

    def told(context: Call, answer: Callable[[Principal], dict[str, Any]]) -> CallToolResult:
        try:
            found = answer(principal_of(context.request_context.request))
        except UserError as error:
            raise ToolError(str(error)) from error
        except Exception as error:
            log.exception("an agent's request failed")
            raise ToolError(FAILED) from error
        text = json.dumps(found, ensure_ascii=False, allow_nan=False)
        return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=json.loads(text))

    def ask(context: Call, text: str, thread: str = "") -> CallToolResult:
        """Answer a question in plain words, such as "tokens per employee by team last month" or "what should Support
        hand over next?". Give the same `thread` to ask on ("and the month before?"); without one it stands alone."""
        return told(context, lambda principal: desk.ask(principal, text, thread))

    def definitions(context: Call, metric: str = "") -> CallToolResult:
        """What each metric means: its unit, definition and formula; of one metric where its name is given."""
        return told(context, lambda principal: desk.definitions(principal, metric))

    def digest(context: Call, week: str = "", team: str = "") -> CallToolResult:
        """The digest of a week, such as 2026-W46 (the last complete one if not given), of a team (the whole
        organisation if not given): what moved, what is out of its usual range, what to do."""
        return told(context, lambda principal: desk.digest(principal, week, team))

    def offload(context: Call, team: str = "") -> CallToolResult:
        """Every catalogued workflow of a team and those below it (of all if not given) with its verdict, the hours a
        week that handing it to AI would free, and why; best first."""
        return told(context, lambda principal: desk.offload(principal, team))

    for tool in (ask, definitions, digest, offload):
        server.add_tool(tool, annotations=READS)
    return server
