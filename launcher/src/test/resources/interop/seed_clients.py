"""Does over plain HTTP what the documented Python clients do, and holds every answer against models that insist on
every documented key, explicit nulls included. Usage: seed_clients.py SCHEDULER_URL INSTANCE_URL PREDICTOR_URL"""

import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

MODEL = "all-minilm-l6-v2"
NUMBER = (int, float)
NONE = type(None)

START = {"detail": str, "model_type": str, "replicas_started": int, "total_replicas": int}
STOP = {"detail": str, "stopped_replicas": list, "remaining_replicas": int}
STATUS = {
    "instance_id": str,
    "model_type": (str, NONE),
    "replicas_running": int,
    "queue_size": int,
    "status": str,
}
ENQUEUED = {"task_id": str, "queue_size": int, "enqueue_time": NUMBER}
QUEUE_PREDICTION = {"expected_ms": NUMBER, "error_ms": NUMBER, "queue_size": int}
QUEUE_STATUS = {
    "queue_size": int,
    "model_type": (str, NONE),
    "expected_ms": (*NUMBER, NONE),
    "error_ms": (*NUMBER, NONE),
}
RESULT = {
    "task_id": str,
    "result": (dict, NONE),
    "status": str,
    "error": (str, NONE),
    "enqueue_time": NUMBER,
    "completion_time": NUMBER,
    "wait_time": NUMBER,
    "execution_time": NUMBER,
    "total_time": NUMBER,
}
PREDICTOR_HEALTH = {
    "status": str,
    "service": str,
    "version": str,
    "total_models": int,
    "mode": str,
    "lookup_predictor_loaded": bool,
}
MODEL_INFO = {
    "model_type": str,
    "model_name": (str, NONE),
    "total_predictions": int,
    "hardware_types": list,
    "software_versions": list,
}
PREDICTION = {
    "status": str,
    "message": (str, NONE),
    "model_type": (str, NONE),
    "quantiles": (list, NONE),
    "quantile_predictions": (list, NONE),
    "prediction_method": (str, NONE),
    "confidence": (*NUMBER, NONE),
}
SUMMARY = {
    "total": int,
    "success": int,
    "failed": int,
    "confidence_level": NUMBER,
    "duration_seconds": int,
}
TRACE_PREDICTION = {
    "status": str,
    "quantile_predictions": (list, NONE),
    "quantiles": (list, NONE),
    "model_info": (dict, NONE),
    "expect": (*NUMBER, NONE),
    "error": (*NUMBER, NONE),
}
TASK = {
    "task_id": str,
    "task_status": str,
    "scheduled_ti": str,
    "submit_time": NUMBER,
    "result": (dict, NONE),
}
QUEUE = {
    "model_name": str,
    "ti_uuid": str,
    "waiting_time_expect": NUMBER,
    "waiting_time_error": NUMBER,
}


class Refused(Exception):
    """An answer that is not 2xx."""

    def __init__(self, code, body):
        super().__init__(f"HTTP {code}: {body}")
        self.code = code
        self.body = body


def call(method, url, body=None):
    """One exchange, as httpx would do it."""
    data = None if body is None else json.dumps(body).encode()
    headers = {} if body is None else {"Content-Type": "application/json"}
    request = urllib.request.Request(url, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.headers.get_content_type() == "application/json", answer.headers
            return json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            raise Refused(error.code, json.load(error)) from None


def get(url):
    return call("GET", url)


def post(url, body=None):
    return call("POST", url, body)


def refused(code, function, *arguments):
    """The body of a refusal, which must have this code."""
    try:
        answer = function(*arguments)
    except Refused as refusal:
        assert refusal.code == code, refusal
        return refusal.body
    raise AssertionError(f"{arguments} was answered: {answer}")


def model(fields, answer):
    """Validates as a strict model does: every key present, every type right, no bool where a number belongs."""
    assert isinstance(answer, dict), answer
    for name, kinds in fields.items():
        assert name in answer, f"{name} is missing in {answer}"
        value = answer[name]
        kinds = kinds if isinstance(kinds, tuple) else (kinds,)
        assert type(value) in kinds, f"{name} is {value!r}, not one of {kinds}, in {answer}"
    return answer


def until(what, seconds, function):
    """The first true answer of a function that is asked again and again."""
    end = time.monotonic() + seconds
    while True:
        answer = function()
        if answer:
            return answer
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.05)


def finished_result(instance, task_id):
    """The result of a task, or None while it is answered with an error, as the documented example polls."""
    try:
        return get(f"{instance}/results/{task_id}")
    except Refused as refusal:
        assert refusal.code == 404 and isinstance(refusal.body["detail"], str), refusal
        return None


