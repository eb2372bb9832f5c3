"""What Slack checks of the blocks of a message, a modal or App Home."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.preview.checks.charts import chart
from bot.preview.checks.elements import (
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUTS,
    IN_SECTIONS,
    element_problems,
)
from bot.preview.checks.tables import MAX_LETTERS, data_table, letters, table
from bot.preview.checks.values import MAX_ID, Data, count, one_of, plain, some, string, text

ALL_CHARACTERS = 13_200  # undocumented; refusals were seen from about here
MOST = {"message": 50, "modal": 100, "home": 100}
MARKDOWN = 12_000


def problems(blocks: Any, refused: frozenset[str] = frozenset(), surface: str = "message") -> list[str]:
    """Everything wrong with the blocks on a surface; `refused` are types this workspace does not have yet."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return ["blocks must be a list of objects"]
    found = [f"{len(blocks)} blocks"] if len(blocks) > MOST[surface] else []
    for number, block in enumerate(blocks):
        kind = block.get("type", "")
        check = CHECKS.get(kind)
        if check is None or kind in refused or kind not in SURFACES[surface]:
            found.append(f"/blocks/{number}: unsupported type {kind!r}")
        else:
            found += [f"/blocks/{number}: {problem}" for problem in [*check(block), *_identity(block)]]
    return found or _together(blocks, surface)


def too_long(blocks: Sequence[Data]) -> bool:
    """Whether all the words in the blocks together are too many."""
    return sum(len(word) for block in blocks for word in words(block)) > ALL_CHARACTERS


def words(value: Any) -> Iterator[str]:
    """Every string somewhere in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from words(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from words(inner)


def _together(blocks: Sequence[Data], surface: str) -> list[str]:
    tables = [block for block in blocks if block["type"] in {"table", "data_table"}]
    charts = [block for block in blocks if block["type"] == "data_visualization"]
    # What a form sends is sorted by its blocks, so that there an action_id has to differ within its block alone.
    spaces = [blocks] if surface == "message" else [[block] for block in blocks]
    twice = any(len(set(ids)) < len(ids) for ids in map(_action_ids, spaces))
    names = [block["block_id"] for block in blocks if "block_id" in block]
    checks = {
        "two tables": len([block for block in tables if block["type"] == "table"]) > 1,
        "three charts": len(charts) > 2,
        "table text": sum(map(letters, tables)) > MAX_LETTERS,
        "markdown text": sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MARKDOWN,
        "an action_id twice": twice,
        "a block_id twice": len(set(names)) < len(names),
    }
    return [name for name, wrong in checks.items() if wrong]


def _action_ids(blocks: Sequence[Data]) -> list[str]:
    return [element["action_id"] for block in blocks for element in elements(block) if "action_id" in element]


def elements(block: Data) -> list[Data]:
    """The elements of a block, wherever it holds them."""
    single = [block[place] for place in ("accessory", "element") if isinstance(block.get(place), dict)]
    return some(block.get("elements")) + single


def _identity(block: Data) -> Iterator[str]:
    if "block_id" in block:
        yield from string(block["block_id"], MAX_ID, "block_id")


def _section(block: Data) -> Iterator[str]:
    if "text" not in block and "fields" not in block:
        yield "text or fields are needed"
    if "text" in block:
        yield from text(block["text"], 3_000)
    if "fields" in block:
        yield from count(block["fields"], 1, 10, "fields")
        for field in some(block["fields"]):
            yield from text(field, 2_000, name="a field")
    if "accessory" in block:
        yield from element_problems(block["accessory"], IN_SECTIONS)


def _context(block: Data) -> Iterator[str]:
    yield from count(block.get("elements"), 1, 10, "elements")
    for element in some(block.get("elements")):
        if element.get("type") == "image":
            yield from element_problems(element, frozenset({"image"}))
        else:
            yield from text(element, 3_000)


def _actions(block: Data) -> Iterator[str]:
    yield from count(block.get("elements"), 1, 25, "elements")
    for element in some(block.get("elements")):
        yield from element_problems(element, IN_ACTIONS)


def _context_actions(block: Data) -> Iterator[str]:
    yield from count(block.get("elements"), 1, 5, "elements")
    for element in some(block.get("elements")):
        yield from element_problems(element, IN_CONTEXT_ACTIONS)


def _input(block: Data) -> Iterator[str]:
    yield from plain(block.get("label"), 2_000, "label")
    if "hint" in block:
        yield from plain(block["hint"], 2_000, "hint")
    yield from element_problems(block.get("element"), IN_INPUTS)


def _header(block: Data) -> Iterator[str]:
    yield from plain(block.get("text"), 150)


def _image(block: Data) -> Iterator[str]:
    yield from string(block.get("alt_text"), 2_000, "alt_text")
    if "slack_file" not in block:
        yield from string(block.get("image_url"), 3_000, "image_url")
    if "title" in block:
        yield from plain(block["title"], 2_000, "title")


def _markdown(block: Data) -> Iterator[str]:
    yield from string(block.get("text"), MARKDOWN, "text")


def _rich_text(block: Data) -> Iterator[str]:
    kinds = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
    if not some(block.get("elements")) or any(element.get("type") not in kinds for element in some(block["elements"])):
        yield "rich text is made of sections, lists, quotes and preformatted text"


def _divider(block: Data) -> Iterator[str]:
    yield from ()


def _alert(block: Data) -> Iterator[str]:
    yield from text(block.get("text"), 200)
    yield from one_of(block.get("level"), ("default", "info", "warning", "error", "success"), "level")


CHECKS: dict[str, Callable[[Data], Iterator[str]]] = {
    "actions": _actions,
    "alert": _alert,
    "context": _context,
    "context_actions": _context_actions,
    "data_table": data_table,
    "data_visualization": chart,
    "divider": _divider,
    "header": _header,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "section": _section,
    "table": table,
}
EVERYWHERE = frozenset({"actions", "context", "divider", "header", "image", "input", "rich_text", "section"})
SURFACES = {
    "message": frozenset(CHECKS) - {"alert"},
    "modal": EVERYWHERE | {"alert"},
    "home": EVERYWHERE,
}
