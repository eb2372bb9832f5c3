#!/bin/sh
# ccusage on Qwen Code's session logs: cached input and thoughts are counted twice, and the log's own total is not met.
#
# Seen with ccusage 20.0.24 (npm). Qwen Code writes the usage of a model call under the names of Google's GenAI types,
# where `promptTokenCount` holds what was read from a cache (`cachedContentTokenCount`). Its figures are those of an
# OpenAI-compatible server, so that `candidatesTokenCount` holds the reasoning (`thoughtsTokenCount`), and the line's own
# `totalTokenCount` is the sum of the two. ccusage gives the prompt as input, the cached part of it beside it once more,
# and adds the thoughts to the total. Its Gemini report takes the cached part out. Whoever takes its total of a Qwen
# session as an oracle is off by the cached tokens of every call, most of a long session.
#
# Output seen:
#   ccusage 20.0.24
#   the log: 2,000 in (1,500 of them cached), 90 out (30 of them thoughts), 2,090 in all
#   ccusage: 2,000 in, 1,500 cached, 90 out, 3,620 in all
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" ccusage@20.0.24 >/dev/null
chats="$folder/home/.qwen/projects/-work/chats"
mkdir -p "$chats"
cat > "$chats/session.jsonl" <<'LOG'
{"uuid":"a1","parentUuid":null,"sessionId":"s1","timestamp":"2026-11-20T08:00:00.000Z","type":"assistant","cwd":"/work","version":"0.9.0","model":"qwen3-coder-plus","message":{"role":"model","parts":[{"text":"Done."}]},"usageMetadata":{"promptTokenCount":2000,"candidatesTokenCount":90,"cachedContentTokenCount":1500,"thoughtsTokenCount":30,"totalTokenCount":2090}}
LOG
HOME="$folder/home" "$folder/node_modules/.bin/ccusage" qwen daily --json --offline -z UTC > "$folder/told.json"
"${PYTHON:-python3}" - "$folder" <<'SEEN'
import json
import sys
from pathlib import Path

folder = Path(sys.argv[1])
version = json.loads((folder / "node_modules/ccusage/package.json").read_text())["version"]
told = json.loads((folder / "told.json").read_text())["totals"]
seen = [told[name] for name in ("inputTokens", "cacheReadTokens", "outputTokens", "totalTokens")]
print(f"ccusage {version}")
print("the log: 2,000 in (1,500 of them cached), 90 out (30 of them thoughts), 2,090 in all")
print("ccusage: {:,} in, {:,} cached, {:,} out, {:,} in all".format(*seen))
sys.exit(seen != [2000, 1500, 90, 3620])
SEEN
