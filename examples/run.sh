#!/usr/bin/env bash
# run.sh PARAMS HOST…: the reputation of hosts, by jq and mdti run.
set -euo pipefail
params=$1
shift

for host in "$@"; do
  jq --null-input --slurpfile params "$params" --arg host "$host" '{
    command: "msg-defender-threat-intel-host-reputation",
    args: { host_id: $host },
    params: $params[0]
  }' | { mdti run || true; } | jq --raw-output --arg host "$host" '.entries[] | $host + " " +
    if .Type == 4 then "failed: " + .Contents elif .Contents == null then "not found" else .Contents.classification end'
done
