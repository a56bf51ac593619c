import type { JsonObject } from '../../base/json';
import { openTransport } from '../../engine/open-services';
import type { Transport } from '../../http/transport';
import { memoryStore } from '../../state/store';
import type { RunOptions, Shared } from '../run/run';

/**
 * What documents with the same parameters share: one pool of connections, and the tokens of every document that brings no
 * `integrationContext` of its own.
 */
export function pool({
  log,
  override,
}: Pick<RunOptions, 'log' | 'override'>): (params: JsonObject, integrationContext: unknown) => Shared {
  const opened = new Map<string, Required<Shared>>();
  return (params, integrationContext) => {
    const key = JSON.stringify(Object.entries(params).sort());
    const shared = opened.get(key) ?? {
      store: memoryStore(),
      transport: lazily(params, { log, ca: override?.ca }),
    };
    opened.set(key, shared);
    return integrationContext === undefined || integrationContext === null
      ? shared
      : { ...shared, store: memoryStore(integrationContext) };
  };
}

/** Opened by the first exchange, when the parameters have been found to make sense. */
function lazily(params: JsonObject, options: Parameters<typeof openTransport>[1]): Transport {
  let transport: Transport | undefined;
  return (request) => {
    transport ??= openTransport(params, options);
    return transport(request);
  };
}
