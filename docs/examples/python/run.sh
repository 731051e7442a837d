#!/bin/sh
# Generates Python stubs from the protos and runs the example with them.
#   pip install grpcio grpcio-tools googleapis-common-protos
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
protos=$here/../../../proto/src/main/proto
stubs=$(mktemp -d)
trap 'rm -rf "$stubs"' EXIT
googleapis=$(python3 -c 'import google.api.annotations_pb2 as a, os; print(os.path.dirname(os.path.dirname(os.path.dirname(a.__file__))))')
(cd "$protos" && find swarmpilot -name '*.proto' -exec python3 -m grpc_tools.protoc -I . -I "$googleapis" \
    --python_out="$stubs" --grpc_python_out="$stubs" {} +)
PYTHONPATH=$stubs python3 "$here/embed.py" "$@"
