#!/bin/sh
# OTLP/JSON read by protobuf's own JSON reader: identifiers of traces and spans become other ones, without an error.
#
# Seen with opentelemetry-proto 1.45.2 and protobuf 7.36.2. OTLP writes trace and span identifiers of its JSON form as
# hex (OTLP specification, "JSON Protobuf Encoding"); protobuf's JSON mapping reads every bytes field as base64. 32 hex
# digits are valid base64 too, so `json_format.Parse` takes a valid OTLP/JSON body and gives identifiers of 24 and 12
# bytes where the same span in the binary form has 16 and 8. Whoever joins or deduplicates spans of both forms by
# identifier counts each twice. The way out is a reader of one's own, or putting the hex into bytes before or after.
#
# Output seen:
#   opentelemetry-proto 1.45.2, protobuf 7.36.2
#   binary form: 16 and 8 bytes; JSON form: 24 and 12 bytes; the same span: False
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/requirements.txt" <<'PINNED'
opentelemetry-proto==1.45.2 \
    --hash=sha256:03a7ca1b43f89fd5b965d5975902bb2515c0c86e2428b456836e9a6149c6235a \
    --hash=sha256:bd8d23cf770605b0af9b7be2071d26a464fea289d35429abfd2a66226114ad64
protobuf==7.36.2 \
    --hash=sha256:497d0463ff3316681da6c0b9e8d06cb465d61abce00b613ab42226175644d1bb \
    --hash=sha256:89f23aa53c24553a2416fd4fd1ec06f74fa42b14b546d8883128813f775bbfd2 \
    --hash=sha256:912c1221170e16c08d1f086762f563dd61ff83c18b5fa6652952dfaded66f728 \
    --hash=sha256:a300819d441e078a5608c0d3c709796bb548136058fda017ae51d425b44fd353 \
    --hash=sha256:bdb3a345d48db958e6ce1f18e508beb0cc981d64f24088427549c866cd039f1e \
    --hash=sha256:cbc70b17ee27e28894c7fee8bb04be1abead49e936bc70eb60052531eee2079e \
    --hash=sha256:e11e1f0180583a2af89db6a2ecd9e8dc40aa6d2988ca175bfd0e6d12ea72d74e \
    --hash=sha256:f4fee11ec330d238b34a05c9b675f693c20415d1c5bd7d5320cc2f8a798eb9cf
PINNED
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --require-hashes \
    -r "$folder/requirements.txt"
"$folder/venv/bin/python" - <<'SEEN'
from importlib.metadata import version

from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

TRACE, SPAN = "5b8efff798038103d269b633813fc60c", "eee19b7ec3c1b174"
written = ExportTraceServiceRequest()
span = written.resource_spans.add().scope_spans.add().spans.add()
span.trace_id, span.span_id, span.name = bytes.fromhex(TRACE), bytes.fromhex(SPAN), "chat"
binary = ExportTraceServiceRequest.FromString(written.SerializeToString())
text = f'{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{{"traceId":"{TRACE}","spanId":"{SPAN}","name":"chat"}}]}}]}}]}}'
read = json_format.Parse(text, ExportTraceServiceRequest())

one = binary.resource_spans[0].scope_spans[0].spans[0]
other = read.resource_spans[0].scope_spans[0].spans[0]
sizes = [len(one.trace_id), len(one.span_id), len(other.trace_id), len(other.span_id)]
print(f"opentelemetry-proto {version('opentelemetry-proto')}, protobuf {version('protobuf')}")
print(
    f"binary form: {sizes[0]} and {sizes[1]} bytes; JSON form: {sizes[2]} and {sizes[3]} bytes; "
    f"the same span: {one.trace_id == other.trace_id}"
)
assert sizes == [16, 8, 24, 12], "identifiers are read in another way now"
SEEN
