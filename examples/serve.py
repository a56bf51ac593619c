"""serve.py PARAMS HOST…: the registrar of many hosts, over one mdti serve."""
import json, subprocess, sys

params = json.load(open(sys.argv[1]))
command = "msg-defender-threat-intel-host"
lines = [json.dumps({"id": host, "command": command, "args": {"host_id": host}, "params": params}) for host in sys.argv[2:]]
served = subprocess.run(["mdti", "serve"], input="\n".join(lines), capture_output=True, text=True, check=True)
for response in map(json.loads, served.stdout.splitlines()):
    for entry in response["entries"]:
        host = entry["Contents"]
        if entry["Type"] == 4:
            print(response["id"], "failed:", host)
        else:
            print(response["id"], "not found" if host is None else host.get("registrar") or "no registrar")
