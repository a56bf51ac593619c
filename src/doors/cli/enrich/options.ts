import { PluginError } from '../../../base/errors';
import { FORMATS, type FormatName } from '../../../enrich/formats/format';
import { readFlags } from '../parse-flags';

export interface EnrichOptions {
  /** A file of observables; stdin unless given. */
  readonly input: string | undefined;
  /** The file that is written; stdout unless given. */
  readonly out: string | undefined;
  readonly format: FormatName;
  /** The column to take, where the input is CSV. */
  readonly column: string | undefined;
  readonly paramsFile: string | undefined;
  readonly profile: string | undefined;
  readonly sandbox: boolean;
}

export const ENRICH_HELP = `mdti enrich [FILE]: asks Graph about every observable in a file or on stdin, a row for each and in its order

  host names, addresses and CVE IDs, a line each, mixed and defanged as they are

  --column NAME   the input is CSV, and they are in this column
  --out FILE      write to a file; when the work was ended, the same command takes it up again
  -o FORMAT       ndjson (as it is), csv, or stix: a STIX 2.1 bundle
  --profile NAME, --params FILE   parameters, as for a command; MDTI_<PARAMETER> in the environment stands above them
  --sandbox       run against a sandbox started for this command
`;

const FLAGS = {
  column: { type: 'string' },
  out: { type: 'string' },
  output: { type: 'string', short: 'o' },
  params: { type: 'string' },
  profile: { type: 'string' },
  sandbox: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** @throws PluginError INVOCATION_UNREADABLE for a format or a flag that there is not. */
export function readEnrichOptions(argv: readonly string[]): EnrichOptions | 'help' {
  const config = { args: [...argv], allowPositionals: true, options: FLAGS } as const;
  const { values, positionals } = readFlags(config, 'mdti enrich --help');
  if (values.help) return 'help';
  const [input, second] = positionals;
  if (second !== undefined)
    throw new PluginError(
      'INVOCATION_UNREADABLE',
      `mdti enrich takes one file, not ${JSON.stringify(second)} as well.`,
      {
        hint: 'Pipe several files in on stdin.',
      },
    );
  return {
    input: input === '-' ? undefined : input,
    out: values.out,
    format: formatOf(values.output),
    column: values.column,
    paramsFile: values.params,
    profile: values.profile,
    sandbox: values.sandbox === true,
  };
}

function formatOf(wish = 'ndjson'): FormatName {
  if (Object.hasOwn(FORMATS, wish)) return wish as FormatName;
  throw new PluginError('INVOCATION_UNREADABLE', `-o cannot be ${JSON.stringify(wish)}.`, {
    hint: `It takes one of ${Object.keys(FORMATS).join(', ')}.`,
  });
}
