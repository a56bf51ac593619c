import { isPluginError } from '../../base/errors';
import type { GraphRequest } from '../../graph/request';
import type { Entity } from '../../investigation/graph';
import type { Question } from '../../investigation/question';
import { type LooseArgs, plan, type RouteChoice, requestsIn } from '../../plan/plan';
import { articleCommands } from '../article';
import { hostCommands } from '../host';
import { hostComponentCommands } from '../host-component';
import { hostCookieCommands } from '../host-cookie';
import { hostPairCommands } from '../host-pair';
import { hostSslCertificateCommands } from '../host-ssl-certificate';
import { hostTrackerCommands } from '../host-tracker';
import { passiveDnsCommands } from '../passive-dns';
import { profileCommands } from '../profile';
import { sslCertificateCommands } from '../ssl-certificate';
import { subdomainCommands } from '../subdomain';
import { vulnerabilityCommands } from '../vulnerability';
import { whoisCommands } from '../whois';

const declared = {
  ...articleCommands,
  ...hostCommands,
  ...hostComponentCommands,
  ...hostCookieCommands,
  ...hostPairCommands,
  ...hostSslCertificateCommands,
  ...hostTrackerCommands,
  ...passiveDnsCommands,
  ...profileCommands,
  ...sslCertificateCommands,
  ...subdomainCommands,
  ...vulnerabilityCommands,
  ...whoisCommands,
};

/** A command whose requests an expansion can make. */
export type Declared = keyof typeof declared;

/** The request for Graph's record of a certificate, by its hash or its id. */
export function certificateRequest({ value, recordId }: Entity): GraphRequest | undefined {
  const command = 'msg-defender-threat-intel-ssl-certificate-list';
  return recordId === undefined
    ? request(command, { search_property: 'sha1', search_value: value, limit: 1 })
    : request(command, { ssl_certificate_id: recordId });
}

/** Returns the request about a node by its value, or by Graph's id if that differs; undefined if the value is not a host or id. */
export function byValue(command: Declared, argument: string): Question['request'] {
  return (node, rows) => {
    const id = node.kind === 'certificate' ? node.recordId : node.value;
    if (id === undefined) return undefined;
    try {
      return request(command, { [argument]: id, limit: rows });
    } catch (error) {
      // Graph's own objects contain odd names; a seed was checked before.
      if (isPluginError(error) && error.code === 'ARGUMENT_INVALID') return undefined;
      throw error;
    }
  };
}

function request(command: Declared, args: LooseArgs): GraphRequest | undefined {
  const { steps } = plan(declared[command] as RouteChoice<LooseArgs>, args, Number.POSITIVE_INFINITY);
  const [planned] = requestsIn(steps);
  if (planned === undefined || planned.returns === 'entity') return planned;
  return {
    ...planned,
    optional: [...(planned.optional ?? []), { name: '$count', value: 'true' }],
    rows: { ...planned.rows, onePage: true },
    batched: true,
  };
}