def check_queue(instance):
    """enqueue_task, get_result, get_all_results, predict_queue, get_queue_status."""
    body = {"input_data": {"text": "What is AI?"}, "metadata": {"user_id": "user123", "priority": "normal"}}
    enqueued = model(ENQUEUED, post(f"{instance}/queue/enqueue", body))
    assert enqueued["queue_size"] >= 1, enqueued
    assert abs(enqueued["enqueue_time"] - time.time()) < 60, "Unix seconds"
    task_id = enqueued["task_id"]
    result = model(RESULT, until("a result", 15, lambda: finished_result(instance, task_id)))
    assert result["task_id"] == task_id and result["status"] == "completed", result
    assert result["error"] is None and len(result["result"]["embedding"]) == 384, result
    lasted = (result["completion_time"] - result["enqueue_time"]) * 1000
    assert abs(lasted - result["total_time"]) < 5, result
    assert abs(result["wait_time"] + result["execution_time"] - result["total_time"]) < 5, result
    everything = get(f"{instance}/results")
    assert isinstance(everything, list), everything
    assert task_id in [model(RESULT, one)["task_id"] for one in everything], everything

    until("an empty queue", 5, lambda: get(f"{instance}/status")["queue_size"] == 0)
    forecast = model(QUEUE_PREDICTION, post(f"{instance}/queue/predict"))
    assert forecast["expected_ms"] == forecast["error_ms"] == forecast["queue_size"] == 0, forecast
    assert model(QUEUE_STATUS, get(f"{instance}/queue/status"))["model_type"] == MODEL

    assert "not found" in refused(404, get, f"{instance}/results/task-unknown")["detail"]
    invalid = refused(422, post, f"{instance}/queue/enqueue", {"metadata": {}})
    assert invalid["detail"][0]["loc"] == ["body", "input_data"], invalid
    assert {"loc", "msg", "type"} <= invalid["detail"][0].keys(), invalid


def check_models(instance):
    """start_models, stop_models, get_status: nulls are there once nothing runs."""
    start = {"model_type": MODEL, "count": 1, "config": {}, "num_gpus_per_model": 0}
    before = model(STATUS, get(f"{instance}/status"))
    assert before["model_type"] == MODEL and before["status"] == "running", before
    replicas = before["replicas_running"]
    started = model(START, post(f"{instance}/models/start", start))
    assert started["replicas_started"] == 1 and started["total_replicas"] == replicas + 1, started
    stopped = model(STOP, post(f"{instance}/models/stop", {"count": 1}))
    assert len(stopped["stopped_replicas"]) == 1 and stopped["remaining_replicas"] == replicas, stopped
    try:
        assert model(STOP, post(f"{instance}/models/stop", {"count": None}))["remaining_replicas"] == 0
        idle = model(STATUS, get(f"{instance}/status"))
        assert idle["model_type"] is None and idle["status"] == "idle", idle
        queue = model(QUEUE_STATUS, get(f"{instance}/queue/status"))
        assert queue["model_type"] is queue["expected_ms"] is queue["error_ms"] is None, queue
        assert model(STOP, post(f"{instance}/models/stop"))["stopped_replicas"] == []
        body = {"input_data": {"text": "nobody there"}}
        assert isinstance(refused(503, post, f"{instance}/queue/enqueue", body)["detail"], str)
    finally:
        post(f"{instance}/models/start", {"model_type": MODEL, "count": replicas})


def check_predictor(predictor):
    """health_check, get_available_models, predict, and the batch interface."""
    health = model(PREDICTOR_HEALTH, get(f"{predictor}/health"))
    assert health["status"] == "healthy" and health["service"] == "predictor", health
    models = get(f"{predictor}/models")
    assert models["status"] == "success", models
    for one in models["models"]:
        model(MODEL_INFO, one)

    unknown = model(PREDICTION, post(f"{predictor}/predict", {"model_type": "unknown-model", "metadata": {}}))
    assert unknown["status"] == "error", unknown
    assert unknown["message"] == "No prediction data available for model type: unknown-model", unknown
    assert all(unknown[key] is None for key in PREDICTION if key not in ("status", "message")), unknown

    path = "unknown/model/A100/vllm/0.2.0"
    trace = {"input_tokens": 100}
    single = post(f"{predictor}/predict/single/{path}", {"trace": trace, "confidence_level": 0.95})
    assert model(SUMMARY, single["summary"])["failed"] == 1, single
    nothing = model(TRACE_PREDICTION, single["results"])
    assert nothing["status"] == "error", nothing
    assert all(nothing[key] is None for key in TRACE_PREDICTION if key != "status"), nothing

    batch = post(f"{predictor}/predict/batch/{path}", {"trace": [trace, trace], "confidence_level": 0.95})
    assert model(SUMMARY, batch["summary"])["total"] == len(batch["results"]) == 2, batch
    assert batch["summary"]["failed"] == 2 and {"expect", "error"} <= batch.keys(), batch

    missing = refused(422, post, f"{predictor}/predict/single/{path}", {})["detail"]
    assert {tuple(one["loc"]) for one in missing} == {("body", "trace"), ("body", "confidence_level")}, missing


