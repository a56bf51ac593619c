#!/usr/bin/env bash
# run.sh PARAMS HOST: a host's reputation, by jq and mdti run.
set -euo pipefail

jq --null-input --slurpfile params "$1" --arg host "$2" '{
  command: "msg-defender-threat-intel-host-reputation",
  args: { host_id: $host },
  params: $params[0]
}' | mdti run | jq --raw-output '.entries[] | if .Type == 4 then error(.Contents) else .Contents.classification end'
