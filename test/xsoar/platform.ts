import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Installed } from '../support/in-path';

export const SHIM = join(__dirname, '../../xsoar/shim.py');
const PLATFORM = join(__dirname, 'platform.py');

export interface Entry {
  readonly Type: number;
  readonly Contents: unknown;
  readonly HumanReadable?: string;
  readonly EntryContext: object | null;
}

/** What the shim did with the platform's object while it ran one command. */
export interface Did {
  readonly results: readonly (readonly Entry[] | Entry | string)[];
  readonly debug: readonly string[];
  /** What was stored, in this order. */
  readonly order: readonly string[];
  readonly integrationContext?: State;
  readonly lastRun?: object;
  readonly incidents?: readonly { readonly name: string; readonly rawJSON: string }[];
  readonly exception?: string;
  /** Process id of the mdti that ran it. */
  readonly process: number | null;
  /** What the command did that ran in the meantime. */
  readonly meanwhile?: Did;
}

type Records = Readonly<Record<string, unknown>>;

export interface State {
  readonly tokens?: Records;
  readonly logins?: Records;
  readonly pendingLogins?: Records;
  readonly resets?: number;
  readonly theirs?: number;
}

export interface Call {
  readonly command: string;
  readonly args?: object;
  readonly params?: object;
  readonly lastRun?: object;
  readonly kill?: boolean;
  readonly afterIdleEnd?: boolean;
  readonly meanwhile?: { readonly at: 'merge' | 'write'; readonly command: Call };
}

/** A platform with one integration instance: it keeps the state between commands, and starts the shim's interpreter. */
export class Platform {
  readonly #file: string;

  constructor(
    readonly installed: Installed,
    readonly params: object,
    readonly options: {
      readonly versions?: boolean;
      readonly failingWrites?: boolean;
      readonly code?: string;
    } = {},
  ) {
    this.#file = join(mkdtempSync(join(installed.folder, 'state-')), 'state.json');
    this.state = {};
  }

  get state(): State {
    return JSON.parse(readFileSync(this.#file, 'utf8')).context;
  }

  set state(context: State) {
    writeFileSync(this.#file, JSON.stringify({ context, version: 1 }));
  }

  /** Runs the commands one after the other in one interpreter. */
  async run(commands: readonly Call[], env: NodeJS.ProcessEnv = {}): Promise<Did[]> {
    const python = spawn('python3', ['-W', 'error::SyntaxWarning', PLATFORM, this.options.code ?? SHIM], {
      env: { ...this.installed.env, ...env },
    });
    const withParams = (call: Call): Call => ({
      params: this.params,
      ...call,
      ...(call.meanwhile && {
        meanwhile: { ...call.meanwhile, command: withParams(call.meanwhile.command) },
      }),
    });
    const scenario = { ...this.options, stateFile: this.#file, commands: commands.map(withParams) };
    python.stdin.end(JSON.stringify(scenario));
    const [stdout, stderr] = await Promise.all([text(python.stdout), text(python.stderr)]);
    if (stderr !== '') throw new Error(stderr);
    return JSON.parse(stdout) as Did[];
  }

  async once(call: Call, env: NodeJS.ProcessEnv = {}): Promise<Did> {
    const [did] = await this.run([call], env);
    if (did === undefined) throw new Error('the platform ran no command');
    return did;
  }
}
