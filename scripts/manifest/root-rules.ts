import { unknownKeys } from './keys';
import { type Rule, repeated } from './rule';
import type { Manifest, Script } from './shape';

const WANTED = [
  'commonfields',
  'name',
  'display',
  'category',
  'description',
  'configuration',
  'script',
] as const;
const FETCH_PARAMETERS = ['isFetch', 'incidentType', 'max_fetch', 'first_fetch', 'incidentFetchInterval'];

export const rootRules: readonly Rule<Manifest>[] = [
  unknownKeys('manifest'),
  { finding: 'missing', broken: (manifest) => WANTED.filter((key) => !manifest[key]) },
  {
    finding: 'the category is not the one of threat intelligence',
    broken: ({ category }) => category !== 'Data Enrichment & Threat Intelligence',
  },
  {
    finding: 'fromversion is not of the form 6.10.0',
    broken: ({ fromversion }) => !/^\d+\.\d+\.\d+$/.test(fromversion),
  },
  {
    finding: 'two parameters of one name',
    broken: ({ configuration }) => repeated(configuration?.map(({ name }) => name) ?? []),
  },
];

export const commonfieldsRules: readonly Rule<Manifest['commonfields']>[] = [
  unknownKeys('commonfields'),
  { finding: 'id is missing', broken: ({ id }) => !id },
  { finding: 'version is not -1', broken: ({ version }) => version !== -1 },
];

export const scriptRules: readonly Rule<Script>[] = [
  unknownKeys('script'),
  {
    finding: 'type is not python, powershell or javascript',
    broken: ({ type }) => !['python', 'powershell', 'javascript'].includes(type),
  },
  { finding: 'there is no dockerimage to run in', broken: ({ dockerimage }) => !dockerimage },
  {
    finding: 'two commands of one name',
    broken: ({ commands }) => repeated(commands?.map(({ name }) => name) ?? []),
  },
  {
    finding: 'a fetching integration lacks the parameter',
    broken: ({ isfetch }, { configuration }) =>
      isfetch
        ? FETCH_PARAMETERS.filter((wanted) => !configuration.some(({ name }) => name === wanted))
        : false,
  },
  {
    finding: 'a fetching integration needs a default for max_fetch',
    broken: ({ isfetch }, { configuration }) =>
      isfetch === true &&
      configuration.some(({ name, defaultvalue }) => name === 'max_fetch' && !defaultvalue),
  },
];
