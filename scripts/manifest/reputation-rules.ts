import type { Rule } from './rule';
import type { ManifestCommand } from './shape';

/** The generic commands, and the context path that the platform expects of each; a file or an e-mail has none. */
const REPUTATION: Readonly<Record<string, string | undefined>> = {
  ip: 'IP.Address',
  domain: 'Domain.Name',
  url: 'URL.Data',
  cve: 'CVE.ID',
  file: undefined,
  email: undefined,
};

/** The platform compares these descriptions word for word. */
const SCORE: Readonly<Record<string, string>> = {
  'DBotScore.Indicator': 'The indicator that was tested.',
  'DBotScore.Type': 'The indicator type.',
  'DBotScore.Vendor': 'The vendor used to calculate the score.',
  'DBotScore.Score': 'The actual score.',
};

function isGeneric({ name }: ManifestCommand): boolean {
  return Object.hasOwn(REPUTATION, name);
}

export const reputationRules: readonly Rule<ManifestCommand>[] = [
  {
    finding: 'a generic command needs a list argument with its name that takes the unnamed value',
    broken: (command) =>
      isGeneric(command) &&
      !command.arguments?.some(
        ({ name, isArray, default: unnamed }) => name === command.name && isArray && unnamed,
      ),
  },
  {
    finding: "a generic command describes its score in the platform's words",
    broken: (command) =>
      isGeneric(command) &&
      Object.entries(SCORE)
        .filter(([path, text]) => described(command, path) !== text)
        .map(([path]) => path),
  },
  {
    finding: 'a generic command declares the indicator itself',
    broken: (command) => {
      const path = REPUTATION[command.name];
      return path !== undefined && isGeneric(command) && described(command, path) === undefined
        ? [path]
        : false;
    },
  },
  {
    finding: 'a generic command needs the parameter integrationReliability, a single select',
    broken: (command, { configuration }) =>
      isGeneric(command) &&
      !configuration.some(({ name, type }) => name === 'integrationReliability' && type === 15),
  },
];

function described({ outputs }: ManifestCommand, path: string): string | undefined {
  return outputs?.find(({ contextPath }) => contextPath === path)?.description;
}
