import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { codeOf, PluginError } from '../../base/errors';
import { quoted } from '../../base/sanitize';
import type { Entitlement, FaultRule, Faults, Mood } from '../../sandbox/faults';
import { type Sandbox, startSandbox } from '../../sandbox/index';
import { APPLICATION } from '../../sandbox/options';
import { invocationError } from './invocation-error';

/** Starts a sandbox with the data of the package. @throws PluginError for a port that cannot be used */
export async function openSandbox(port?: number, faults: Partial<Faults> = {}): Promise<Sandbox> {
  try {
    return await startSandbox({ world: worldBeside(__dirname), faults, port });
  } catch (cause) {
    const reason = PORT_ERRORS[codeOf(cause)];
    if (reason === undefined) throw cause;
    throw new PluginError('INVOCATION_UNREADABLE', `--port: ${port} ${reason}.`, {
      hint: 'Choose another port, or leave --port out for a free one.',
      cause,
    });
  }
}

/** The data as `npm run build` packs it: a tenth of the size of its files. */
const PACKED_WORLD = 'world.json.gz';

const PORT_ERRORS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'may not be used by this user',
};

/** The options of `mdti sandbox`; undefined if one is not given. */
type SandboxFlags = Readonly<
  Record<
    'port' | 'latency' | 'page-size' | 'throttle' | 'retry-after' | 'errors' | 'resets' | 'max-top',
    number | undefined
  >
> & {
  readonly budget: string | undefined;
  readonly mood: Mood | undefined;
  readonly entitlement: Entitlement | undefined;
  readonly 'top-is-total': boolean;
};

/** `mdti sandbox`: serves until SIGINT or SIGTERM, and prints how to use it. */
export async function serveSandbox({ options }: { readonly options: SandboxFlags }): Promise<number> {
  const sandbox = await openSandbox(options.port, faultsOf(options));
  const folder = mkdtempSync(join(tmpdir(), 'mdti-sandbox-'));
  const stopped = new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  });
  try {
    process.stdout.write(directions(sandbox, folder));
    await stopped;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await sandbox.close();
  }
  return 0;
}

/** @throws PluginError ARGUMENT_INVALID for a budget that cannot be read, INVOCATION_UNREADABLE for an option without effect */
export function faultsOf(flags: SandboxFlags): Partial<Faults> {
  if (flags['retry-after'] !== undefined && flags.throttle === undefined)
    throw invocationError(
      '--retry-after has no effect without --throttle.',
      'Add --throttle N, or leave --retry-after out.',
    );
  const rules: FaultRule[] = [
    ...(flags.throttle
      ? [{ kind: 'throttle' as const, times: flags.throttle, retryAfter: flags['retry-after'] ?? 1 }]
      : []),
    ...(flags.errors ? [{ kind: 'error' as const, times: flags.errors }] : []),
    ...(flags.resets ? [{ kind: 'reset' as const, times: flags.resets }] : []),
  ];
  return {
    latency: flags.latency ?? 0,
    pageSize: flags['page-size'] ?? 100,
    mood: flags.mood ?? 'documented',
    maxTop: flags['max-top'] ?? null,
    topIsTotal: flags['top-is-total'],
    entitlement: flags.entitlement ?? 'active',
    budget: flags.budget === undefined ? null : readBudget(flags.budget),
    rules,
  };
}

/** Reads `500/10s`. @throws PluginError ARGUMENT_INVALID for any other text */
export function readBudget(text: string): NonNullable<Faults['budget']> {
  const found = /^(\d{1,7})\/(\d{1,4})s$/.exec(text);
  const [requests, window] = [Number(found?.[1]), Number(found?.[2])];
  if (requests > 0 && window > 0) return { requests, window };
  throw new PluginError('ARGUMENT_INVALID', `--budget: ${quoted(text)} is not a budget.`, {
    hint: 'Use requests and a window, such as 500/10s.',
  });
}

/** Writes the files that a command needs to reach the sandbox, and says how to use them. */
function directions(sandbox: Sandbox, folder: string): string {
  const ca = join(folder, 'ca.pem');
  const params = join(folder, 'params.json');
  writeFileSync(ca, sandbox.ca, { mode: 0o600 });
  writeFileSync(params, `${JSON.stringify(sandbox.params, null, 2)}\n`, { mode: 0o600 });
  const { id, domain, secret } = APPLICATION;
  return `Serving login and Graph at ${sandbox.origin}

  MDTI_ALLOW_ENDPOINTS=${sandbox.origin} NODE_EXTRA_CA_CERTS=${ca} mdti host contoso.com --params ${params}

To try a sign-in, in another terminal:

  export MDTI_ALLOW_ENDPOINTS=${sandbox.origin} NODE_EXTRA_CA_CERTS=${ca}
  export MDTI_AZURE_AD_ENDPOINT=${sandbox.origin} MDTI_GRAPH_ENDPOINT=${sandbox.origin} MDTI_PROFILE=sandbox
  echo '${secret}' | mdti login --method secret --app-id ${id} --tenant-id ${domain}
  mdti host contoso.com

Press Ctrl-C to stop.
`;
}

/** Finds the data of the sandbox: packed next to this chunk, or as files some folders above the sources. */
export function worldBeside(from: string): string {
  for (const place of [join(from, PACKED_WORLD), join(from, 'test_data', 'world')])
    if (existsSync(place)) return place;
  const above = dirname(from);
  if (above !== from) return worldBeside(above);
  throw new PluginError('INTERNAL', `The sandbox data (${PACKED_WORLD}) is missing from the package.`, {
    hint: 'Reinstall the package.',
  });
}
