import type { Manifest } from '../../manifest/shape';
import { integrations, type Pack, type PackRule, readmeOf } from './rule';

type Parameter = Manifest['configuration'][number];

/** Display name and type that the platform demands of what switches fetching on. */
const FETCH: Readonly<Record<string, readonly [display: string, type: number]>> = {
  isFetch: ['Fetch incidents', 8],
  incidentType: ['Incident type', 13],
};

/** The same of a feed, with the type. */
const FEED: Readonly<Record<string, readonly [display: string, type: number]>> = {
  feed: ['Fetch indicators', 8],
  feedReputation: ['Indicator Reputation', 18],
  feedReliability: ['Source Reliability', 15],
  feedExpirationPolicy: ['', 17],
  feedExpirationInterval: ['', 1],
  feedFetchInterval: ['Feed Fetch Interval', 19],
  feedBypassExclusionList: ['Bypass exclusion list', 8],
  feedTags: ['Tags', 0],
  tlp_color: ['Traffic Light Protocol Color', 15],
};

export const INTEGRATION_RULES: readonly PackRule[] = [
  {
    code: 'IN121',
    wants: 'isFetch and incidentType with their names and types, if the integration fetches',
    broken: (pack) => ofIntegrations(pack, (one) => (isFetching(one) ? malformed(one, FETCH) : [])),
  },
  {
    code: 'IN122',
    wants: 'the parameters of a feed, if the integration is one',
    broken: (pack) => ofIntegrations(pack, (one) => (isFeed(one) ? malformed(one, FEED) : [])),
  },
  {
    code: 'IN125',
    wants: 'a default for max_fetch, if the integration fetches',
    broken: (pack) =>
      ofIntegrations(pack, (one) =>
        isFetching(one) && !parameter(one, 'max_fetch')?.defaultvalue ? ['max_fetch'] : [],
      ),
  },
  {
    code: 'IN126',
    wants: 'max_fetch and first_fetch, if the integration fetches',
    broken: (pack) =>
      ofIntegrations(pack, (one) =>
        isFetching(one) ? ['max_fetch', 'first_fetch'].filter((name) => !parameter(one, name)) : [],
      ),
  },
  {
    code: 'DO100',
    wants: 'an image with a tag that is not latest',
    broken: (pack) =>
      ofIntegrations(pack, ({ script }) =>
        /:(?!latest$)[\w][\w.-]*$/.test(script.dockerimage ?? '') ? [] : [`image ${script.dockerimage}`],
      ),
  },
  {
    code: 'RM110',
    wants: 'every command in the README of its integration',
    broken: (pack) =>
      integrations(pack).flatMap(([path, { script }]) =>
        script.commands.map(({ name }) => name).filter((name) => !pack[readmeOf(path)]?.includes(name)),
      ),
  },
];

function ofIntegrations(pack: Pack, wrong: (one: Manifest) => readonly string[]): string[] {
  return integrations(pack).flatMap(([path, one]) => wrong(one).map((what) => `${path}: ${what}`));
}

function isFetching({ script }: Manifest): boolean {
  return script.isfetch === true;
}

function isFeed({ script }: Manifest): boolean {
  return 'feed' in script && script.feed === true;
}

function malformed(
  one: Manifest,
  wanted: Readonly<Record<string, readonly [display: string, type: number]>>,
): string[] {
  return Object.entries(wanted)
    .filter(([name, [display, type]]) => {
      const found = parameter(one, name);
      return found?.type !== type || (found.display ?? '') !== display;
    })
    .map(([name]) => name);
}

function parameter({ configuration }: Manifest, wanted: string): Parameter | undefined {
  return configuration.find(({ name }) => name === wanted);
}
