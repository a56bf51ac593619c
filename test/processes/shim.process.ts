import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { integrationCode } from '../../scripts/xsoar/integration';
import cases from '../../test_data/state/merge.json';
import { type Installed, installed, installedSandbox } from '../support/in-path';
import { type Call, type Did, type Entry, Platform, SHIM } from '../xsoar/platform';

const scene = installedSandbox();
beforeEach(() => scene.sandbox.reset());

const HOST: Call = { command: 'msg-defender-threat-intel-host', args: { host_id: 'contoso.com' } };

function platform(options: ConstructorParameters<typeof Platform>[2] = {}): Platform {
  return new Platform(scene.mdti, scene.sandbox.params, options);
}

function entryOf(did: Did | undefined): Entry | undefined {
  const [first] = did?.results ?? [];
  return (Array.isArray(first) ? first[0] : first) as Entry | undefined;
}

function logins(): number {
  return scene.sandbox.requests.filter(({ path }) => path.includes('/oauth2/')).length;
}

describe('a command', () => {
  test('returns its entries unchanged and stores the token beside unknown keys', async () => {
    const on = platform();
    on.state = { theirs: 1 };
    const did = await on.once(HOST);
    expect(entryOf(did)).toMatchObject({ Type: 1, Contents: { id: 'contoso.com' } });
    expect(Object.keys(entryOf(did)?.EntryContext ?? {})).toEqual([
      'MSGDefenderThreatIntel.Host(val.id && val.id == obj.id)',
    ]);
    expect(on.state).toMatchObject({ theirs: 1, tokens: expect.anything() });
    expect((await on.once(HOST)).order).toEqual([]);
    expect(logins()).toBe(1);
  });

  test('on a platform without versions stores its token as well', async () => {
    const on = platform({ versions: false });
    await on.once(HOST);
    expect(on.state.tokens).toBeDefined();
  });

  test('returns an error entry if it fails', async () => {
    const did = await platform().once({ ...HOST, args: { host_id: '..' } });
    expect(did.exception).toBeUndefined();
    expect(entryOf(did)).toMatchObject({ Type: 4, EntryContext: null });
  });

  test('accepts text in any script and locale', async () => {
    const host = { command: 'msg-defender-threat-intel-host', args: { host_id: 'bücher.example' } };
    const did = await platform().once(host, { LC_ALL: 'C', PYTHONUTF8: '0', PYTHONIOENCODING: 'ascii' });
    expect(entryOf(did)?.HumanReadable).toContain('Zoë Müller & Søn');
  });

  test('writes its log to the log of the platform', async () => {
    const did = await platform().once(HOST, { MDTI_LOG: 'info' });
    expect(did.debug.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ event: 'token issued' }),
    );
  });
});

test('test-module gives ok, or the text that is shown in red, and uses no state', async () => {
  const [fine, wrong] = await platform().run([
    { command: 'test-module' },
    { command: 'test-module', params: { ...scene.sandbox.params, max_results: 'many' } },
  ]);
  expect(fine).toMatchObject({ results: ['ok'], order: [] });
  expect(wrong?.results[0]).toMatch('max_results');
});

describe('fetch-incidents', () => {
  test('gives its incidents before the last run moves', async () => {
    const did = await platform().once({
      command: 'fetch-incidents',
      params: { ...scene.sandbox.params, first_fetch: '10 years' },
    });
    expect(did.exception).toBeUndefined();
    expect(did.results).toEqual([]);
    expect(did.order.filter((step) => step !== 'integrationContext')).toEqual(['incidents', 'lastRun']);
    expect(JSON.parse(did.incidents?.[0]?.rawJSON ?? '')).toHaveProperty('id');
  });

  test('raises an exception if it fails, and keeps the last run', async () => {
    const params = { ...scene.sandbox.params, max_fetch: 'many' };
    const did = await platform().once({ command: 'fetch-incidents', params });
    expect(did.exception).toMatch('max_fetch');
    expect(did.order).toEqual([]);
  });
});

