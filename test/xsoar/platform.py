"""platform.py SHIM: a stand-in for the platform. Runs the shim once per command in one interpreter; a scenario in on stdin, a list of
what the shim did for each command out on stdout.

scenario: {"commands": [{command, args, params, lastRun, meanwhile}], "stateFile": PATH, "versions": true, "failingWrites": false}
The state is a file, so that two platforms can share it. meanwhile {at, command} runs another command in another interpreter while
this one is about to merge or to write its state.
"""
import json
import subprocess
import sys

SHIM = sys.argv[1]


class Demisto:
    """The object that the platform gives to an integration; records what is done with it."""

    def __init__(self, scenario, call):
        self.scenario, self.call = scenario, call
        self.reads, self.meanwhile = 0, call.get("meanwhile")
        self.did = {"results": [], "debug": [], "order": []}
        if scenario.get("versions", True):
            self.getIntegrationContextVersioned = self._read_versioned
            self.setIntegrationContextVersioned = self._write_versioned

    def command(self):
        return self.call["command"]

    def args(self):
        return self.call.get("args", {})

    def params(self):
        return self.call["params"]

    def getIntegrationContext(self):
        return self._read_versioned(False)["context"]

    def setIntegrationContext(self, value):
        self._write_versioned(value, None, False)

    def _read_versioned(self, refresh):
        self._refuse_in_test()
        self.reads += 1
        if self.reads == 2:
            self._run_meanwhile("merge")
        return self._stored()

    def _write_versioned(self, value, version, sync):
        self._refuse_in_test()
        self._run_meanwhile("write")
        stored = self._stored()
        if self.scenario.get("failingWrites") or version not in (None, stored["version"]):
            raise ValueError("DB Version mismatch")
        with open(self.scenario["stateFile"], "w") as file:
            json.dump({"context": value, "version": stored["version"] + 1}, file)
        self._note("integrationContext", value)

    def getLastRun(self):
        return self.call.get("lastRun", {})

    def setLastRun(self, value):
        self._note("lastRun", value)

    def incidents(self, incidents):
        self._note("incidents", incidents)

    def results(self, results):
        self.did["results"].append(results)

    def debug(self, line):
        self.did["debug"].append(line)

    def _stored(self):
        with open(self.scenario["stateFile"]) as file:
            return json.load(file)

    def _run_meanwhile(self, at):
        if not self.meanwhile or self.meanwhile["at"] != at:
            return
        other, self.meanwhile = dict(self.scenario, commands=[self.meanwhile["command"]]), None
        ran = subprocess.run([sys.executable, __file__, SHIM], input=json.dumps(other), capture_output=True, text=True, check=True)
        self.did["meanwhile"] = json.loads(ran.stdout)[0]

    def _note(self, name, value):
        self.did[name] = value
        self.did["order"].append(name)

    def _refuse_in_test(self):
        if self.call["command"] == "test-module":
            raise ValueError("no state in test-module")


def run(code, scenario, call):
    demisto = Demisto(scenario, call)
    child = getattr(sys.modules.get("_mdti_child"), "child", None)
    if call.get("kill"):  # mdti dies between two commands
        child.process.kill()
        child.process.wait()
    if call.get("afterIdleEnd"):  # mdti exits by itself
        child.process.wait()
    try:
        exec(code, {"__name__": "__builtin__", "demisto": demisto})
    except Exception as error:
        demisto.did["exception"] = str(error)
    running = getattr(sys.modules.get("_mdti_child"), "child", None)
    demisto.did["process"] = running.process.pid if running else None
    return demisto.did


if __name__ == "__main__":
    with open(SHIM, encoding="utf-8") as file:
        compiled = compile(file.read(), SHIM, "exec")
    given = json.load(sys.stdin.buffer)
    json.dump([run(compiled, given, call) for call in given["commands"]], sys.stdout)
