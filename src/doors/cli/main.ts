import { errorText, toPluginError } from '../../base/errors';
import { LOG_LEVELS, logFault, logLevel } from '../../base/log';
import { quoted } from '../../base/sanitize';
import { VERSION } from '../../base/version';
import { commandNamed } from '../../manifest/short-names';
import type { Mood } from '../../sandbox/faults';
import { commandVerb, LINE_VERB } from './command-verb';
import { useSharedSection } from './config/shared-section';
import { helpText, usage } from './help';
import { commandLog } from './human-log';
import { invocationError } from './invocation-error';
import type { ParamOverrides } from './local-services';
import { inCommandLineWords } from './own-words';
import { writePaged } from './pager';
import { parseCall } from './parse-call';
import { unknownCommand, type WordsAround } from './unknown-command';
import { paramSource, type Runnable, type VerbCall } from './verb';
import { VERBS } from './verbs';

/** Runs `mdti` with these words. Every error ends as a sentence on stderr and status 2. */
export async function runCli(argv: readonly string[]): Promise<number> {
  try {
    return await run(argv);
  } catch (error) {
    const failure = toPluginError(error);
    logFault(commandLog(logLevel(process.env.MDTI_LOG), process.stderr), failure);
    const words = {
      sandbox: argv.includes('--sandbox'),
      paramsFile: typedValue('--params', argv),
      profile: typedValue('--profile', argv),
    };
    process.stderr.write(`${inCommandLineWords(errorText(failure), words)}\n`);
    return 2;
  }
}

/** The value of an option, also where the options cannot be read as a whole. */
function typedValue(option: string, argv: readonly string[]): string | undefined {
  const [first] = argv.flatMap((word, at) => {
    if (word === option) return argv.slice(at + 1);
    return word.startsWith(`${option}=`) ? [word.slice(option.length + 1)] : [];
  });
  return first;
}

async function run(argv: readonly string[]): Promise<number> {
  useSharedSection(process.env);
  const at = verbIndex(argv);
  const name = argv[at];
  if (name === undefined) return withoutVerb(argv);
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  const called = verb ?? commandOf(name, { before: argv.slice(0, at), after: argv.slice(at + 1) });
  if (verb?.group !== 'For programs') checkLogLevel(process.env.MDTI_LOG);
  const rest = [...argv.slice(0, at), ...argv.slice(called === LINE_VERB ? at : at + 1)];
  const { words, options, help } = parseCall(`mdti ${name}`, called, rest, verbsWith);
  if (help) return printPage(helpText(VERBS, name.replace(/\s.*/s, '')));
  const mood = options.mood as Mood | undefined;
  return withSandbox(options.sandbox === true, mood, async (overrides) => {
    const result = await called.run({
      ...paramSource(options, overrides),
      words,
      options: options as VerbCall['options'],
    });
    return typeof result === 'string' ? printPage(result) : result;
  });
}

function withoutVerb(argv: readonly string[]): Promise<number> {
  const [option] = argv;
  if (option === undefined || option === '--help' || option === '-h') return printPage(usage(VERBS));
  if (option === '--version' || option === '-v') return printPage(VERSION);
  throw invocationError(`mdti has no option ${option}.`, 'Run `mdti help`.');
}

/** A platform's process continues with the default level; a user learns that the word has no effect. */
function checkLogLevel(level: string | undefined): void {
  if (!level || LOG_LEVELS.some((known) => known === level.trim().toLowerCase())) return;
  throw invocationError(
    `MDTI_LOG: ${quoted(level)} is not a log level.`,
    `Use one of ${LOG_LEVELS.join(', ')}.`,
  );
}

/** Options that may come before the verb and take the next word as their value. */
const WITH_VALUE: ReadonlySet<string> = new Set(['--profile', '--params', '--param', '--output', '-o']);

/** The place of the first word that is neither an option nor its value; negative if there is none. */
function verbIndex(argv: readonly string[]): number {
  let isValue = false;
  return argv.findIndex((word) => {
    const isVerb = !isValue && !word.startsWith('-');
    isValue = !isValue && WITH_VALUE.has(word);
    return isVerb;
  });
}

function commandOf(name: string, around: WordsAround): Runnable {
  if (name.startsWith('!')) return LINE_VERB;
  const command = commandNamed(name);
  if (command !== undefined) return commandVerb(command, name);
  throw unknownCommand(name, Object.keys(VERBS), around);
}

/** The verbs that take an option, for the hint of one that does not. */
function verbsWith(flag: string): string[] {
  const takes = ({ flags = {} }: Runnable) =>
    Object.entries(flags).some(([name, { short }]) => [`--${name}`, `-${short}`].includes(flag));
  const verbs = Object.entries(VERBS).filter(([, verb]) => takes(verb));
  return [
    ...(takes(LINE_VERB) ? ['commands such as mdti host'] : []),
    ...verbs.map(([name]) => `mdti ${name}`),
  ];
}

async function withSandbox(
  wanted: boolean,
  mood: Mood | undefined,
  work: (overrides: ParamOverrides | undefined) => Promise<number>,
): Promise<number> {
  if (!wanted) return work(undefined);
  const { openSandbox } = await import('./sandbox');
  const sandbox = await openSandbox(undefined, mood && { mood });
  try {
    return await work({ params: sandbox.params, ca: sandbox.ca });
  } finally {
    await sandbox.close();
  }
}

async function printPage(text: string): Promise<number> {
  await writePaged(`${text}\n`, process.env);
  return 0;
}
