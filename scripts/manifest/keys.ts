import type { Rule } from './rule';

/** The keys that the platform allows at each level; it rejects a manifest with any other. */
const KEYS = {
  manifest:
    'commonfields name display category description configuration script sectionorder fromversion marketplaces tests provider',
  commonfields: 'id version',
  parameter:
    'display name type required defaultvalue options additionalinfo section advanced hidden displaypassword hiddenusername',
  script: 'script type subtype dockerimage isfetch feed longRunning commands',
  command: 'name description arguments outputs deprecated execution polling timeout',
  argument: 'name description required default defaultValue isArray auto predefined secret',
  output: 'contextPath description type',
} as const;

export function unknownKeys(level: keyof typeof KEYS): Rule<object> {
  const known = KEYS[level].split(' ');
  return {
    finding: 'unknown key',
    broken: (part) => Object.keys(part).filter((key) => !known.includes(key)),
  };
}
