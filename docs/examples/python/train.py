"""Trains a model of execution times by REST and by gRPC, asks it, and restores a version.

Usage: train.py [host:port of the predictor]
"""

import json
import random
import sys
import urllib.request

import grpc
from swarmpilot.common.v1 import json_pb2
from swarmpilot.predictor.v1 import predictor_service_pb2 as predictor
from swarmpilot.predictor.v1 import predictor_service_pb2_grpc as predictor_grpc
from swarmpilot.predictor.v1 import training_pb2 as training

IDENTITY = {
    "model_type": "python-example",
    "model_name": "small",
    "hardware": "cpu",
    "software_name": "script",
    "software_version": "1",
}


def executions(count, ms_per_token):
    """Executions as somebody may have measured them: so much a token, give or take 5 %."""
    draw = random.Random(count)
    rows = []
    for _ in range(count):
        tokens = draw.randint(10, 500)
        runtime_ms = ms_per_token * tokens * draw.gauss(1, 0.05)
        rows.append({"input_tokens": tokens, "runtime_ms": runtime_ms})
    return rows


def train_by_rest(url, samples):
    """Trains by one POST and returns the answer."""
    request = urllib.request.Request(
        f"{url}/train",
        json.dumps({"config": {**IDENTITY, "samples": samples}}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def train_by_grpc(stub, samples):
    """Trains with the samples as a file beside the settings; prints how far it is."""
    request = training.TrainStreamRequest(
        config=json_pb2.JsonValue(json=json.dumps(IDENTITY)),
        trace_file=json.dumps(samples).encode(),
    )
    phases = []
    for progress in stub.TrainStream(request, timeout=60):
        if progress.phase not in phases:
            phases.append(progress.phase)
    print("phases: " + ", ".join(phases))
    return progress.result


def predict(stub, tokens):
    """What a task of so many tokens is expected to take."""
    answer = stub.PredictSingle(
        predictor.PredictSingleRequest(
            **IDENTITY,
            trace=json_pb2.JsonValue(json=json.dumps({"input_tokens": tokens})),
            confidence_level=0.9,
        ),
        timeout=10,
    ).results
    return (
        f"{answer.expect:.0f} ms, in nine of ten cases {answer.lower:.0f} to {answer.upper:.0f} ms"
        f" ({answer.prediction_method})"
    )


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else "localhost:8200"
    with grpc.insecure_channel(address) as channel:
        stub = predictor_grpc.PredictorServiceStub(channel)

        first = train_by_rest(f"http://{address}", executions(400, ms_per_token=2))
        print(f"by REST: {first['status']}, version {first['version']} of {first['model_key']}")
        print(f"held out: {first['metrics']['test_rows']} rows, MAPE {first['metrics']['mape']:.3f}")
        print(f"100 tokens: {predict(stub, 100)}")

        second = train_by_grpc(stub, executions(500, ms_per_token=6))
        print(f"by gRPC: {second.status}, version {second.version}")
        print(f"100 tokens: {predict(stub, 100)}")

        restored = stub.RestoreModel(
            training.RestoreModelRequest(model_key=first["model_key"], version=first["version"]),
            timeout=10,
        )
        print(f"restored: version {restored.version}")
        print(f"100 tokens: {predict(stub, 100)}")

        refused = train_by_rest(f"http://{address}", [{"input_tokens": 1, "runtime_ms": -5}] * 20)
        print(f"refused: {refused['message'].split('; ')[0]}")


if __name__ == "__main__":
    main()
