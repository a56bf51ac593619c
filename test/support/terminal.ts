import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';

/** A terminal with a program in it, as a user sits before it. */
export class Terminal {
  readonly #bridge: ChildProcessWithoutNullStreams;
  #seen = '';
  #read = 0;
  #look: () => void = () => {};
  readonly ended: Promise<number | null>;

  constructor(command: readonly string[], env: NodeJS.ProcessEnv) {
    this.#bridge = spawn('python3', [join(__dirname, 'in_terminal.py'), ...command], {
      env: { TERM: 'xterm', ...env },
    });
    this.#bridge.stdout.on('data', (part) => {
      this.#seen += part;
      this.#look();
    });
    this.ended = new Promise((resolve) => this.#bridge.on('close', resolve));
    void this.ended.then(() => this.#look());
  }

  type(keys: string): void {
    this.#bridge.stdin.write(keys);
  }

  /** Waits until a string is there that was not waited for before. */
  shows(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#look = () => {
        const at = this.#plain().indexOf(text, this.#read);
        if (at >= 0) {
          this.#read = at + text.length;
          resolve();
        } else if (this.#bridge.exitCode !== null) {
          reject(new Error(`The program ended without showing ${JSON.stringify(text)}:\n${this.#seen}`));
        }
      };
      this.#look();
    });
  }

  /** Everything that was shown so far. */
  text(): string {
    return this.#plain();
  }

  /** The same with styles and cursor movements. */
  raw(): string {
    return this.#seen;
  }

  end(): void {
    this.#bridge.kill();
  }

  /** What is shown, without what only moves the cursor or sets a style. */
  #plain(): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal is driven by control characters
    return this.#seen.replace(/\u001b\[[\d;?]*[A-Za-z]/g, '');
  }
}