test('the code in the pack runs as the file does', async () => {
  const code = join(scene.mdti.folder, 'packed.py');
  writeFileSync(code, integrationCode(join(__dirname, '../..')));
  const [first, second, refused] = await platform({ code }).run([
    HOST,
    HOST,
    { ...HOST, args: { host_id: '..' } },
  ]);
  expect([first, second, refused].map((did) => entryOf(did)?.Type)).toEqual([1, 1, 4]);
  expect(second?.process).toBe(first?.process);
});

describe('one mdti for many commands of one interpreter', () => {
  test('is started once', async () => {
    const [first, second, third] = await platform().run([HOST, HOST, { command: 'test-module' }]);
    expect(first?.process).toEqual(expect.any(Number));
    expect([second?.process, third?.process]).toEqual([first?.process, first?.process]);
    expect(logins()).toBe(2);
  });

  test('gives each instance the results for its parameters', async () => {
    const broken = { ...scene.sandbox.params, max_results: 'many' };
    const [one, other, again] = await platform().run([HOST, { ...HOST, params: broken }, HOST]);
    expect([one, other, again].map((did) => entryOf(did)?.Type)).toEqual([1, 4, 1]);
  });

  test('is started again when it died between two commands', async () => {
    const [first, second] = await platform().run([HOST, { ...HOST, kill: true }]);
    expect(entryOf(second)).toMatchObject({ Type: 1 });
    expect(second?.process).not.toBe(first?.process);
  });

  test('ends when it is idle, and the next command starts another', async () => {
    const code = join(scene.mdti.folder, 'impatient.py');
    writeFileSync(code, readFileSync(SHIM, 'utf8').replace('IDLE_SECONDS = "600"', 'IDLE_SECONDS = "1"'));
    const [first, second] = await platform({ code }).run([HOST, { ...HOST, afterIdleEnd: true }]);
    expect([first, second].map((did) => entryOf(did)?.Type)).toEqual([1, 1]);
    expect(second?.process).not.toBe(first?.process);
    expect(logins()).toBe(1);
  });

  test('ends with the interpreter', async () => {
    const { process: pid } = await platform().once(HOST);
    const isGone = () => {
      try {
        return readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[2] === 'Z';
      } catch {
        return true;
      }
    };
    while (!isGone()) await new Promise(setImmediate);
  });
});

test('the shim merges states by the rules of mdti', () => {
  const program = `import json, sys
names = {"__name__": "x"}
exec(open(${JSON.stringify(SHIM)}).read(), names)
json.dump([names["merge"](c["base"], c["ours"], c["current"]) for c in json.load(sys.stdin)], sys.stdout)`;
  const merged = execFileSync('python3', ['-c', program], { input: JSON.stringify(cases), encoding: 'utf8' });
  expect(JSON.parse(merged)).toEqual(cases.map((one) => one.merged));
});

describe.each(['merge', 'write'] as const)('while a command is about to %s its state', (at) => {
  test('a reset wins over the token that was requested before it', async () => {
    const on = platform();
    const did = await on.once({
      ...HOST,
      meanwhile: { at, command: { command: 'msg-defender-threat-intel-auth-reset' } },
    });
    expect(entryOf(did)).toMatchObject({ Type: 1 });
    expect(on.state).toEqual({ resets: 1 });
  });

  test('a device code that was started stays, beside the new token', async () => {
    const on = platform();
    const params = { ...scene.sandbox.params, client_credentials: false, credentials: null };
    const start = { command: 'msg-defender-threat-intel-auth-start', params };
    await on.once({ ...HOST, meanwhile: { at, command: start } });
    expect(Object.keys(on.state).sort()).toEqual(['pendingLogins', 'tokens']);
  });

  test('a token that another command got stays', async () => {
    const on = platform();
    const did = await on.once({ ...HOST, meanwhile: { at, command: HOST } });
    expect(on.state).toEqual(did.meanwhile?.integrationContext);
    expect(logins()).toBe(2);
  });
});

describe('a state that the platform does not store', () => {
  test('costs one token request and no result', async () => {
    const did = await platform({ failingWrites: true }).once(HOST);
    expect(entryOf(did)).toMatchObject({ Type: 1 });
    expect(did.debug.join()).toMatch('The token was not stored');
  });

  test('fails a command about the sign-in', async () => {
    const on = platform({ failingWrites: true });
    on.state = { logins: { someone: {} } };
    const did = await on.once({ command: 'msg-defender-threat-intel-auth-reset' });
    expect(entryOf(did)?.Contents).toMatch(
      /^The platform did not store the sign-in: DB Version mismatch. Run msg-defender-threat-intel-auth-reset again.$/,
    );
  });
});

