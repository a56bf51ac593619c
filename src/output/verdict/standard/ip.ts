import type { Standard } from './standard';

export const standardIp: Standard = {
  name: 'IP',
  key: 'Address',
  fields: ({ Host: host }) => ({
    ASN: host?.autonomousSystem?.number,
    ASOwner: host?.autonomousSystem?.organization ?? host?.autonomousSystem?.name,
    Geo: { Country: host?.countryOrRegion },
    Organization: { Name: host?.hostingProvider },
    Range: host?.netblock,
    UpdatedDate: host?.lastSeenDateTime,
  }),
};
