import { unknownKeys } from './keys';
import type { Rule } from './rule';
import type { Parameter } from './shape';

const KNOWN_TYPES = [0, 1, 4, 8, 9, 12, 13, 15, 16, 17, 18, 19];
const ENCRYPTED = 4;
const CHECKBOX = 8;
const SINGLE_SELECT = 15;
const SELECTS = [SINGLE_SELECT, 16];

/** The platform's own words for two checkboxes that every integration has. */
const FIXED: Readonly<Record<string, string>> = {
  insecure: 'Trust any certificate (not secure)',
  proxy: 'Use system proxy settings',
};

function displays({ display, displaypassword }: Parameter): string[] {
  return [display, displaypassword].filter((text) => text !== undefined);
}

export const parameterRules: readonly Rule<Parameter>[] = [
  unknownKeys('parameter'),
  { finding: 'the type is not one of the platform', broken: ({ type }) => !KNOWN_TYPES.includes(type) },
  { finding: 'display is missing', broken: (parameter) => displays(parameter).length === 0 },
  {
    finding: 'display does not start with a capital, or contains an underscore',
    broken: (parameter) => displays(parameter).some((text) => !/^[A-Z][^_]*$/.test(text)),
  },
  { finding: 'there is no help text (additionalinfo)', broken: ({ additionalinfo }) => !additionalinfo },
  {
    finding: 'the platform wants a checkbox, off by default, in its own words',
    broken: ({ name, display, type, defaultvalue }) =>
      name in FIXED && (display !== FIXED[name] || type !== CHECKBOX || defaultvalue === 'true'),
  },
  { finding: 'a checkbox cannot be required', broken: ({ type, required }) => type === CHECKBOX && required },
  {
    finding: "the default of a checkbox is the text 'true' or 'false'",
    broken: ({ type, defaultvalue = 'false' }) =>
      type === CHECKBOX && !['true', 'false'].includes(defaultvalue),
  },
  { finding: 'a secret uses type 9', broken: ({ type }) => type === ENCRYPTED },
  {
    finding: 'the default is a URL without https',
    broken: ({ defaultvalue = '' }) => defaultvalue.startsWith('http:'),
  },
  {
    finding: 'a select has no options',
    broken: ({ type, options }) => SELECTS.includes(type) && !options?.length,
  },
  {
    finding: 'the default is not among the options',
    broken: ({ type, options, defaultvalue }) =>
      type === SINGLE_SELECT && defaultvalue !== undefined && !options?.includes(defaultvalue),
  },
  {
    finding: 'the section is not in sectionorder',
    broken: ({ section }, { sectionorder }) => !sectionorder.includes(section),
  },
];
