import { readSources } from '../../scripts/check-architecture';

/** Who reads the wall clock, which may jump, and which date it needs. Waits, deadlines and durations use the monotonic clock. */
const READERS: Readonly<Record<string, string>> = {
  'auth/ambient/acquire.ts': 'expiry of a token',
  'auth/cached-token-source.ts': 'expiry of a token',
  'auth/device-login.ts': 'expiry of a device code, which another process may read',
  'auth/login.ts': 'expiry of a token, handed on',
  'auth/msal/device-code.ts': 'expiry of a device code',
  'auth/msal/issue-token.ts': 'expiry of a token',
  'auth/msal/network.ts': 'date in Retry-After',
  'auth/refresh-flow.ts': 'expiry of a device code',
  'base/clock.ts': 'the clock',
  'base/log.ts': 'time of a log line',
  'budget/machine/machine-budget.ts': 'age of a limit that an earlier process saved',
  'cache/disk-cache.ts': 'age of a saved response',
  'commands/expansion/run.ts': 'argument since',
  'commands/incidents/fetch.ts': 'dates of articles',
  'commands/summaries/host.ts': 'dates of records',
  'commands/summaries/records.ts': 'dates of records',
  'doctor/checks.ts': 'difference to the date of a service, expiry of a token',
  'doors/cli/enrich/enrich.ts': 'start time in the journal',
  'doors/cli/enrich/over-queue.ts': 'age of a saved response',
  'doors/cli/login/status.ts': 'expiry of a token',
  'doors/queue/merge.ts': 'start time of a merge',
  'doors/queue/periodic.ts': 'age of a saved response, start time of the next run',
  'doors/queue/submit.ts': 'start time of a job',
  'doors/war-room/process.ts': 'time of a line in an investigation',
  'doors/web/routes.ts': 'time of a report',
  'doors/web/web-room.ts': 'time of a line in an investigation',
  'engine/dispatcher.ts': 'dates of records',
  'engine/open-services.ts': 'age of a saved response',
  'graph/authorized-request.ts': 'date in Retry-After',
  'graph/batching-transport.ts': 'date in Retry-After',
  'graph/cached-client.ts': 'age of a saved response',
  'graph/rejected-options.ts': 'age of a saved rejection',
  'launcher/compiled.ts': 'name of a file',
  'metrics/traces.ts': 'start time of a span',
  'queue/worker.ts': 'time of a job in BullMQ',
  'redis/response-cache.ts': 'age of a saved response',
  'sandbox/index.ts': 'dates of the sandbox',
  'sandbox/tls.ts': 'dates of a certificate',
  'state/lock.ts': 'age of a file',
};

const WALL_CLOCK = /\bDate\.now\b|new Date\(\)|\b(?:clock|line)\.now\b|\bnow: clock\.now\b/;

/** Functions that get a clock under the name `now`, and which one. */
const NAMED_NOW = new Set(['auth/refresh-flow.ts', 'cache/disk-cache.ts', 'graph/cached-client.ts']);

test('only what needs a date reads the wall clock', () => {
  const readers = [...readSources()]
    .map(([file, text]) => [file.replace(/^src\//, ''), text] as const)
    .filter(([file]) => !file.includes('/client/'))
    .filter(([file, text]) => WALL_CLOCK.test(text) || NAMED_NOW.has(file));
  expect(readers.map(([file]) => file).sort()).toEqual(Object.keys(READERS).sort());
});