def check_scheduler(scheduler, instance):
    """submit, query, queue info, strategies, registration."""
    for name in ("round_robin", "weighted", "probabilistic", "shortest_queue"):
        assert post(f"{scheduler}/scheduler/set", {"name": name}) == {"status": "success", "message": "OK"}
    wrong = post(f"{scheduler}/scheduler/set", {"name": "nope"})
    assert wrong["status"] == "error" and "nope" in wrong["message"] and "round_robin" in wrong["message"], wrong
    mode = post(f"{scheduler}/scheduler/predict_mode", {"mode": "default"})
    assert mode == {"status": "success", "message": "OK"}, mode

    queues = get(f"{scheduler}/queue/info?model_name={MODEL}")
    assert queues["status"] == "success" and len(queues["queues"]) == 2, queues
    uuids = [model(QUEUE, queue)["ti_uuid"] for queue in queues["queues"]]
    place = urllib.parse.urlsplit(instance)
    again = post(f"{scheduler}/ti/register", {"host": place.hostname, "port": place.port})
    assert again["status"] == "success" and again["ti_uuid"] in uuids, "the same address has the same uuid"
    nobody = post(f"{scheduler}/ti/register", {"host": "127.0.0.1", "port": 1, "model_name": MODEL})
    assert nobody["status"] == "error" and nobody["ti_uuid"] == "", nobody
    gone = post(f"{scheduler}/ti/remove", {"ti_uuid": "00000000-0000-4000-8000-000000000000"})
    assert gone["status"] == "error" and gone["message"] == "TaskInstance not found", gone

    body = {"model_name": MODEL, "task_input": {"text": "bread"}, "metadata": {}}
    submitted = post(f"{scheduler}/queue/submit", body)
    assert submitted["status"] == "success" and submitted["scheduled_ti"] in uuids, submitted
    query = f"{scheduler}/task/query?task_id={submitted['task_id']}"

    def completed():
        task = model(TASK, get(query))
        return task if task["task_status"] == "completed" else None

    task = until("a completed task", 15, completed)
    assert len(task["result"]["embedding"]) == 384, task
    assert abs(task["submit_time"] - time.time()) < 60, "Unix seconds"
    unserved = refused(503, post, f"{scheduler}/queue/submit", {**body, "model_name": "unknown-model"})
    assert unserved["status"] == "error" and unserved["task_id"] == unserved["scheduled_ti"] == "", unserved
    assert unserved["detail"] == "No available instances for model type unknown-model", unserved
    assert refused(404, get, f"{scheduler}/task/query?task_id=task-unknown")["detail"] == "Task task-unknown not found"
    assert refused(404, get, f"{scheduler}/nowhere") == {"detail": "Not Found"}
    assert refused(405, post, f"{scheduler}/health") == {"detail": "Method Not Allowed"}


def check_learning(predictor):
    """What the mesh executed is what the predictor predicts from."""

    def prediction():
        answer = model(PREDICTION, post(f"{predictor}/predict", {"model_type": MODEL, "metadata": {}}))
        return answer if answer["status"] == "success" else None

    learned = until("a prediction from executions", 10, prediction)
    assert learned["message"] is None and learned["model_type"] == MODEL, learned
    assert learned["quantiles"] == sorted(learned["quantiles"]), learned
    assert len(learned["quantiles"]) == len(learned["quantile_predictions"]) > 0, learned
    assert learned["quantile_predictions"] == sorted(learned["quantile_predictions"]), learned
    assert 0 <= learned["confidence"] <= 1, learned


def main():
    scheduler, instance, predictor = sys.argv[1:]
    check_queue(instance)
    check_models(instance)
    check_predictor(predictor)
    check_scheduler(scheduler, instance)
    check_learning(predictor)
    print("all checks hold")


if __name__ == "__main__":
    main()
