"""Hands each command of the platform to one `mdti serve` process of this image, and its result back to the platform."""
import errno
import json
import os
import select
import signal
import subprocess
import sys
import types

FETCH = "fetch-incidents"
TEST = "test-module"  # the platform offers no state in it
AUTH = "msg-defender-threat-intel-auth-"
ERROR = 4
IDLE_SECONDS = "600"
ATTEMPTS = 5
REBUILD = "Build the image from the Dockerfile that comes with the pack, and set it in the integration."
LOGINS = ("tokens", "logins", "pendingLogins")  # entries by identity; see mergeLoginState in mdti
RESETS = "resets"


class Failure(Exception):
    """A message for the user who ran the command."""


class ExitedWhileIdle(Exception):
    """mdti exited while it was idle; the document was not read."""


def start():
    """Starts `mdti serve`: one JSON document per line in, one per line out, logs on stderr."""
    pipe = subprocess.PIPE
    environment = dict(os.environ, MDTI_IDLE_SECONDS=IDLE_SECONDS)
    try:
        process = subprocess.Popen(["mdti", "serve"], stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0, env=environment)
    except OSError as error:
        raise Failure(not_started(error)) from None
    for stream in (process.stdin, process.stdout, process.stderr):
        os.set_blocking(stream.fileno(), False)
    return types.SimpleNamespace(process=process, owner=os.getpid(), documents=0, out=bytearray(), err=bytearray())


class Conversation:
    """One command's use of a running `mdti serve`. The process outlives the command, and with it this class."""

    def __init__(self, running):
        self.running, self.process, self.notes = running, running.process, []

    def run(self, document, on_state, log):
        """Returns the response to the document. Calls on_state for each change of the state, log for each line of the log."""
        self.running.documents += 1
        number = str(self.running.documents)
        pending = (json.dumps(dict(document, id=number)) + "\n").encode("ascii")
        stdin, stdout, stderr = (p.fileno() for p in (self.process.stdin, self.process.stdout, self.process.stderr))
        open_pipes = {stdout, stderr}
        while open_pipes:
            ready, writable, _ = select.select(open_pipes, [stdin] if pending else [], [])
            if writable:
                try:
                    pending = pending[os.write(stdin, pending[:65536]):]
                except BlockingIOError:
                    pass
                except OSError:  # it exited; its exit status says why
                    pending = b""
            if stderr in ready:
                self.read_log(open_pipes, log)
            for line in self.read_lines(open_pipes) if stdout in ready else ():
                message = parse(line)
                if message.get("for") == number and "state" in message:
                    on_state(message["state"])
                elif message.get("id") == number:
                    self.read_log(open_pipes, log)
                    return message
        status = self.process.wait()
        if status == 0 and self.running.documents > 1:
            raise ExitedWhileIdle()
        raise Failure(no_response(status, self.notes))

    def read(self, pipe, open_pipes):
        """Returns the bytes that the pipe contains now."""
        parts = []
        while pipe in open_pipes:
            try:
                part = os.read(pipe, 1 << 16)
            except BlockingIOError:
                break
            if not part:
                open_pipes.discard(pipe)
            parts.append(part)
        return b"".join(parts)

    def read_lines(self, open_pipes):
        part = self.read(self.process.stdout.fileno(), open_pipes)
        self.running.out += part
        if b"\n" not in part:
            return []
        *lines, rest = bytes(self.running.out).split(b"\n")
        self.running.out = bytearray(rest)
        return [line for line in lines if line.strip()]

    def read_log(self, open_pipes, log):
        self.running.err += self.read(self.process.stderr.fileno(), open_pipes)
        *lines, rest = bytes(self.running.err).split(b"\n")
        self.running.err = bytearray(rest)
        for line in lines:
            text = line.decode("utf-8", "replace")
            log(text)
            if text.strip() and not text.startswith("{"):
                self.notes = self.notes[-19:] + [text.strip()]

    def end(self):
        self.process.kill()
        self.process.wait()


def parse(line):
    text = line.decode("utf-8", "replace")
    try:
        message = json.loads(text)
    except ValueError:
        message = None
    if isinstance(message, dict):
        return message
    raise Failure(f"mdti wrote a line that is not a JSON object: {text[:100]!r}. {REBUILD}")


def not_started(error):
    if error.errno == errno.ENOENT:
        return f"This container image has no mdti. {REBUILD}"
    if error.errno == errno.EACCES:
        return f"mdti in this container image cannot be executed (permission denied). {REBUILD}"
    if error.errno == errno.ENOEXEC:
        return f"mdti in this container image is not a program for this machine. {REBUILD}"
    return f"mdti could not be started: {error.strerror}. Restart the container, or give it more memory and processes."


def no_response(status, notes):
    if status < 0:
        name = signal.Signals(-status).name
        return f"mdti was terminated by {name}. Run the command again; if it repeats, give the container more memory."
    said = next((note for note in notes if "Error" in note or "error" in note or "not found" in note or "No such" in note), "".join(notes[-1:]))
    if status == 127 and ("library" in said or "libraries" in said or "relocating" in said):
        return f"Node.js in this container image lacks a library: {said[:200]}. {REBUILD}"
    if status == 127:
        return f"This container image has no Node.js. {REBUILD}"
    if status == 126:
        return f"The user of this container cannot execute Node.js or search a folder of PATH: {said[:200]}. {REBUILD}"
    message = f" with the message: {said[:200]}" if said else " without a message"
    return f"mdti exited with status {status}{message}. {REBUILD}"


