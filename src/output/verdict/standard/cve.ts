import type { Standard } from './standard';

export const standardCve: Standard = {
  name: 'CVE',
  key: 'ID',
  fields: ({ Vulnerability: vulnerability }) => ({
    CVSS: vulnerability?.cvss3Summary?.score ?? vulnerability?.cvss2Summary?.score,
    Published: vulnerability?.publishedDateTime,
    Modified: vulnerability?.lastModifiedDateTime,
    Description: vulnerability?.description?.content,
  }),
};
