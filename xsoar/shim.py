"""Hands each command of the platform to `mdti run` in this image, and its answer back to the platform."""
import json
import subprocess

FETCH = "fetch-incidents"
TEST = "test-module"  # the platform gives it no state to read or write
ERROR = 4


def ask(document):
    ended = subprocess.run(["mdti", "run"], input=json.dumps(document), capture_output=True, text=True)
    for line in ended.stderr.splitlines():
        demisto.debug(line)  # noqa: F821
    try:
        return json.loads(ended.stdout)
    except ValueError:
        raise RuntimeError(f"mdti ended with status {ended.returncode} and without an answer.")


def main():
    platform = demisto  # noqa: F821
    command = platform.command()
    state = {} if command == TEST else platform.getIntegrationContext()
    answer = ask(
        {
            "command": command,
            "args": platform.args(),
            "params": platform.params(),
            "integrationContext": state,
            "lastRun": platform.getLastRun() if command == FETCH else {},
        }
    )
    if command != TEST and answer.get("integrationContext", state) != state:
        platform.setIntegrationContext(answer["integrationContext"])
    entries = answer["entries"]
    failed = [entry["Contents"] for entry in entries if entry["Type"] == ERROR]
    if command == TEST:
        platform.results(entries[0]["Contents"])
    elif command != FETCH:
        platform.results(entries)
    elif failed:
        raise RuntimeError(failed[0])
    else:
        # The incidents first: a crash in between repeats a fetch; the other way round it would lose the articles of one.
        platform.incidents(answer["incidents"])
        platform.setLastRun(answer["lastRun"])


if __name__ in ("__main__", "__builtin__", "builtins"):
    main()
