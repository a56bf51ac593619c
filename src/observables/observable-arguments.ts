import { normaliseAddress, normaliseDomain, normaliseHost } from './host';
import { normaliseCve } from './identifiers';

/** An argument that takes an observable: a value that users have before they use the product. Every other id came from Graph. */
interface ObservableArgument {
  /** @throws PluginError ARGUMENT_INVALID for a value that is no such observable */
  readonly normalise: (text: string) => string;
  /** Its name in context. */
  readonly contextName: string;
}

/** What is known about each of them, by the argument's name. */
export const OBSERVABLE_ARGUMENTS: Readonly<Record<string, ObservableArgument>> = {
  host_id: { normalise: normaliseHost, contextName: 'hostId' },
  ip: { normalise: normaliseAddress, contextName: 'hostId' },
  domain: { normalise: normaliseDomain, contextName: 'hostId' },
  cve: { normalise: normaliseCve, contextName: 'vulnerabilityId' },
  vulnerability_id: { normalise: normaliseCve, contextName: 'vulnerabilityId' },
};
