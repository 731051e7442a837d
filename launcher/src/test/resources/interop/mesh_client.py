"""Talks to a scheduler through stubs generated from the contracts. Usage: mesh_client.py host:port"""

import json
import sys

import grpc
from google.protobuf import json_format, struct_pb2
from google.rpc import error_details_pb2, status_pb2
from swarmpilot.common.v1 import json_pb2
from swarmpilot.scheduler.v1 import scheduler_service_pb2 as scheduler
from swarmpilot.scheduler.v1 import scheduler_service_pb2_grpc as scheduler_grpc

MODEL = "all-minilm-l6-v2"
SERVING = b"\x08\x01"  # grpc.health.v1.HealthCheckResponse{status: SERVING}


def check_health(channel):
    health = channel.unary_unary("/grpc.health.v1.Health/Check")
    assert health(b"", timeout=10) == SERVING


def as_text(text):
    """The input exactly as written."""
    return json_pb2.JsonValue(json=json.dumps({"text": text}))


def as_tree(text):
    """The same input as a protobuf tree."""
    return json_pb2.JsonValue(value=json_format.ParseDict({"text": text}, struct_pb2.Value()))


def embed(stub, task_input):
    """Submits, follows the task to its end and returns its vector."""
    task_id = stub.SubmitTask(
        scheduler.SubmitTaskRequest(model_name=MODEL, task_input=task_input), timeout=10
    ).task_id
    assert task_id.startswith("task-"), task_id
    events = list(stub.WatchTasks(scheduler.WatchTasksRequest(task_ids=[task_id]), timeout=30))
    assert {event.data.task_id for event in events} == {task_id}, events
    last = events[-1].data
    assert last.task_status == "completed" and last.success, last
    asked = stub.QueryTask(scheduler.QueryTaskRequest(task_id=task_id), timeout=10).task
    assert asked == last, (asked, last)
    return json.loads(last.result.json)["embedding"]


def check_embeddings(stub):
    text, tree = embed(stub, as_text("bread")), embed(stub, as_tree("bread"))
    assert len(text) == 384, len(text)
    assert text == tree, "both ways of writing an input mean the same"
    assert text != embed(stub, as_text("movie"))


def details(error):
    """The details of a refusal, by type."""
    trailers = dict(error.trailing_metadata())
    status = status_pb2.Status.FromString(trailers["grpc-status-details-bin"])
    found = {}
    for packed in status.details:
        for kind in (error_details_pb2.ErrorInfo, error_details_pb2.BadRequest):
            if packed.Is(kind.DESCRIPTOR):
                detail = found[kind.__name__] = kind()
                packed.Unpack(detail)
    return found


def check_refusals(stub):
    try:
        stub.SubmitTask(scheduler.SubmitTaskRequest(model_name=MODEL), timeout=10)
        raise AssertionError("a task without an input was accepted")
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.INVALID_ARGUMENT, error
        found = details(error)
        assert found["ErrorInfo"].reason == "INVALID_FIELD", found
        assert found["ErrorInfo"].domain == "swarmpilot.io", found
        fields = [violation.field for violation in found["BadRequest"].field_violations]
        assert fields == ["task_input"], fields
    try:
        stub.QueryTask(scheduler.QueryTaskRequest(task_id="task-unknown"), timeout=10)
        raise AssertionError("an unknown task was found")
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.NOT_FOUND, error
        assert details(error)["ErrorInfo"].reason == "TASK_NOT_FOUND", error


def main():
    with grpc.insecure_channel(sys.argv[1]) as channel:
        stub = scheduler_grpc.SchedulerServiceStub(channel)
        check_health(channel)
        check_embeddings(stub)
        check_refusals(stub)
    print("all checks hold")


if __name__ == "__main__":
    main()
