import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PluginError } from '../../base/errors';
import type { FaultRule, Faults } from '../../sandbox/faults';
import { type Sandbox, startSandbox } from '../../sandbox/index';
import { readFlags } from './parse-flags';

/** A sandbox over the world that ships with the package. */
export function openSandbox(port?: number, faults: Partial<Faults> = {}): Promise<Sandbox> {
  return startSandbox({ world: worldFolder(__dirname), faults, ...(port === undefined ? {} : { port }) });
}

const FLAGS = {
  port: 'port to listen on; a free one unless given',
  latency: 'milliseconds that every answer waits',
  'page-size': 'rows that a page holds at most (100)',
  throttle: 'answer the next N requests with 429',
  'retry-after': 'seconds that those 429 ask to wait (1)',
  errors: 'answer the next N requests with 503',
  resets: 'cut the connection of the next N requests',
} as const;

/** `mdti sandbox`: serves until it is stopped, and says how to reach it. */
export async function serveSandbox(argv: readonly string[]): Promise<number> {
  const flags = numbers(argv);
  if (flags === 'help') {
    process.stdout.write(
      `mdti sandbox\n\n${Object.entries(FLAGS)
        .map(([flag, text]) => `  --${flag.padEnd(12)} ${text}`)
        .join('\n')}\n`,
    );
    return 0;
  }
  const sandbox = await openSandbox(flags.port, faultsOf(flags));
  process.stdout.write(directions(sandbox));
  await new Promise((stop) => {
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
  await sandbox.close();
  return 0;
}

type Flags = Partial<Record<keyof typeof FLAGS, number>>;

function numbers(argv: readonly string[]): Flags | 'help' {
  const options = Object.fromEntries(Object.keys(FLAGS).map((flag) => [flag, { type: 'string' as const }]));
  const config = { args: [...argv], options: { ...options, help: { type: 'boolean', short: 'h' } } } as const;
  const { values } = readFlags(config, 'mdti sandbox --help');
  if (values.help) return 'help';
  return Object.fromEntries(
    Object.entries(values).map(([flag, value]) => [flag, numberOf(flag, String(value))]),
  );
}

function numberOf(flag: string, value: string): number {
  const most = flag === 'port' ? 65_535 : 999_999_999;
  if (/^\d{1,9}$/.test(value) && Number(value) <= most) return Number(value);
  throw new PluginError('INVOCATION_UNREADABLE', `--${flag} cannot be ${JSON.stringify(value)}.`, {
    hint: `It takes a whole number up to ${most}.`,
  });
}

function faultsOf(flags: Flags): Partial<Faults> {
  const rules: FaultRule[] = [
    ...(flags.throttle
      ? [{ kind: 'throttle' as const, times: flags.throttle, retryAfter: flags['retry-after'] ?? 1 }]
      : []),
    ...(flags.errors ? [{ kind: 'error' as const, times: flags.errors }] : []),
    ...(flags.resets ? [{ kind: 'reset' as const, times: flags.resets }] : []),
  ];
  return { latency: flags.latency ?? 0, pageSize: flags['page-size'] ?? 100, rules };
}

function directions(sandbox: Sandbox): string {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-sandbox-'));
  const ca = join(folder, 'ca.pem');
  const params = join(folder, 'params.json');
  writeFileSync(ca, sandbox.ca, { mode: 0o600 });
  writeFileSync(params, `${JSON.stringify(sandbox.params, null, 2)}\n`, { mode: 0o600 });
  return `Login and Graph are served at ${sandbox.origin}

  NODE_EXTRA_CA_CERTS=${ca} mdti '!msg-defender-threat-intel-host host_id=contoso.com' --params ${params}

Ctrl-C ends it.
`;
}

/** The world lies in the package, some folders above this file, whether it runs bundled or from its sources. */
function worldFolder(from: string): string {
  const folder = join(from, 'test_data', 'world');
  if (existsSync(folder)) return folder;
  const above = dirname(from);
  if (above !== from) return worldFolder(above);
  throw new PluginError(
    'INTERNAL',
    'The data of the sandbox is not where the package keeps it (test_data/world).',
    { hint: 'Install the package again.' },
  );
}
