import { writeFile } from 'node:fs/promises';
import { PluginError } from '../../base/errors';
import { FILE_MODE, unavailable } from '../../state/files';
import { readPath } from '../../xsoar/context/read';
import { commandHelp, commandsText } from '../cli/help';
import { EMPTY_INVESTIGATION, type Investigation, type InvestigationEntry } from './investigation';

/** What an action answers with: a text to show, and the investigation where it is another one now. */
export interface ActionResult {
  readonly text: string;
  readonly investigation?: Investigation;
  readonly ended?: boolean;
}

interface Action {
  readonly usage: string;
  readonly does: (argument: string, investigation: Investigation) => ActionResult | Promise<ActionResult>;
}

/** What the console does besides commands, by the word behind `/`. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  context: {
    usage: '/context [PATH]      the context, or what lies at a path of it',
    does: (path, { context }) => ({ text: shown(path === '' ? context : readPath(context, path)) }),
  },
  entries: {
    usage: '/entries [NUMBER]    what was typed, or the entries of one line as they are',
    does: (number, { happened }) => ({
      text: number === '' ? list(happened) : shown(entriesOf(number, happened)),
    }),
  },
  export: {
    usage: '/export FILE         context and entries as JSON',
    does: async (file, investigation) => ({ text: await exported(file, investigation) }),
  },
  clear: {
    usage: '/clear               forgets context and entries',
    does: () => ({ text: 'Context and entries are empty.', investigation: EMPTY_INVESTIGATION }),
  },
  commands: {
    usage: '/commands            the commands, a line each',
    does: () => ({ text: commandsText() }),
  },
  help: {
    usage: '/help [COMMAND]      this list, or the arguments and context paths of a command',
    does: (name) => ({ text: name === '' ? actionList() : commandHelp(name) }),
  },
  exit: {
    usage: '/exit                ends the console; so does Ctrl-D',
    does: () => ({ text: '', ended: true }),
  },
};

/**
 * Does what a line that begins with `/` asks for.
 * @throws PluginError for an action that there is not, and for what one of them refuses.
 */
export async function runAction(line: string, investigation: Investigation): Promise<ActionResult> {
  const [, name = '', argument = ''] = /^\/(\S*)\s*(.*)$/s.exec(line.trim()) ?? [];
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action !== undefined) return action.does(argument, investigation);
  throw new PluginError('COMMAND_UNKNOWN', `There is no /${name}.`, { hint: actionList() });
}

function actionList(): string {
  return Object.values(ACTIONS)
    .map(({ usage }) => usage)
    .join('\n');
}

function shown(value: unknown): string {
  return value === undefined ? 'There is nothing.' : JSON.stringify(value, null, 2);
}

function list(happened: readonly InvestigationEntry[]): string {
  if (happened.length === 0) return 'There is nothing.';
  return happened.map(({ at, line }, index) => `${index + 1}  ${at}  ${line}`).join('\n');
}

function entriesOf(number: string, happened: readonly InvestigationEntry[]): unknown {
  return /^\d+$/.test(number) ? happened[Number(number) - 1]?.entries : undefined;
}

async function exported(file: string, investigation: Investigation): Promise<string> {
  if (file === '')
    throw new PluginError('ARGUMENT_MISSING', '/export needs a file.', { hint: 'Write /export FILE.' });
  try {
    await writeFile(file, `${JSON.stringify(investigation, null, 2)}\n`, { mode: FILE_MODE });
  } catch (error) {
    throw unavailable(`${file} cannot be written`, error);
  }
  return `Written to ${file}.`;
}
