#!/usr/bin/env bash
# ccusage 20.0.24 leaves a model call out of its totals, without a word, where the text beside its usage was cut inside
# an emoji: JavaScript's JSON.stringify then writes one half of a surrogate pair (`\ud83d`), which is JSON by the grammar
# of RFC 8259, and which JSON.parse and Python's json read. Session logs are written by JavaScript.
#
# Seen: of two calls that differ in that text alone, the one with the whole emoji is counted and the other is not.
# Exits 0 while that is so, 1 when it has changed.
set -euo pipefail

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --silent --no-audit --no-fund --prefix "$place/npm" ccusage@20.0.24 >/dev/null
ccusage=("$place/npm/node_modules/.bin/ccusage" claude daily --offline --json --timezone UTC)

logs() { # FOLDER TEXT: one call, as Claude Code writes it
    mkdir -p "$1/projects/p"
    node -e '
        const line = {type: "assistant", sessionId: "s-1", version: "2.1.30", uuid: "u1",
            timestamp: "2026-11-02T09:00:00.000Z", requestId: "req_1",
            message: {id: "msg_1", role: "assistant", model: "claude-opus-4-8",
                content: [{type: "text", text: eval(process.argv[2])}],
                usage: {input_tokens: 10, output_tokens: 50}}};
        require("fs").writeFileSync(process.argv[1], JSON.stringify(line) + "\n");
    ' "$1/projects/p/s-1.jsonl" "$2"
    node -e 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))' "$1/projects/p/s-1.jsonl"
}

counted() { # FOLDER: the output tokens that ccusage finds
    CLAUDE_CONFIG_DIR="$1" "${ccusage[@]}" | node -e '
        console.log(JSON.parse(require("fs").readFileSync(0, "utf8")).totals.outputTokens)'
}

logs "$place/whole" '"done \u{1F600}"'
logs "$place/half" '"done \u{1F600}".slice(0, 6)'
whole=$(counted "$place/whole")
half=$(counted "$place/half")

echo "ccusage $("$place/npm/node_modules/.bin/ccusage" --version | grep -oE '[0-9.]+$'): output tokens counted of a call of 50"
echo "  beside a whole emoji:                    $whole"
echo "  beside one cut in half by JavaScript:    $half"
[[ $whole == 50 && $half == 0 ]]
