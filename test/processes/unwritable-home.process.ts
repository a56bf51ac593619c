import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { makeFolder } from '../../src/base/owned-path';
import { MDTI, mdti } from '../support/mdti';

const folder = mkdtempSync(join(tmpdir(), 'mdti-home-'));
const file = join(folder, 'file');
writeFileSync(file, '');

/** Homes in which no folder can be made; on Linux, Node's own recursive `mkdir` never returns below /proc. */
const HOMES = [join(file, 'home'), ...(existsSync('/proc/self') ? ['/proc/nowhere/home'] : [])];

test.each(HOMES)('below %s a folder is rejected at once', (home) => {
  expect(() => makeFolder(join(home, 'a/b'), 0o700)).toThrow(/ENOTDIR|ENOENT/);
});

test('folders that are missing are made, for this user only, and again at no cost', () => {
  const deep = join(folder, 'one', 'two');
  makeFolder(deep, 0o700);
  makeFolder(deep, 0o700);
  expect(existsSync(deep)).toBe(true);
});

const NOTHING = { MDTI_STATE_FILE: '', MDTI_CACHE: '', MDTI_RESPONSES: '', MDTI_CONFIG: '' };

describe.each(HOMES)('with the home %s', (HOME) => {
  test('commands, lists and checks do their work', async () => {
    const env = { ...NOTHING, HOME };
    const calls = await Promise.all([
      mdti(['host', 'contoso.com', '--sandbox'], '', env),
      mdti(['enrich', '-o', 'csv', '--sandbox'], 'contoso.com\n', env),
      mdti(['doctor', '--sandbox'], '', env),
      mdti(['status', '--sandbox'], '', env),
      mdti(['cache', 'status'], '', env),
    ]);
    expect(calls.map(({ status, stdout }) => [status, stdout])).toEqual([
      [0, expect.stringContaining('contoso.com')],
      [0, expect.stringContaining('contoso.com,contoso.com,domain,found')],
      [0, expect.stringContaining('one call')],
      [0, expect.stringContaining('client-secret')],
      [0, expect.stringContaining('0 responses')],
    ]);
  });

  test('the War Room keeps the investigation in memory and reports it once', async () => {
    const lines = 'host contoso.com\nhost example.org\n/context MSGDefenderThreatIntel.Host.id\n';
    const { status, stdout, stderr } = await mdti(['war-room', 'x', '--sandbox'], lines, {
      ...NOTHING,
      HOME,
    });
    expect([status, JSON.parse(stdout.slice(stdout.lastIndexOf('[')))]).toEqual([
      0,
      ['contoso.com', 'example.org'],
    ]);
    expect(stderr.match(/This console keeps it until you leave/g)).toHaveLength(1);
  });

  test('a sign-in names the file that cannot be written', async () => {
    const { status, stderr } = await mdti(
      ['login', '--method', 'device-code', '--app-id', '00001111-aaaa-2222-bbbb-3333cccc4444'],
      '',
      {
        ...NOTHING,
        HOME,
      },
    );
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^The state file \S+ cannot be changed: .+\.\n.+MDTI_STATE_FILE\.\n$/),
    ]);
  });
});

test.each([
  ['doctor', '--sandbox'],
  ['host', 'contoso.com', '--sandbox'],
  ['articles', '-o', 'ndjson', '--sandbox'],
  ['config', 'check'],
  ['help'],
])('into a closed pipe mdti %s %s ends quietly', async (...args) => {
  // The second process opens the pipe for reading and is gone before mdti starts to write.
  const script = 'exec 3> >(exec true); wait $!; exec "$@" >&3';
  const child = spawn('bash', ['--norc', '-c', script, 'bash', process.execPath, MDTI, ...args], {
    env: { PATH: process.env.PATH, MDTI_STATE_FILE: join(folder, 'state') },
  });
  child.stdin.end();
  const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect([status, stderr]).toEqual([141, '']);
});
