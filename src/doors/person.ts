import { parseArgs } from 'node:util';
import { isPluginError, PluginError } from '../errors';
import { nearest } from '../nearest';
import { VERSION } from '../version';
import { commandHelp, commandList, usage } from './help';
import { type Overlay, runLine } from './line';
import { runDocument } from './run-document';

const VERBS = ['run', 'commands', 'help', 'sandbox'];

/** What a person types behind `mdti`; every fault ends as a sentence on stderr and status 2. */
export async function person(argv: readonly string[]): Promise<number> {
  try {
    return await perform(argv);
  } catch (error) {
    const known = isPluginError(error) ? error : misused(error);
    process.stderr.write(`${[known.message, known.hint].filter((text) => text !== undefined).join('\n')}\n`);
    return 2;
  }
}

async function perform(argv: readonly string[]): Promise<number> {
  if (argv[0] === 'sandbox') return (await import('./sandbox')).serveSandbox(argv.slice(1));
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      params: { type: 'string' },
      output: { type: 'string', short: 'o' },
      sandbox: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  });
  const [first, ...rest] = positionals;
  if (values.version) return say(VERSION);
  if (first === undefined || (values.help && !first.startsWith('!'))) return say(usage());
  if (first === 'commands') return say(commandList());
  if (first === 'help') return say(rest[0] === undefined ? usage() : commandHelp(rest[0]));
  if (first === 'run') return inSandbox(values.sandbox, (overlay) => runDocument(overlay));
  if (!first.startsWith('!')) throw unknown(first);
  const options = { paramsFile: values.params, format: values.output };
  return inSandbox(values.sandbox, (overlay) => runLine(positionals.join(' '), options, overlay));
}

async function inSandbox(
  wanted: boolean | undefined,
  work: (overlay: Overlay | undefined) => Promise<number>,
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

function say(text: string, status = 0): number {
  process.stdout.write(`${text}\n`);
  return status;
}

function unknown(word: string): PluginError {
  const meant = nearest(word, VERBS);
  return new PluginError('COMMAND_UNKNOWN', `mdti does not know ${JSON.stringify(word)}.`, {
    hint: `${meant === undefined ? '' : `Did you mean mdti ${meant}? `}A command of the integration begins with ! and stands in quotes; mdti --help shows the rest.`,
  });
}

/** Node's own words about a flag are good ones: `Unknown option '--paramz'`. */
function misused(error: unknown): PluginError {
  const text =
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
      ? error.message
      : 'The command line cannot be used.';
  return new PluginError('INVOCATION_UNREADABLE', text, {
    hint: 'mdti --help shows what there is.',
    cause: error,
  });
}
