import { PluginError } from '../base/errors';
import { isRecord } from '../base/json';
import { quoted } from '../base/sanitize';
import type { ParameterName } from '../manifest/generated/types';
import { CLOUDS, RETIRED_LOGIN } from './clouds';

/** The environment variable that lists further https origins, separated by commas. */
export const ALLOW_ENDPOINTS = 'MDTI_ALLOW_ENDPOINTS';

/** Origins outside the known clouds that may receive secrets and tokens. */
export interface AllowedEndpoints {
  readonly origins: ReadonlySet<string>;
  /** Entries of the variable that are not https origins, each cut at 100 characters. */
  readonly ignored: readonly string[];
}

/** A parameter that points outside the known clouds. */
export interface CustomEndpoint {
  readonly parameter: EndpointParameter;
  readonly origin: string;
}

type EndpointParameter = Extract<ParameterName, 'azure_ad_endpoint' | 'graph_endpoint'>;

const ENDPOINT_PARAMETERS: readonly EndpointParameter[] = ['azure_ad_endpoint', 'graph_endpoint'];

/** Longest value of the variable that is read. */
const LONGEST_LIST = 20_000;

/** Reads MDTI_ALLOW_ENDPOINTS. A user who edits an instance cannot set it: it belongs to the process. */
export function allowedEndpoints(environment: NodeJS.ProcessEnv): AllowedEndpoints {
  const entries = (environment[ALLOW_ENDPOINTS] ?? '').slice(0, LONGEST_LIST).split(',');
  const origins = new Set<string>();
  const ignored: string[] = [];
  for (const entry of entries.map((text) => text.trim()).filter((text) => text !== '')) {
    const origin = httpsOrigin(entry);
    if (origin === undefined || origin === RETIRED_LOGIN) ignored.push(entry.slice(0, 100));
    else origins.add(origin);
  }
  return { origins, ignored };
}

/** Returns the endpoint origins in parameters that the process set itself, such as those of the sandbox. */
export function endpointsIn(params: unknown): string[] {
  if (!isRecord(params)) return [];
  return ENDPOINT_PARAMETERS.map((name) => params[name]).filter(
    (value): value is string => typeof value === 'string',
  );
}

/** Returns the origin of a string that is an https origin and nothing else: no path, query, fragment, user or password. */
export function httpsOrigin(text: string): string | undefined {
  if (text.length > 2_000 || !URL.canParse(text)) return undefined;
  const { protocol, pathname, search, hash, username, password, origin } = new URL(text);
  const bare = pathname === '/' && `${search}${hash}${username}${password}` === '';
  return protocol === 'https:' && bare ? origin : undefined;
}

/** Whether an endpoint is on this machine. */
export function isLoopback(endpoint: unknown): boolean {
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) return false;
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(endpoint).hostname);
}

/** @throws PluginError CONFIG_INVALID for an origin that is neither a known cloud nor allowed. */
export function checkEndpoint(
  { parameter, origin }: CustomEndpoint,
  { origins }: AllowedEndpoints,
): CustomEndpoint | undefined {
  const side = parameter === 'graph_endpoint' ? 'graph' : 'login';
  const known = Object.values(CLOUDS).map((cloud) => cloud[side]);
  if (known.some((cloud) => cloud === origin)) return undefined;
  if (origins.has(origin)) return { parameter, origin };
  throw new PluginError('CONFIG_INVALID', `${parameter}: ${quoted(origin)} is not a known Microsoft cloud.`, {
    hint: `Use ${known.join(', ')}, or list the origin in the environment variable ${ALLOW_ENDPOINTS} of the process.`,
  });
}
