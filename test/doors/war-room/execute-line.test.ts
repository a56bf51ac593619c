import type { Clock } from '../../../src/base/clock';
import { PluginError } from '../../../src/base/errors';
import type { JsonObject } from '../../../src/base/json';
import { executeLine } from '../../../src/doors/war-room/execute-line';
import type { Engine } from '../../../src/engine/engine';
import { contextKey } from '../../../src/xsoar/context-keys';
import { type Entry, errorEntry, resultEntry } from '../../../src/xsoar/entry';

const HOST = 'msg-defender-threat-intel-host';

/** A plugin that returns these entries in turn and records its commands. */
function scripted(...entries: Entry[]): Engine & { readonly requested: JsonObject[] } {
  const requested: JsonObject[] = [];
  return {
    requested,
    async execute(command, args) {
      requested.push({ command, ...args });
      const entry = entries[Math.min(requested.length, entries.length) - 1];
      return { entries: entry === undefined ? [] : [entry], errors: [] };
    },
  };
}

function clockThat(does: (call: () => void) => void): Clock {
  return {
    now: () => 0,
    monotonic: () => 0,
    after(_, call) {
      does(call);
      return () => {};
    },
  };
}

const found = resultEntry({ id: 'contoso.com', registrar: 'Example' }, '', {
  [contextKey('Host')]: { id: 'contoso.com' },
});
const failed = errorEntry(new PluginError('GRAPH_UNAVAILABLE', 'Graph is unavailable.'));
const CONTEXT = { MSGDefenderThreatIntel: { Host: { id: 'contoso.com' } } };

test('reads arguments from context and writes found objects to it', async () => {
  const plugin = scripted(found);
  const first = await executeLine(`!${HOST} host_id=contoso.com`, plugin);
  expect(first.context).toEqual(CONTEXT);
  await executeLine(`!${HOST} host_id=\${MSGDefenderThreatIntel.Host.id} odata=\${No.thing}`, plugin, first);
  expect(plugin.requested.at(-1)).toEqual({ command: HOST, host_id: 'contoso.com' });
});

test('the arguments of the platform are not sent to the command', async () => {
  const plugin = scripted(found);
  const line = `!${HOST} host_id=a using=one raw-response=true ignore-outputs=true extend-context="A.B=registrar::C=id"`;
  const { system, context } = await executeLine(line, plugin);
  expect(plugin.requested).toEqual([{ command: HOST, host_id: 'a' }]);
  expect(system.rawResponse).toBe(true);
  expect(context).toEqual({ A: { B: 'Example' }, C: 'contoso.com' });
});

test('an error changes no context', async () => {
  const { context } = await executeLine(`!${HOST} host_id=a extend-context=A=id`, scripted(failed), {
    context: CONTEXT,
  });
  expect(context).toEqual(CONTEXT);
});

test('retries a failed command up to retry-count times', async () => {
  const clock = clockThat((call) => call());
  const twice = scripted(failed, found);
  const response = await executeLine(`!${HOST} host_id=a retry-count=3 retry-interval=30`, twice, { clock });
  expect(response.entries).toEqual([found]);
  expect(twice.requested).toHaveLength(2);
  const never = scripted(failed);
  await executeLine(`!${HOST} host_id=a retry-count=2`, never, { clock });
  expect(never.requested).toHaveLength(3);
});

test('execution-timeout ends the command by its signal', async () => {
  const timers: (() => void)[] = [];
  const clock = clockThat((call) => timers.push(call));
  const plugin: Engine = {
    execute: (_, __, signal) =>
      new Promise((resolve) => {
        signal?.addEventListener('abort', () =>
          resolve({ entries: [errorEntry(signal.reason)], errors: [] }),
        );
        timers.at(-1)?.();
      }),
  };
  const { entries } = await executeLine(`!${HOST} host_id=a execution-timeout=5`, plugin, { clock });
  expect(entries[0]?.Contents).toMatch(`${HOST} timed out after 5 seconds.`);
});

test.each([
  ['raw-response=maybe', 'raw-response: "maybe" is not valid'],
  ['retry-count=-1', 'retry-count: "-1" is not valid'],
  ['extend-context=registrar', 'extend-context: "registrar" is not valid'],
  ['extend-context=A=b..c', 'The context path "b..c"'],
  ['stray', `${HOST}: the value "stray" has no argument name`],
])('%s is rejected before anything is requested', async (typed, reason) => {
  const plugin = scripted(found);
  await expect(executeLine(`!${HOST} host_id=a ${typed}`, plugin)).rejects.toThrow(reason);
  expect(plugin.requested).toEqual([]);
});

test('an unknown command is an entry and an error record, and the context stays', async () => {
  const outcome = await executeLine('!zzzzzzzz', scripted(found), { context: CONTEXT });
  expect(outcome).toMatchObject({
    errors: [{ code: 'COMMAND_UNKNOWN' }],
    context: CONTEXT,
    entries: [{ Contents: expect.stringMatching(/There is no command "zzzzzzzz"\.$/) }],
  });
});

test.each([
  ['!ipp', /Did you mean ip\?$/],
  ['!cves', /Did you mean cve\?$/],
])('%s suggests the command that is meant', async (line, hint) => {
  const { entries } = await executeLine(line, scripted(found));
  expect(entries[0]?.Contents).toMatch(hint);
});

test('a reference to nothing is an argument that was not given', async () => {
  const plugin = scripted(found);
  await executeLine(`!${HOST} host_id=a odata=\${No.thing}`, plugin);
  expect(Object.keys(plugin.requested[0] ?? {})).toEqual(['command', 'host_id']);
});

test('extend-context of a field that is not there adds nothing', async () => {
  const { context } = await executeLine(
    `!${HOST} host_id=a ignore-outputs=true extend-context="A=absent::B=id"`,
    scripted(found),
  );
  expect(Object.keys(context)).toEqual(['B']);
});

test.each([
  [`!${HOST} host_id=a stray`, 'Write name=value. Arguments: host_id, odata.'],
  ['!auth-test stray', 'Write name=value. It has no arguments.'],
])('%s: the value without a name says which names there are', async (line, hint) => {
  await expect(executeLine(line, scripted(found))).rejects.toMatchObject({ code: 'ARGUMENT_UNKNOWN', hint });
});

test('a failed list is not run again once rows were passed on', async () => {
  const passed: unknown[] = [];
  let runs = 0;
  const plugin: Engine = {
    async execute(_, __, ___, onRows) {
      runs += 1;
      if (runs > 1) await onRows?.([{ id: 'a' }] as never, {} as never);
      return { entries: [failed], errors: [] };
    },
  };
  const clock = clockThat((call) => call());
  await executeLine(`!${HOST} host_id=a retry-count=5`, plugin, {
    clock,
    onRows: async (rows) => void passed.push(...rows),
  });
  expect([runs, passed]).toEqual([2, [{ id: 'a' }]]);
});

test('a command without a receiver of rows gets none', async () => {
  const receivers: unknown[] = [];
  const plugin: Engine = {
    async execute(_, __, ___, onRows) {
      receivers.push(onRows);
      return { entries: [found], errors: [] };
    },
  };
  await executeLine(`!${HOST} host_id=a`, plugin);
  expect(receivers).toEqual([undefined]);
});
