import type { CvssSummary } from '../../../model/generated/graph';
import type { GraphParts } from '../graph-parts';
import type { Standard } from './standard';

export const standardCve: Standard = {
  name: 'CVE',
  key: 'ID',
  fields: ({ Vulnerability: vulnerability }) => ({
    CVSS: cvss(vulnerability),
    Published: vulnerability?.publishedDateTime,
    Modified: vulnerability?.lastModifiedDateTime,
    Description: vulnerability?.description?.content,
  }),
};

/** Returns the rating as the platform's helper library writes it: of version 3 if Graph has a score of it, else of version 2. */
function cvss(vulnerability: GraphParts['Vulnerability']): object | undefined {
  const { cvss3Summary: third, cvss2Summary: second } = vulnerability ?? {};
  if (typeof third?.score === 'number') return rating(third, '3');
  return typeof second?.score === 'number' ? rating(second, '2.0') : undefined;
}

/** A vector of version 3 begins with its exact version (`CVSS:3.1/…`); one of version 2 has no prefix. */
function rating({ score, vectorString }: CvssSummary, version: string): object {
  const [, named = version] = /^CVSS:(\d\.\d)\//.exec(vectorString ?? '') ?? [];
  return { Score: score, Version: named, Vector: vectorString };
}
