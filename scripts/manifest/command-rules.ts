import { unknownKeys } from './keys';
import { type Rule, repeated } from './rule';
import type { Argument, ManifestCommand, Output } from './shape';

const OUTPUT_TYPES = ['Boolean', 'Date', 'Number', 'String', 'Unknown'];

export const commandRules: readonly Rule<ManifestCommand>[] = [
  unknownKeys('command'),
  { finding: 'the description is missing', broken: ({ description }) => !description },
  { finding: 'arguments is not a list', broken: (command) => !Array.isArray(command.arguments) },
  {
    finding: 'two arguments of one name',
    broken: (command) => repeated(command.arguments?.map(({ name }) => name) ?? []),
  },
  {
    finding: 'more than one argument takes the unnamed value',
    broken: (command) => (command.arguments?.filter((argument) => argument.default) ?? []).length > 1,
  },
  {
    finding: 'two outputs of one path',
    broken: ({ outputs }) => repeated(outputs?.map(({ contextPath }) => contextPath) ?? []),
  },
];

export const argumentRules: readonly Rule<Argument>[] = [
  unknownKeys('argument'),
  { finding: 'the description is missing', broken: ({ description }) => !description },
  {
    finding: 'auto and predefined values do not go together',
    broken: ({ auto, predefined = [] }) => (auto === 'PREDEFINED') !== predefined.length > 0,
  },
  {
    finding: 'the default is not among the predefined values',
    broken: ({ predefined, defaultValue }) =>
      predefined !== undefined && defaultValue !== undefined && !predefined.includes(defaultValue),
  },
  {
    finding: 'required and a default cannot be combined',
    broken: ({ required, defaultValue }) => required === true && defaultValue !== undefined,
  },
];

export const outputRules: readonly Rule<Output>[] = [
  unknownKeys('output'),
  {
    finding: 'the context path cannot be addressed',
    broken: ({ contextPath = '' }) => !/^[A-Z]\w*(\.[A-Za-z]\w*)+$/.test(contextPath),
  },
  {
    finding: 'the description is not a sentence',
    broken: ({ description = '' }) => !/^[A-Z].*\.$/.test(description),
  },
  { finding: 'the type is not one of the platform', broken: ({ type }) => !OUTPUT_TYPES.includes(type) },
];
