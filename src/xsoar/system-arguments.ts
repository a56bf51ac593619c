import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';
import { parsePath } from './context/path';

/** Arguments that the platform accepts on every command, separate from the command's own arguments. */
export interface SystemArguments {
  /** Show `Contents` instead of the table. */
  readonly rawResponse: boolean;
  /** Write nothing into context. */
  readonly ignoreOutputs: boolean;
  /** Parts of `Contents` that are put into context as well. */
  readonly extendContext: readonly { readonly key: readonly string[]; readonly path: string }[];
  /** Seconds after which the command is given up. */
  readonly executionTimeout: number | undefined;
  /** Number of retries of a failed command, and the seconds between them. */
  readonly retryCount: number;
  readonly retryInterval: number;
}

/** The instance to use: a command line has one only, so the name changes nothing. */
const USING = 'using';

export const SYSTEM_ARGUMENTS = [
  'raw-response',
  'ignore-outputs',
  'extend-context',
  'execution-timeout',
  'retry-count',
  'retry-interval',
  USING,
];

/**
 * Splits the typed arguments into the platform's and the command's.
 * @throws PluginError ARGUMENT_INVALID for a value that one of the platform's cannot have.
 */
export function splitArguments(given: Readonly<Record<string, string>>): {
  system: SystemArguments;
  args: Record<string, string>;
} {
  const own = Object.entries(given).filter(([name]) => !SYSTEM_ARGUMENTS.includes(name));
  return {
    args: Object.fromEntries(own),
    system: {
      rawResponse: flag(given, 'raw-response'),
      ignoreOutputs: flag(given, 'ignore-outputs'),
      extendContext: extensions(given['extend-context']),
      executionTimeout: whole(given, 'execution-timeout'),
      retryCount: whole(given, 'retry-count') ?? 0,
      retryInterval: whole(given, 'retry-interval') ?? 0,
    },
  };
}

function flag(given: Readonly<Record<string, string>>, name: string): boolean {
  const word = (given[name] ?? 'false').trim().toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  throw invalid(name, given[name] ?? '', 'Use true or false.');
}

function whole(given: Readonly<Record<string, string>>, name: string): number | undefined {
  const text = given[name];
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text.trim())) return Number(text);
  throw invalid(name, text, 'Use a whole number, such as 60.');
}

/** `Key=path::Key2=path2` */
function extensions(text: string | undefined): SystemArguments['extendContext'] {
  if (text === undefined) return [];
  return text.split('::').map((part) => {
    const [, key, path] = /^\s*([\w-]+(?:\.[\w-]+)*)\s*=\s*(.+)$/s.exec(part) ?? [];
    if (key === undefined || path === undefined)
      throw invalid('extend-context', part, 'Use Key=path; separate several with ::.');
    parsePath(path);
    return { key: key.split('.'), path };
  });
}

function invalid(name: string, value: string, hint: string): PluginError {
  return new PluginError('ARGUMENT_INVALID', `${name}: ${quoted(value)} is not valid.`, {
    hint,
  });
}
