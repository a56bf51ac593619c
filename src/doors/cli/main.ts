import { didYouMean } from '../../base/did-you-mean';
import { PluginError, toPluginError } from '../../base/errors';
import { VERSION } from '../../base/version';
import { usage } from './help';
import type { ParamOverrides } from './local-services';
import { readFlags } from './parse-flags';
import { runLine } from './run-line';
import { VERBS } from './verbs';

const FLAGS = {
  profile: { type: 'string' },
  params: { type: 'string' },
  param: { type: 'string', multiple: true },
  output: { type: 'string', short: 'o' },
  sandbox: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** What a person types behind `mdti`; every fault ends as a sentence on stderr and status 2. */
export async function runCli(argv: readonly string[]): Promise<number> {
  try {
    return await perform(argv);
  } catch (error) {
    const known = toPluginError(error);
    process.stderr.write(`${[known.message, known.hint].filter((text) => text !== undefined).join('\n')}\n`);
    return 2;
  }
}

async function perform(argv: readonly string[]): Promise<number> {
  if (argv[0] === 'sandbox') return (await import('./sandbox')).serveSandbox(argv.slice(1));
  if (argv[0] === 'enrich') return (await import('./enrich/enrich')).enrichFrom(argv.slice(1), inSandbox);
  const { values, positionals } = readFlags(
    { args: [...argv], allowPositionals: true, options: FLAGS },
    'mdti --help',
  );
  const [first, ...words] = positionals;
  if (values.version) return say(VERSION);
  if (first === undefined || (values.help && !first.startsWith('!'))) return say(usage());
  const verb = Object.hasOwn(VERBS, first) ? VERBS[first] : undefined;
  if (verb === undefined && !first.startsWith('!')) throw unknown(first);
  return inSandbox(values.sandbox, async (overrides) => {
    const source = { profile: values.profile, paramsFile: values.params, flags: values.param, overrides };
    if (verb === undefined) return runLine(positionals.join(' '), { ...source, format: values.output });
    const answer = await verb({ ...source, words });
    return typeof answer === 'string' ? say(answer) : answer;
  });
}

async function inSandbox(
  wanted: boolean | undefined,
  work: (overrides: ParamOverrides | undefined) => Promise<number>,
): Promise<number> {
  if (!wanted) return work(undefined);
  const { openSandbox } = await import('./sandbox');
  const sandbox = await openSandbox();
  try {
    return await work({ params: sandbox.params, ca: sandbox.ca });
  } finally {
    await sandbox.close();
  }
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function unknown(word: string): PluginError {
  const meant = didYouMean(word, [...Object.keys(VERBS), 'enrich', 'sandbox']);
  return new PluginError('COMMAND_UNKNOWN', `mdti does not know ${JSON.stringify(word)}.`, {
    hint: `${meant === undefined ? '' : `Did you mean mdti ${meant}? `}A command of the integration begins with ! and stands in quotes; mdti --help shows the rest.`,
  });
}
