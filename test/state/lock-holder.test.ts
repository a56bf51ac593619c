import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type * as Fs from 'node:fs';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { mayRun, thisProcess } from '../../src/state/lock-holder';
import { GONE } from './lock-folder';

jest.mock('node:fs', () => ({ ...jest.requireActual('node:fs') }));
const fs = jest.requireMock<typeof Fs>('node:fs');
afterEach(() => void jest.restoreAllMocks());

const onLinux = process.platform === 'linux' ? test : test.skip;

test('this process runs, also as another copy of the module describes it', () => {
  const holder = thisProcess();
  expect(mayRun({ ...holder })).toBe(true);
  expect(mayRun({ ...holder, started: undefined })).toBe(true);
  if (holder.started !== undefined) expect(mayRun({ ...holder, life: 'of another copy' })).toBe(true);
});

test('without /proc, as on macOS and Windows, the number and the life of a process decide', () => {
  const { started, namespace } = thisProcess();
  const missing = () => {
    throw Object.assign(new Error('missing'), { code: 'ENOENT' });
  };
  jest.spyOn(fs, 'readFileSync').mockImplementation(missing);
  jest.spyOn(fs, 'readlinkSync').mockImplementation(missing);
  const holder = thisProcess();
  expect(holder).toEqual({ process: process.pid, life: expect.any(String), machine: hostname() });
  const earlier = { ...holder, life: 'x' };
  const parent = { ...earlier, process: process.ppid };
  const holders = [
    holder,
    earlier,
    { ...earlier, started: started ?? '1' },
    { ...parent, started: '1' },
    { ...parent, namespace },
    { ...GONE, namespace: 'pid:[1]' },
  ];
  expect(holders.map((each) => mayRun({ ...each }))).toEqual([true, false, false, true, true, false]);
});

test('an earlier process with the number of this one does not run', () => {
  expect(mayRun({ process: process.pid, life: 'x', machine: hostname() })).toBe(false);
});

test('a process that cannot be seen from here may run', () => {
  expect(mayRun(GONE)).toBe(false);
  expect(mayRun({ ...GONE, machine: 'elsewhere' })).toBe(true);
});

onLinux('a process of another container with the same host name may run', () => {
  const { namespace } = thisProcess();
  expect(mayRun({ ...GONE, namespace })).toBe(false);
  expect(mayRun({ ...GONE, namespace: 'pid:[1]' })).toBe(true);
});

onLinux('a process is described by the ticks at its start, a number of many digits', () => {
  expect(thisProcess().started).toMatch(/^\d{2,}$/);
});

onLinux('a later process with the same number is another one', () => {
  const parent = { process: process.ppid, life: 'x', machine: hostname() };
  expect(mayRun(parent)).toBe(true);
  expect(mayRun({ ...parent, started: '1' })).toBe(false);
});

onLinux('a killed process whose parent has not read its status does not run', async () => {
  const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const pid = Number(String((await once(parent.stdout, 'data'))[0]));
    await until(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8') === 'sleep\n');
    const holder = { process: pid, life: 'x', machine: hostname() };
    expect(mayRun(holder)).toBe(true);
    process.kill(pid, 'SIGKILL');
    await until(() => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '));
    expect(process.kill(pid, 0)).toBe(true);
    expect(mayRun(holder)).toBe(false);
  } finally {
    await ended(parent);
  }
});

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise(setImmediate);
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
