import { isIPv6 } from 'node:net';
import { PluginError } from '../base/errors';
import { rememberSecret } from '../base/secrets';

/** The proxy for an address; undefined if it is reached without one. */
export type ProxyFor = (url: URL) => URL | undefined;

/**
 * The proxy that the environment names, by the variables that curl and most others read: HTTPS_PROXY, else ALL_PROXY, and
 * NO_PROXY for what is reached without it; a name in lower case goes before its twin in upper case. Only https goes through
 * a proxy: the one thing we ask over http is a managed identity, whose endpoint no proxy must see.
 * @throws PluginError CONFIG_INVALID if a variable contains no address of a proxy.
 */
export function environmentProxy(environment: NodeJS.ProcessEnv): ProxyFor {
  const proxy = proxyIn(environment, 'https_proxy') ?? proxyIn(environment, 'all_proxy');
  const direct = (settingOf(environment, 'no_proxy') ?? '').toLowerCase().split(/[\s,]+/);
  return (url) => (url.protocol !== 'https:' || direct.some((rule) => meets(url, rule)) ? undefined : proxy);
}

/** Returns the proxy address without credentials. */
export function proxyName(proxy: URL): string {
  return `${proxy.protocol}//${proxy.host}`;
}

function proxyIn(environment: NodeJS.ProcessEnv, name: string): URL | undefined {
  const value = settingOf(environment, name);
  if (value === undefined) return undefined;
  const address = value.includes('://') ? value : `http://${value}`;
  const proxy = URL.canParse(address) ? new URL(address) : undefined;
  if (proxy?.protocol === 'http:' || proxy?.protocol === 'https:') {
    rememberSecret(proxy.password);
    return proxy;
  }
  throw new PluginError(
    'CONFIG_INVALID',
    `The environment variable ${name.toUpperCase()} is not the address of an HTTP proxy.`,
    {
      hint: 'It takes http://proxy.contoso.com:8080, or http://user:password@proxy.contoso.com:8080; or clear the parameter proxy.',
    },
  );
}

function settingOf(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  return environment[name]?.trim() || environment[name.toUpperCase()]?.trim() || undefined;
}

/** An IPv6 address in the form of a URL; empty for one with a zone, which a URL cannot have. */
function compressed(address: string): string {
  const url = `http://[${address}]`;
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : '';
}

/** A name with the dot or asterisk before it left out, or an IPv6 address in brackets; then maybe a port. */
const RULE = /^(?:\*?\.)?(.*?)(?::(\d+))?$/;

/** A rule of NO_PROXY: `*`, an IPv6 address, or a name that includes its subdomains, optionally with a port. */
function meets(url: URL, rule: string): boolean {
  if (rule === '*') return true;
  const requested = url.hostname.replace(/^\[|\]$/g, '');
  const isAddress = isIPv6(rule);
  const [, name = '', port = ''] = isAddress ? [rule, rule] : (RULE.exec(rule) ?? []);
  if (name === '' || (port !== '' && port !== (url.port || '443'))) return false;
  const address = name.replace(/^\[(.*)\]$/, '$1');
  if (isIPv6(address)) return requested === compressed(address);
  return requested === name || requested.endsWith(`.${name}`);
}
