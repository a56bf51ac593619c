"""serve.py PARAMS HOST…: the registrar of many hosts, over one mdti serve."""
import json, subprocess, sys

params = json.load(open(sys.argv[1]))
command = "msg-defender-threat-intel-host"
lines = [json.dumps({"id": host, "command": command, "args": {"host_id": host}, "params": params}) for host in sys.argv[2:]]
served = subprocess.run(["mdti", "serve"], input="\n".join(lines), capture_output=True, text=True, check=True)
for answer in map(json.loads, served.stdout.splitlines()):
    for entry in answer["entries"]:
        print(answer["id"], entry["Contents"] if entry["Type"] == 4 else entry["Contents"]["registrar"])
