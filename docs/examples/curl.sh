#!/bin/sh
# Embeds a sentence through the documented REST API: submit, follow, read the result, look at the queues.
set -eu
scheduler=${SCHEDULER_URL:-http://localhost:8102}

echo "# submit"
answer=$(curl -sS --fail-with-body "$scheduler/queue/submit" -H 'Content-Type: application/json' -d '{
  "model_name": "all-minilm-l6-v2",
  "task_input": {"text": "A loaf of bread is food."},
  "metadata": {"user_id": "docs"}
}')
echo "$answer"
task_id=$(printf '%s' "$answer" | sed 's/.*"task_id": *"\([^"]*\)".*/\1/')

echo "# follow it to its end (one JSON object a line; the stream closes by itself)"
curl -sSN --fail-with-body --max-time 60 "$scheduler/task/events?task_ids=$task_id" | cut -c 1-160

echo "# the result"
curl -sS --fail-with-body "$scheduler/task/query?task_id=$task_id" | cut -c 1-240
echo
echo "# how long a task submitted now would wait"
curl -sS --fail-with-body "$scheduler/queue/info?model_name=all-minilm-l6-v2"
echo
echo "# what an error looks like"
curl -sS -w '\nHTTP %{http_code}\n' "$scheduler/queue/submit" -H 'Content-Type: application/json' -d '{"task_input": []}'