def child():
    """Returns the mdti that an earlier command of this interpreter started, or a new one; modules outlive a command."""
    holder = sys.modules.setdefault("_mdti_child", types.ModuleType("_mdti_child"))
    found = getattr(holder, "child", None)
    if found is None or found.owner != os.getpid() or found.process.poll() is not None:
        found = holder.child = start()
    return found


def run(document, on_state, log):
    for attempt in (1, 2):
        running = Conversation(child())
        has_response = False
        try:
            response = running.run(document, on_state, log)
            has_response = True
            return response
        except ExitedWhileIdle:
            if attempt == 2:
                raise Failure("mdti exited without a response. Run the command again.") from None
        finally:
            if not has_response:  # The next command cannot reuse a process in an unknown state.
                running.end()


def merge(base, ours, current):
    """Merges the state of a command with changes that others stored in the meantime: mergeLoginState of mdti, rule by rule."""
    merged = dict(current)
    for key in set(base) | set(ours):
        if key not in LOGINS and key != RESETS and ours.get(key) != base.get(key):
            put(merged, key, ours.get(key))
    if ours.get(RESETS) != base.get(RESETS):
        for key in LOGINS:
            merged.pop(key, None)
        merged[RESETS] = max(ours.get(RESETS) or 0, (current.get(RESETS) or 0) + 1)
        return merged
    if current.get(RESETS) != base.get(RESETS):
        return merged
    pending, left = base.get("pendingLogins") or {}, ours.get("pendingLogins") or {}
    for key in LOGINS:
        before, after, now = (state.get(key) or {} for state in (base, ours, current))
        entries = dict(now)
        for identity in set(before) | set(after):
            wanted = after.get(identity)
            if wanted == before.get(identity):
                continue
            completed = identity in pending and identity not in left
            if (wanted is not None if key == "pendingLogins" else completed) or now.get(identity) == before.get(identity):
                put(entries, identity, wanted)
        put(merged, key, entries or None)
    return merged


def put(target, key, value):
    if value is None:
        target.pop(key, None)
    else:
        target[key] = value


class State:
    """The state that the platform stores for this instance; versions keep two commands from overwriting each other."""

    def __init__(self, platform, command):
        self.platform, self.command = platform, command
        self.base = {} if command == TEST else self.read()[0]

    def read(self):
        try:
            found = self.platform.getIntegrationContextVersioned(True)
        except AttributeError:
            return self.platform.getIntegrationContext() or {}, None
        return found.get("context") or {}, found.get("version")

    def change(self, ours):
        if self.command == TEST:
            return
        for attempt in range(1, ATTEMPTS + 1):
            current, version = self.read()
            merged = merge(self.base, ours, current)
            try:
                if merged != current:
                    self.write(merged, version)
                self.base = ours
                return
            except Exception as error:  # the platform raises no specific class for a stale version
                if attempt == ATTEMPTS:
                    self.lost(error)

    def write(self, value, version):
        if version is None:
            self.platform.setIntegrationContext(value)
        else:
            self.platform.setIntegrationContextVersioned(value, version, True)

    def lost(self, error):
        if self.command.startswith(AUTH):
            raise Failure(f"The platform did not store the sign-in: {error}. Run {self.command} again.") from None
        self.platform.debug(f"The token was not stored; the next command requests a new one: {error}")


def run_command(platform):
    command = platform.command()
    state = State(platform, command)
    document = {
        "door": "xsoar",
        "command": command,
        "args": platform.args(),
        "params": platform.params(),
        "integrationContext": state.base,
        "lastRun": platform.getLastRun() if command == FETCH else {},
    }
    response = run(document, state.change, platform.debug)
    entries = response.get("entries") or []
    if not entries:
        raise Failure(f"mdti returned no result for {command}. Run it again; if it repeats, set MDTI_LOG=debug in the image.")
    failed = [entry["Contents"] for entry in entries if entry["Type"] == ERROR]
    if command == TEST:
        platform.results(entries[0]["Contents"])
    elif command != FETCH:
        platform.results(entries)
    elif failed:
        raise Failure(failed[0])
    else:
        # The incidents first: a crash in between then repeats a fetch; in the other order it would lose articles.
        platform.incidents(response.get("incidents") or [])
        platform.setLastRun(response.get("lastRun") or {})


def main(platform):
    try:
        run_command(platform)
    except Failure as failure:
        text = str(failure)
        if platform.command() == FETCH:
            raise Exception(text) from None  # the platform detects a failed fetch by the exception
        platform.results(
            text if platform.command() == TEST else {"Type": ERROR, "ContentsFormat": "text", "Contents": text, "EntryContext": None}
        )


if __name__ in ("__main__", "__builtin__", "builtins"):
    main(demisto)  # noqa: F821
