import { didYouMean } from '../../base/did-you-mean';
import { PluginError } from '../../base/errors';
import { quoted } from '../../base/sanitize';
import { readPath } from '../../xsoar/context/read';
import { commandsText } from '../cli/help';
import type { Screen } from '../cli/terminal';
import { consoleHelp } from './console-help';
import { EMPTY_INVESTIGATION, type InvestigationEntry } from './investigation';
import { shownAgain } from './shown-result';
import type { InvestigationStore, Investigations } from './store';
import { exportTo, importFrom } from './transfer';

/** The services and investigations that an action works on. */
interface ActionContext {
  readonly store: InvestigationStore;
  readonly investigations: Investigations;
  readonly screen: () => Screen;
}

/** The text that an action shows, and what the console does next. */
interface ActionResult {
  readonly text: string;
  /** The investigation to continue with. */
  readonly open?: string;
  readonly ended?: boolean;
}

interface Action {
  readonly usage: string;
  readonly run: (argument: string, context: ActionContext) => Promise<ActionResult>;
}

const NOTHING = 'Nothing.';

/** The console's own commands, by the word after `/`. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  context: {
    usage: '/context [PATH]         show the context, or the value at a path',
    run: async (path, { store }) => {
      const { context } = await store.read();
      return { text: asJson(path === '' ? context : readPath(context, path)) };
    },
  },
  entries: {
    usage: '/entries [NUMBER]       list the lines, or show the result of one line again',
    run: async (number, { store, screen }) => {
      const { happened } = await store.read();
      return { text: number === '' ? list(happened) : resultOf(number, happened, screen()) };
    },
  },
  export: {
    usage: '/export FILE [--force]  write the investigation to a file (--force replaces an existing one)',
    run: async (argument, { store }) => {
      const { rest, forced } = force(argument);
      return { text: await exportTo(needed(rest, '/export', 'a file'), forced, await store.read()) };
    },
  },
  import: {
    usage: '/import FILE            add the lines and context of an exported investigation',
    run: async (file, { store }) => ({ text: await importFrom(needed(file, '/import', 'a file'), store) }),
  },
  clear: {
    usage: '/clear                  delete context and entries',
    run: async (_, { store }) => {
      await store.change(() => EMPTY_INVESTIGATION);
      return { text: 'Context and entries were deleted.' };
    },
  },
  investigations: {
    usage: '/investigations         list the investigations of this target',
    run: async (_, { store, investigations }) => {
      const names = new Set([...(await investigations.names()), store.name]);
      return {
        text: [...names]
          .sort()
          .map((name) => `${name === store.name ? '*' : ' '} ${name}`)
          .join('\n'),
      };
    },
  },
  open: {
    usage: '/open NAME              open another investigation, or create it',
    run: async (name, { investigations }) => {
      await investigations.open(needed(name, '/open', 'a name')).read();
      return { text: `Investigation ${name}.`, open: name };
    },
  },
  rename: {
    usage: '/rename NAME            rename this investigation',
    run: async (name, { store, investigations }) => {
      await investigations.rename(store.name, needed(name, '/rename', 'a name'));
      return { text: `Renamed to ${name}.`, open: name };
    },
  },
  delete: {
    usage: '/delete NAME --force    delete an investigation permanently',
    run: async (argument, { store, investigations }) => {
      const { rest, forced } = force(argument);
      needed(rest, '/delete', 'a name');
      if (rest === store.name)
        throw new PluginError('INVOCATION_UNREADABLE', `/delete: "${rest}" is open.`, {
          hint: 'Open another investigation first, or clear this one with /clear.',
        });
      if (!forced)
        throw new PluginError('INVOCATION_UNREADABLE', `/delete removes "${rest}" permanently.`, {
          hint: `To confirm, write /delete ${rest} --force.`,
        });
      await investigations.remove(rest);
      return { text: `Deleted ${rest}.` };
    },
  },
  commands: {
    usage: '/commands               list the commands',
    run: async () => ({ text: commandsText() }),
  },
  help: {
    usage: '/help [COMMAND]         show this list, or the arguments and context paths of a command',
    run: async (name) => ({ text: name === '' ? actionList() : consoleHelp(name) }),
  },
  exit: {
    usage: '/exit                   leave; Ctrl-D does the same',
    run: async () => ({ text: '', ended: true }),
  },
};

const ALIASES: ReadonlyMap<string, string> = new Map([
  ['quit', 'exit'],
  ['?', 'help'],
]);

/** The action of a line, if it is one: `/help`, or an action's bare word. No command has the name of an action. */
export function actionIn(line: string): { readonly name: string; readonly argument: string } | undefined {
  const whole = line.trim();
  const typed = whole.replace(/^\//, '');
  const word = typed.replace(/\s.*/s, '');
  const name = ALIASES.get(word) ?? word;
  if (typed === whole && !Object.hasOwn(ACTIONS, name)) return undefined;
  return { name, argument: typed.slice(word.length).trim() };
}

/** @throws PluginError COMMAND_UNKNOWN for an unknown action, and whatever the action rejects. */
export async function runAction(
  name: string,
  argument: string,
  context: ActionContext,
): Promise<ActionResult> {
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action !== undefined) return action.run(argument, context);
  const meant = didYouMean(name, Object.keys(ACTIONS));
  throw new PluginError('COMMAND_UNKNOWN', `${quoted(`/${name}`)} is not a console command.`, {
    hint: meant === undefined ? actionList() : `Did you mean /${meant}?`,
  });
}

function actionList(): string {
  const usages = Object.values(ACTIONS).map(({ usage }) => usage);
  return [
    ...usages,
    '',
    'A command runs by its short name, and takes its main argument without a name: host contoso.com',
    'A line that starts with # is a comment.',
  ].join('\n');
}

function asJson(value: unknown): string {
  return value === undefined ? NOTHING : JSON.stringify(value, null, 2);
}

function list(happened: readonly InvestigationEntry[]): string {
  if (happened.length === 0) return NOTHING;
  return happened.map(({ at, line }, index) => `${index + 1}  ${at}  ${line}`).join('\n');
}

function resultOf(number: string, happened: readonly InvestigationEntry[], screen: Screen): string {
  const line = happened[Number(number) - 1];
  if (line !== undefined) return shownAgain(line, screen);
  throw new PluginError('ARGUMENT_INVALID', `/entries: there is no line ${quoted(number)}.`, {
    hint:
      happened.length === 0
        ? 'This investigation has no lines.'
        : `Use a number from 1 to ${happened.length}.`,
  });
}

function needed(argument: string, action: string, what: string): string {
  if (argument !== '') return argument;
  throw new PluginError('ARGUMENT_MISSING', `${action} needs ${what}.`, { hint: 'See /help.' });
}

function force(argument: string): { rest: string; forced: boolean } {
  const rest = argument.replace(/(?:^|\s)--force$/, '');
  return { rest: rest.trim(), forced: rest !== argument };
}
