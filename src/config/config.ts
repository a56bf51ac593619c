import { rememberSecret } from '../base/secrets';
import { CLOUDS, cloudOf, RETIRED_LOGIN } from './clouds';
import { allowedEndpoints, type CustomEndpoint, checkEndpoint } from './endpoints';
import { choice, credential, flag, origin, type RawParams, textParam, whole, wrong } from './read';
import { secretTexts } from './secret-texts';
import { type Since, since } from './since';
import { readTimesToLive, type TimesToLive } from './times-to-live';

/** The reliability of our verdicts for the platform (Cortex XSOAR, DBotScore reliability). */
const RELIABILITIES = [
  'A+ - 3rd party enrichment',
  'A - Completely reliable',
  'B - Usually reliable',
  'C - Fairly reliable',
  'D - Not usually reliable',
  'E - Unreliable',
  'F - Reliability cannot be judged',
] as const;

/** The platform accepts no more incidents from one fetch. */
const MOST_INCIDENTS = 200;

/** The integration's parameters, read and checked once. */
export interface Config {
  /** Https origin of the login service. */
  readonly authority: string;
  /** Https origin of Graph. */
  readonly graph: string;
  /** The resource for tokens of the machine's managed identity: always Graph of a known cloud. */
  readonly machineResource: string;
  /** Endpoint parameters outside the known clouds, allowed by MDTI_ALLOW_ENDPOINTS or by the caller. */
  readonly customEndpoints: readonly CustomEndpoint[];
  readonly login: {
    readonly clientId: string | undefined;
    readonly tenant: string | undefined;
    readonly secret: string | undefined;
    readonly certificate: {
      readonly thumbprint: string | undefined;
      readonly privateKey: string | undefined;
    };
    readonly managedIdentityClientId: string | undefined;
    readonly useManagedIdentities: boolean;
    readonly useAmbientIdentity: boolean;
    readonly clientCredentials: boolean;
  };
  readonly transport: { readonly insecure: boolean; readonly proxy: boolean };
  readonly limits: {
    /** Rows that one command may read. */
    readonly maxResults: number;
    /** Milliseconds for one HTTP exchange. */
    readonly requestTimeout: number;
    /** Milliseconds for one command. */
    readonly commandTimeout: number;
    /** Milliseconds that one command waits for a service that is down. */
    readonly outageTimeout: number;
    /** Characters of one text kept in context; 0 keeps all. */
    readonly maxTextLength: number;
  };
  /** how long responses of Graph are reused; undefined if `cache_ttl` is not set or 0. */
  readonly timesToLive: TimesToLive | undefined;
  readonly reliability: string;
  readonly createRelationships: boolean;
  readonly incidents: {
    /** The start of the very first fetch. */
    readonly first: Since;
    /** Articles with any of these tags, in lower case; an empty list means all articles. */
    readonly tags: readonly string[];
    readonly featuredOnly: boolean;
    /** The most of one fetch. */
    readonly most: number;
    readonly type: string | undefined;
  };
}

/**
 * Reads the parameters of an integration instance.
 * @param allowed origins besides the known clouds; MDTI_ALLOW_ENDPOINTS by default.
 * @throws PluginError CONFIG_INVALID naming the parameter that is invalid.
 */
export function readConfig(params: RawParams, allowed = allowedEndpoints(process.env)): Config {
  secretTexts(params).forEach(rememberSecret);
  const authority = authorityOf(params);
  const login = checkEndpoint({ parameter: 'azure_ad_endpoint', origin: authority }, allowed);
  const graph = graphOf(params, authority);
  const custom = [login, checkEndpoint({ parameter: 'graph_endpoint', origin: graph }, allowed)];
  const certificate = credential(params, 'creds_certificate');
  const secret = credential(params, 'credentials').password;
  const clientId = textParam(params, 'app_id');
  return {
    authority,
    graph,
    machineResource: knownGraph(graph, authority),
    customEndpoints: custom.filter((endpoint) => endpoint !== undefined),
    login: {
      clientId,
      tenant: textParam(params, 'tenant_id'),
      secret,
      certificate: { thumbprint: certificate.identifier, privateKey: certificate.password },
      managedIdentityClientId: credential(params, 'managed_identities_client_id').password,
      useManagedIdentities: flag(params, 'use_managed_identities', false),
      useAmbientIdentity: flag(params, 'use_ambient_identity', false),
      clientCredentials: flag(params, 'client_credentials', false),
    },
    transport: { insecure: flag(params, 'insecure', false), proxy: flag(params, 'proxy', false) },
    limits: {
      maxResults: whole(params, 'max_results', 10_000, 1),
      requestTimeout: whole(params, 'request_timeout', 30, 1) * 1000,
      commandTimeout: whole(params, 'command_timeout', 240, 1) * 1000,
      outageTimeout: whole(params, 'outage_timeout', 60, 1) * 1000,
      maxTextLength: whole(params, 'max_text_length', 0, 0),
    },
    timesToLive: timesToLive(params),
    reliability: choice(params, 'integrationReliability', 'B - Usually reliable', RELIABILITIES),
    createRelationships: flag(params, 'create_relationships', true),
    incidents: {
      first: since(params, 'first_fetch', '3 days'),
      tags: words(textParam(params, 'fetch_tags')),
      featuredOnly: flag(params, 'featured_only', false),
      most: Math.min(whole(params, 'max_fetch', 50, 1), MOST_INCIDENTS),
      type: textParam(params, 'incidentType'),
    },
  };
}

function timesToLive(params: RawParams): TimesToLive | undefined {
  const setting = textParam(params, 'cache_ttl');
  return setting === undefined ? undefined : readTimesToLive(setting);
}

function words(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
}

function authorityOf(params: RawParams): string {
  const authority = origin(params, 'azure_ad_endpoint') ?? CLOUDS.worldwide.login;
  if (authority !== RETIRED_LOGIN) return authority;
  throw wrong(
    'azure_ad_endpoint',
    `is ${RETIRED_LOGIN}, a cloud that Microsoft closed in 2021`,
    `Choose ${CLOUDS.worldwide.login}.`,
  );
}

function graphOf(params: RawParams, authority: string): string {
  const graph =
    origin(params, 'graph_endpoint') ??
    Object.values(CLOUDS).find((cloud) => cloud.login === authority)?.graph;
  if (graph !== undefined) return graph;
  throw wrong(
    'graph_endpoint',
    `is not set, and cannot be derived from the login origin ${authority}`,
    'Set graph_endpoint to the https origin of Graph.',
  );
}

/** A token for any other resource could be sent to whatever origin graph_endpoint names. */
function knownGraph(graph: string, authority: string): string {
  if (cloudOf(graph) !== undefined) return graph;
  const cloud = Object.values(CLOUDS).find(({ login }) => login === authority) ?? CLOUDS.worldwide;
  return cloud.graph;
}
