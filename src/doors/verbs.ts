import { commandHelp, commandList, usage } from './help';
import type { Overlay } from './line';
import { runDocument } from './run-document';

/** What stands behind a verb. */
export interface Call {
  readonly words: readonly string[];
  readonly paramsFile: string | undefined;
  /** The sandbox of `--sandbox`. */
  readonly overlay: Overlay | undefined;
}

/** A verb gives its exit status, or the text that is all of its answer. */
export type Verb = (call: Call) => Promise<number> | string;

/** What `mdti` does besides commands; each door is loaded when it is asked for. */
export const VERBS: Readonly<Record<string, Verb>> = {
  run: ({ overlay }) => runDocument(overlay),
  commands: commandList,
  help: ({ words: [name] }) => (name === undefined ? usage() : commandHelp(name)),
  'xsoar-loop': async () => (await import('./xsoar/process')).loopProcess(),
  serve: async ({ overlay }) => (await import('./serve/process')).serveProcess(overlay),
};
