import type { Log } from '../../src/base/log';
import { type Engine, openEngine } from '../../src/engine/engine';
import type { HttpRequest, HttpResponse, Transport } from '../../src/http/transport';
import { PARAMS } from '../support/recorder';
import { argumentSet, meantSet } from './argument-sets';
import { type HeldClock, heldClock } from './held-clock';
import { mutant, withRealIds } from './mutants';
import { random } from './random';
import { faultTable } from './record';
import { misspoken } from './words';

/** The whole number takes a minute: `npm run fuzz`. */
const WHOLE = process.env.MDTI_FUZZ === 'whole' || process.env.MDTI_TABLES === 'write';
const ARGUMENT_SETS = WHOLE ? 100_000 : 2_000;
const RESPONSES = WHOLE ? 10_000 : 400;
const SEED = Number(process.env.MDTI_SEED ?? 1);

const GRAPH = 'https://graph.microsoft.com';
const LOGIN = 'https://login.microsoftonline.com';
const BATCH = '/v1.0/$batch';
const ROOT = '/v1.0/security/threatIntelligence/';
const TOKEN = 'eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiJncmFwaCJ9.c2lnbmF0dXJl';

const record = WHOLE ? faultTable('fuzz') : () => {};

/** A plugin on a transport in memory, on which every request is checked. */
function watched(response: (request: HttpRequest) => HttpResponse): {
  readonly plugin: Engine;
  readonly wrong: string[];
  requestCount(): number;
} {
  const wrong: string[] = [];
  let requested = 0;
  let onWire = 0;
  const clock: HeldClock = heldClock(() =>
    setImmediate(() => {
      if (onWire === 0 && clock.waiting() > 1) clock.skip();
    }),
  );
  const transport: Transport = async (request) => {
    onWire++;
    try {
      if (new URL(request.url).origin === LOGIN) return issued;
      requested++;
      if (new URL(request.url).origin !== GRAPH || !targets(request).every(isWithin))
        wrong.push(`sent ${request.url} ${request.body ?? ''}`);
      return response(request);
    } finally {
      onWire--;
    }
  };
  const log: Log = (_, event, fields) => {
    if (event === 'internal fault') wrong.push(String(fields?.fault));
  };
  return {
    plugin: openEngine({ params: PARAMS, transport, clock, log }),
    wrong,
    requestCount: () => requested,
  };
}

const issued: HttpResponse = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ token_type: 'Bearer', expires_in: 86_400_000, access_token: TOKEN }),
};

/** Where a request goes, and where those go that it holds. */
function targets({ url, body }: HttpRequest): URL[] {
  if (new URL(url).pathname !== BATCH) return [new URL(url)];
  const { requests } = JSON.parse(body ?? '') as { requests: readonly { readonly url: string }[] };
  return requests.map((item) => new URL(`${GRAPH}/v1.0${item.url}`));
}

/** At Graph, below the API, with nothing that a server might climb by. */
function isWithin(url: URL): boolean {
  const segments = url.pathname.replace(/%2e/gi, '.').split('/');
  return (
    url.origin === GRAPH &&
    url.pathname.startsWith(ROOT) &&
    !segments.some((segment) => segment === '.' || segment === '..')
  );
}

const FOUND = { id: 'x', value: [{ id: 'y', '@odata.type': '#microsoft.graph.security.hostname' }] };

/** The same object for every request, alone or in a batch. */
function found({ body }: HttpRequest): HttpResponse {
  const ids = body === undefined ? [] : (JSON.parse(body).requests as readonly { readonly id: string }[]);
  const responses = ids.map(({ id }) => ({ id, status: 200, headers: {}, body: FOUND }));
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body === undefined ? FOUND : { responses }),
  };
}

test(`${ARGUMENT_SETS} sets of arguments`, async () => {
  const { plugin, wrong, requestCount } = watched(found);
  let reached = 0;
  for (let number = 0; number < ARGUMENT_SETS; number++) {
    const set = argumentSet(random(SEED * 1_000_000 + number));
    const before = requestCount();
    const outcome = await plugin.execute(set.command, set.args);
    if (requestCount() > before) reached++;
    const fault = wrong[0] ?? misspoken(outcome);
    if (fault !== undefined) throw new Error(`set ${number}: ${fault}\n${JSON.stringify(set)}`);
  }
  expect(reached).toBeGreaterThan(ARGUMENT_SETS / 2);
  record(
    `${ARGUMENT_SETS.toLocaleString('en-US')} random sets of arguments`,
    'one entry or more each; no request outside of the API, no fault of ours, no phrase of the language',
  );
});

test(`${RESPONSES} mutated responses`, async () => {
  let seed = random(SEED);
  let read = 0;
  const { plugin, wrong } = watched((request) => mutant(seed, request));
  for (let number = 0; number < RESPONSES; number++) {
    seed = random(SEED * 1_000_000 + number);
    const { command, args } = withRealIds(meantSet(seed), seed);
    const outcome = await plugin.execute(command, args);
    if (outcome.entries.some(({ EntryContext }) => EntryContext !== null)) read++;
    const fault = wrong[0] ?? misspoken(outcome);
    if (fault !== undefined) throw new Error(`response ${number} to ${command}: ${fault}`);
    JSON.stringify(outcome);
  }
  expect(read).toBeGreaterThan(RESPONSES / 4);
  record(
    `${RESPONSES.toLocaleString('en-US')} mutated responses of Graph`,
    'the same; no token to another origin, and every outcome can be written as JSON',
  );
});
