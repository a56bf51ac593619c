"""platform.py SHIM ROUNDS: times one command (a) through the shim, (b) directly through `mdti serve` (without response cache, as in (a)), (c) with `mdti run` each time.

All in one interpreter, taking turns. In: a scenario {command, args, params, integrationContext}; out: milliseconds by way.
The code of the shim is compiled anew for every command, as a platform does.
"""
import json
import subprocess
import sys
import time

with open(sys.argv[1], encoding="utf-8") as file:
    SOURCE = file.read()
CALL = json.load(sys.stdin)


class Platform:
    def __init__(self):
        self.context = CALL["integrationContext"]
        self.given = None

    def command(self):
        return CALL["command"]

    def args(self):
        return CALL["args"]

    def params(self):
        return CALL["params"]

    def getIntegrationContextVersioned(self, refresh):
        return {"context": self.context, "version": 1}

    def setIntegrationContextVersioned(self, value, version, sync):
        self.context = value

    def debug(self, line):
        pass

    def results(self, entries):
        self.given = entries


def through_shim():
    platform = Platform()
    exec(compile(SOURCE, "<string>", "exec"), {"__name__": "__builtin__", "demisto": platform})
    return platform.given


def direct(server):
    server.stdin.write((json.dumps(dict(CALL, id=1, door="xsoar")) + "\n").encode())
    server.stdin.flush()
    return json.loads(server.stdout.readline())["entries"]


def started():
    ran = subprocess.run(["mdti", "run"], input=json.dumps(CALL), capture_output=True, text=True, check=False)
    return json.loads(ran.stdout)["entries"]


def timed(work):
    begin = time.perf_counter()
    entries = work()
    taken = (time.perf_counter() - begin) * 1000
    if entries[0]["Type"] != 1:
        raise SystemExit(entries[0]["Contents"])
    return taken


def main():
    rounds = int(sys.argv[2])
    with subprocess.Popen(["mdti", "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        first = timed(through_shim)
        ways = {"shim": through_shim, "serve": lambda: direct(server), "run": started}
        times = {name: [] for name in ways}
        for way in ways.values():
            for _ in range(3):
                timed(way)
        for number in range(rounds):
            for name, way in ways.items():
                if name != "run" or number % 10 == 0:
                    times[name].append(timed(way))
        server.stdin.close()
    json.dump({"first": first, "times": times}, sys.stdout)


main()
