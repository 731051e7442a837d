"""Embeds three words through the mesh and compares them. Usage: embed.py [host:port]"""

import json
import math
import sys

import grpc
from swarmpilot.common.v1 import json_pb2
from swarmpilot.scheduler.v1 import scheduler_service_pb2 as scheduler
from swarmpilot.scheduler.v1 import scheduler_service_pb2_grpc as scheduler_grpc

MODEL = "all-minilm-l6-v2"


def submit(stub, text):
    """Submits one sentence and returns the id of its task."""
    answer = stub.SubmitTask(
        scheduler.SubmitTaskRequest(
            model_name=MODEL,
            task_input=json_pb2.JsonValue(json=json.dumps({"text": text})),
        ),
        timeout=10,
    )
    return answer.task_id


def wait(stub, task_ids):
    """Follows tasks until every one of them is completed; returns their results by id."""
    results = {}
    for event in stub.WatchTasks(scheduler.WatchTasksRequest(task_ids=task_ids), timeout=60):
        if event.data.task_status == "completed":
            results[event.data.task_id] = json.loads(event.data.result.json)
    return results


def cosine(a, b):
    """Cosine of the angle between two vectors."""
    dot = sum(x * y for x, y in zip(a, b))
    return dot / math.sqrt(sum(x * x for x in a) * sum(y * y for y in b))


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else "localhost:8102"
    with grpc.insecure_channel(address) as channel:
        stub = scheduler_grpc.SchedulerServiceStub(channel)
        words = ["food", "bread", "movie"]
        ids = [submit(stub, word) for word in words]
        results = wait(stub, ids)
        food, bread, movie = (results[task_id]["embedding"] for task_id in ids)
        print(f"cosine(food, bread) = {cosine(food, bread):.3f}")
        print(f"cosine(food, movie) = {cosine(food, movie):.3f}")
        try:
            stub.QueryTask(scheduler.QueryTaskRequest(task_id="task-unknown"), timeout=10)
        except grpc.RpcError as error:
            print(f"an unknown task answers {error.code().name}: {error.details()}")


if __name__ == "__main__":
    main()
