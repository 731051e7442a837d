#!/bin/sh
# Generates Python stubs from the protos and runs an example with them: embed.py, or the one that is named.
#   pip install grpcio grpcio-tools googleapis-common-protos
#   run.sh [embed.py | train.py] [HOST:PORT]
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
example=embed.py
case ${1:-} in
    *.py)
        example=$1
        shift
        ;;
esac
protos=$here/../../../proto/src/main/proto
stubs=$(mktemp -d)
trap 'rm -rf "$stubs"' EXIT
googleapis=$(python3 -c 'import google.api.annotations_pb2 as a, os; print(os.path.dirname(os.path.dirname(os.path.dirname(a.__file__))))')
(cd "$protos" && find swarmpilot -name '*.proto' -exec python3 -m grpc_tools.protoc -I . -I "$googleapis" \
    --python_out="$stubs" --grpc_python_out="$stubs" {} +)
PYTHONPATH=$stubs python3 "$here/$example" "$@"