/** What an image can lack, as the program in the place of mdti. */
const BROKEN: readonly [what: string, program: string, text: RegExp][] = [
  [
    'no Node.js',
    '#!/bin/sh\nexec nodejs-is-not-here\n',
    /^This container image has no Node.js\. Build the image/,
  ],
  [
    'no interpreter for mdti',
    '#!/usr/bin/env nodejs-is-not-here\n',
    /^This container image has no Node.js\. /,
  ],
  [
    'a Node.js that its user cannot execute',
    '#!/bin/sh\necho "mdti: 2: exec: node: Permission denied" >&2\nexit 126\n',
    /^The user of this container cannot execute Node\.js .*Permission denied\. Build the image/,
  ],
  [
    'a library too few',
    '#!/bin/sh\necho "node: error while loading shared libraries: libstdc++.so.6: cannot open" >&2\nexit 127\n',
    /^Node\.js in this container image lacks a library: .*libstdc\+\+/,
  ],
  [
    'no code',
    '#!/bin/sh\nexec node /nowhere/mdti.cjs\n',
    /^mdti exited with status 1 with the message: Error: Cannot find module/,
  ],
  [
    'a killed process',
    '#!/bin/sh\nkill -9 $$\n',
    /^mdti was terminated by SIGKILL\. Run the command again; /,
  ],
  [
    'a broken response',
    '#!/bin/sh\necho hello\ncat >/dev/null\n',
    /^mdti wrote a line that is not a JSON object: 'hello'\. /,
  ],
  [
    'a response without entries',
    `#!/bin/sh\nread line\necho '{"id":"1","entries":[]}'\n`,
    /^mdti returned no result for .*\. Run it again/,
  ],
  ['an early end', '#!/bin/sh\nread line\n', /^mdti exited with status 0 without a message\. /],
  [
    'a process that is killed at work',
    '#!/bin/sh\nread line\nkill -9 $$\n',
    /^mdti was terminated by SIGKILL\. /,
  ],
  [
    'half a response',
    `#!/bin/sh\nread line\nprintf '{"id":"1","entries":['\n`,
    /^mdti exited with status 0 without a message\. /,
  ],
];

describe.each(BROKEN)('an image with %s', (_, program, text) => {
  let image: Installed;
  beforeAll(() => {
    image = installed(scene.sandbox);
    writeFileSync(join(image.folder, 'mdti'), program);
  });

  test('is one sentence for a command, for the test button and for a fetch', async () => {
    const commands = [HOST, { command: 'test-module' }, { command: 'fetch-incidents' }];
    const env = { PATH: `${image.folder}:${dirname(process.execPath)}:/usr/bin:/bin` };
    const [command, button, fetch] = await new Platform(image, scene.sandbox.params).run(commands, env);
    expect(entryOf(command)).toMatchObject({ Type: 4, Contents: expect.stringMatching(text) });
    expect(button).toMatchObject({ results: [expect.stringMatching(text)] });
    expect(fetch?.exception).toMatch(text);
  });
});

test.each<[string, (file: string) => void, RegExp]>([
  ['is missing', (file) => execFileSync('rm', [file]), /^This container image has no mdti\. Build the image/],
  [
    'is not executable',
    (file) => chmodSync(file, 0o644),
    /cannot be executed \(permission denied\)\. Build the image/,
  ],
  [
    'is not a program',
    (file) => writeFileSync(file, '\x7fELF'),
    /is not a program for this machine\. Build the image/,
  ],
])('mdti that %s is named in one sentence', async (_, damage, text) => {
  const image = installed(scene.sandbox);
  damage(join(image.folder, 'mdti'));
  const did = await new Platform(image, scene.sandbox.params).once(HOST, {
    PATH: `${image.folder}:/usr/bin:/bin`,
  });
  expect(entryOf(did)?.Contents).toMatch(text);
});
