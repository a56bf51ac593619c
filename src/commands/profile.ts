import { collection, entity } from '../graph/route';
import type { IntelligenceProfile, IntelligenceProfileIndicator } from '../model/generated/graph';
import { artifactCell, artifactKind } from '../output/cell';
import { indicator } from '../output/relationships/relationship-rules';
import { day, joined, table } from '../output/table';
import { declare } from './declaration/command';

export const profileCommands = declare({
  'msg-defender-threat-intel-profile-list': {
    routes: [
      collection('GET /security/threatIntelligence/intelProfiles'),
      entity('GET /security/threatIntelligence/intelProfiles/{intel_profile_id}'),
    ],
    where: ({ kind }) => (kind === undefined ? undefined : { property: 'kind', equals: kind }),
    context: 'Profile',
    value: 'list',
    nouns: ['intelligence profile', 'intelligence profiles'],
    table: table<IntelligenceProfile>('Intelligence profiles', {
      Title: (profile) => profile.title,
      Kind: (profile) => profile.kind,
      Aliases: (profile) => joined(profile.aliases),
      Origin: (profile) => joined(profile.countriesOrRegionsOfOrigin, (country) => country.label),
      'First active': (profile) => day(profile.firstActiveDateTime),
      Targets: (profile) => joined(profile.targets),
      Summary: (profile) => profile.summary?.content,
      ID: (profile) => profile.id,
    }),
  },
  'msg-defender-threat-intel-profile-indicators-list': {
    routes: [
      collection('GET /security/threatIntelligence/intelProfiles/{intel_profile_id}/indicators'),
      entity('GET /security/threatIntelligence/intelligenceProfileIndicators/{intel_profile_indicator_id}'),
    ],
    context: 'ProfileIndicator',
    value: 'list',
    nouns: ['profile indicator', 'profile indicators'],
    relates: indicator,
    table: table<IntelligenceProfileIndicator>('Profile indicators', {
      Observable: (indicator) => artifactCell(indicator.artifact),
      Type: (indicator) => artifactKind(indicator.artifact),
      Source: (indicator) => indicator.source,
      'First seen': (indicator) => day(indicator.firstSeenDateTime),
      'Last seen': (indicator) => day(indicator.lastSeenDateTime),
      ID: (indicator) => indicator.id,
    }),
  },
});
