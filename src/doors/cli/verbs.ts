import { runProcess } from '../run/process';
import { commandHelp, commandList, usage } from './help';
import type { ParamSource } from './local-services';

/** What stands behind a verb, and where its parameters come from. */
export interface VerbCall extends ParamSource {
  readonly words: readonly string[];
}

/** A verb gives its exit status, or the text that is all of its answer. */
export type Verb = (call: VerbCall) => Promise<number | string> | string;

/** What `mdti` does besides commands; each door is loaded when it is asked for. */
export const VERBS: Readonly<Record<string, Verb>> = {
  run: ({ overrides }) => runProcess(overrides),
  serve: async ({ overrides }) => (await import('../serve/process')).serveProcess(overrides),
  mcp: async (call) => (await import('../mcp/process')).mcpProcess(call),
  'war-room': async (call) => (await import('../war-room/process')).warRoomProcess(call),
  'xsoar-loop': async () => (await import('../xsoar-loop/process')).loopProcess(),
  config: async (call) => (await import('./config/verb')).configVerb(call, process.env),
  doctor: async (call) => (await import('./doctor')).doctor(call),
  commands: commandList,
  help: ({ words: [name] }) => (name === undefined ? usage() : commandHelp(name)),
};
