import { normalizeAddress, normalizeDomain, normalizeHost } from './host';
import { normalizeCve } from './identifiers';

/** An argument for an observable: a value that users have before they use the product. Every other id comes from Graph. */
interface ObservableArgument {
  /** @throws PluginError ARGUMENT_INVALID for a value that is not such an observable */
  readonly normalize: (text: string) => string;
  /** Its name in context. */
  readonly contextName: string;
}

/** Each observable argument, by name. */
export const OBSERVABLE_ARGUMENTS: Readonly<Record<string, ObservableArgument>> = {
  host_id: { normalize: normalizeHost, contextName: 'hostId' },
  ip: { normalize: normalizeAddress, contextName: 'hostId' },
  domain: { normalize: normalizeDomain, contextName: 'hostId' },
  cve: { normalize: normalizeCve, contextName: 'vulnerabilityId' },
  vulnerability_id: { normalize: normalizeCve, contextName: 'vulnerabilityId' },
};
