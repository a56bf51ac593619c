"""platform.py SHIM: a stand-in for the platform. Runs the shim once; a scenario in on stdin, what the shim did out on stdout."""
import json
import sys


class Demisto:
    """The object that the platform gives to an integration; remembers what is done with it."""

    def __init__(self, scenario):
        self.scenario = scenario
        self.did = {"results": [], "debug": [], "order": []}

    def command(self):
        return self.scenario["command"]

    def args(self):
        return self.scenario.get("args", {})

    def params(self):
        return self.scenario["params"]

    def getIntegrationContext(self):
        self._refuse_in_test()
        return self.scenario.get("integrationContext", {})

    def setIntegrationContext(self, value):
        self._refuse_in_test()
        self._note("integrationContext", value)

    def getLastRun(self):
        return self.scenario.get("lastRun", {})

    def setLastRun(self, value):
        self._note("lastRun", value)

    def incidents(self, incidents):
        self._note("incidents", incidents)

    def results(self, results):
        self.did["results"].append(results)

    def debug(self, line):
        self.did["debug"].append(line)

    def _note(self, name, value):
        self.did[name] = value
        self.did["order"].append(name)

    def _refuse_in_test(self):
        if self.scenario["command"] == "test-module":
            raise ValueError("no state in test-module")


demisto = Demisto(json.load(sys.stdin))
try:
    exec(open(sys.argv[1]).read(), {"__name__": "__builtin__", "demisto": demisto})
except Exception as error:
    demisto.did["exception"] = str(error)
json.dump(demisto.did, sys.stdout)
