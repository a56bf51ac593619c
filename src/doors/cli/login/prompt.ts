import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { PluginError } from '../../../base/errors';

/** Questions to the user at the terminal. */
export interface Prompt {
  /** Returns the typed line, or the default if it is empty. */
  ask(question: string, otherwise?: string): Promise<string>;
  /** Returns the typed text, without showing it. */
  askSecret(question: string): Promise<string>;
}

/** Asks on stderr, since stdout may be a pipe. @throws PluginError CANCELLED on Ctrl-C and Ctrl-D */
export function terminalPrompt(): Prompt {
  return {
    async ask(question, otherwise) {
      const shown = otherwise === undefined ? `${question}: ` : `${question} [${otherwise}]: `;
      const typed = (await readLine(shown, process.stderr)).trim();
      return typed === '' ? (otherwise ?? '') : typed;
    },
    async askSecret(question) {
      const silent = new PassThrough().resume();
      const typed = await readLine(question, silent, () => process.stderr.write(`${question} (not shown): `));
      process.stderr.write('\n');
      return typed.trim();
    },
  };
}

/** @param ready called when the terminal no longer echoes typed text: only then may a secret be requested. */
function readLine(
  question: string,
  output: NodeJS.WritableStream,
  ready: () => void = () => {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: process.stdin, output, terminal: true });
    const cancel = () => {
      reject(
        new PluginError('CANCELLED', 'The sign-in was cancelled; nothing was saved.', {
          hint: 'Run `mdti login` again.',
        }),
      );
      lines.close();
    };
    lines.once('close', cancel);
    lines.question(question, (typed) => {
      resolve(typed);
      lines.close();
    });
    ready();
  });
}
