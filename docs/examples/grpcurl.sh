#!/bin/sh
# The same over native gRPC, on the same port, with reflection.
set -eu
scheduler=${SCHEDULER_ADDRESS:-localhost:8102}

echo "# what is there"
grpcurl -plaintext "$scheduler" list

echo "# submit: users' JSON may be written as a tree (value) or, exactly, as text (json)"
answer=$(grpcurl -plaintext -d '{
  "model_name": "all-minilm-l6-v2",
  "task_input": {"value": {"text": "A loaf of bread is food."}},
  "metadata": {"json": "{\"user_id\": \"docs\"}"}
}' "$scheduler" swarmpilot.scheduler.v1.SchedulerService/SubmitTask)
echo "$answer"
task_id=$(printf '%s' "$answer" | sed -n 's/.*"task_id": "\([^"]*\)".*/\1/p')

echo "# follow it to its end"
grpcurl -plaintext -max-time 60 -d "{\"task_ids\": [\"$task_id\"]}" \
    "$scheduler" swarmpilot.scheduler.v1.SchedulerService/WatchTasks | cut -c 1-160

echo "# what an error looks like"
if grpcurl -plaintext -d '{"model_name": "all-minilm-l6-v2"}' \
    "$scheduler" swarmpilot.scheduler.v1.SchedulerService/SubmitTask 2>&1; then
    echo "a task without an input was accepted" >&2
    exit 1
fi

echo "# health"
grpcurl -plaintext "$scheduler" grpc.health.v1.Health/Check
