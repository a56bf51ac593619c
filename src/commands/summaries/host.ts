import { type PluginError, toPluginError } from '../../base/errors';
import type { ArgsOf, CommandName } from '../../manifest/generated/types';
import type { HostReputation, WhoisRecord } from '../../model/generated/graph';
import { normalizeHost } from '../../observables/host';
import { allFailed } from '../../output/all-failed';
import { reportedLookup } from '../../output/lookups';
import { hostRelationships } from '../../output/verdict/host-relationships';
import { reputationInWords } from '../../output/verdict/score';
import { type Entry, textEntry } from '../../xsoar/entry';
import type { GraphCommand } from '../declaration/command';
import type { Services } from '../declaration/services';
import { failureOf, summaryEntry } from './entry';
import { type Commands, type Part, type PartResult, readParts, summaryRows } from './part';
import { summaryLookup } from './report';

type Args = ArgsOf<'msg-defender-threat-intel-host-summary'>;

/** The parts in the order of the sections: the key in `Contents`, the heading, the command, more arguments. */
const PARTS: readonly (readonly [key: string, title: string, command: string, more?: object])[] = [
  ['HostReputation', 'Reputation', 'host-reputation'],
  ['Host', 'Host', 'host'],
  ['Whois', 'WHOIS', 'host-whois'],
  ['PassiveDns', 'Resolutions', 'host-passive-dns-list', { direction: 'forward' }],
  ['PassiveDnsReverse', 'Resolutions to this host', 'host-passive-dns-list', { direction: 'reverse' }],
  ['Subdomain', 'Subdomains', 'host-subdomains-list'],
  ['HostSslCertificate', 'Certificates', 'host-ssl-certificates-list'],
  ['HostPort', 'Ports', 'host-ports-list'],
  ['HostComponent', 'Web components', 'host-components-list'],
  ['HostTracker', 'Trackers', 'host-trackers-list'],
  ['HostCookie', 'Cookies', 'host-cookies-list'],
  ['HostPair', 'Host pairs', 'host-pairs-list'],
];

/**
 * Summarizes hosts: one entry per host, all parts of a host in one `$batch`.
 * @throws PluginError the reason, where no host gave a result and something failed
 */
export async function hostSummary(services: Services, args: Args, commands: Commands): Promise<Entry[]> {
  const rows = summaryRows(args.rows, 5);
  const hosts = hostsOf(args.host_id);
  const parts = hosts.flatMap(({ host }) => (host === undefined ? [] : partsOf(host, rows, commands)));
  const results = await readParts(parts, services);
  const outcomes = hosts.map(({ text, host, refused }) => {
    const own = results.filter(({ part }) => host !== undefined && part.args.host_id === host);
    return { id: host ?? text, own, error: refused ?? failureOf(own) };
  });
  const summarized = outcomes.map(({ id, own, error }) => ({
    id,
    results: own,
    entry: error === undefined ? entryOf(id, own, services) : failedEntry(id, error),
  }));
  services.report(
    summarized.map((summary, index) => {
      const error = outcomes[index]?.error;
      return error === undefined
        ? summaryLookup('hostId', summary)
        : reportedLookup({ name: 'hostId', id: summary.id }, [], error);
    }),
  );
  const failed = outcomes.flatMap(({ id, error }) => (error === undefined ? [] : [{ id, error }]));
  const [first, ...others] = failed;
  if (first !== undefined && failed.length === outcomes.length)
    throw allFailed([first, ...others], outcomes.length, 'hosts');
  return summarized.map(({ entry }) => entry);
}

/** Each distinct host once; of several, one that is not a host is rejected alone. */
function hostsOf(texts: readonly string[]) {
  const hosts = texts.map((text): { text: string; host?: string; refused?: PluginError } => {
    try {
      return { text, host: normalizeHost(text) };
    } catch (error) {
      return { text, refused: toPluginError(error) };
    }
  });
  return [...new Map(hosts.map((one) => [one.host ?? one.text, one])).values()];
}

function partsOf(host: string, rows: number, commands: Commands): Part[] {
  return PARTS.map(([key, title, name, more]) => {
    const command = `msg-defender-threat-intel-${name}` as CommandName;
    const declared = commands[command] as GraphCommand;
    return { key, title, command, declared, args: { host_id: host, ...more, limit: rows } };
  });
}

function entryOf(host: string, results: readonly PartResult[], { config, clock }: Services): Entry {
  const reputation = objectOf<HostReputation>(results, 'HostReputation');
  const whois = objectOf<WhoisRecord>(results, 'Whois');
  const lead = reputation === undefined ? [] : [reputationInWords(host, reputation)];
  const known = {
    ...(reputation === undefined ? {} : { HostReputation: reputation }),
    ...(whois === undefined ? {} : { Whois: whois }),
  };
  return summaryEntry(
    results,
    { title: host, lead, hidden: ['HostReputation'], related: hostRelationships(host, known) },
    { config, now: clock.now() },
  );
}

function objectOf<T>(results: readonly PartResult[], key: string): T | undefined {
  return results.find(({ part }) => part.key === key)?.objects[0] as T | undefined;
}

function failedEntry(host: string, error: PluginError): Entry {
  return textEntry(`### ${host}\n\nFailed: ${error.message}`);
}
