/** Tells on a terminal how a long command goes on, on one line that makes room for whatever is said. */
export interface ProgressLine {
  tell(answers: number): void;
  /** Takes the line away before something else is written. */
  clear(write: () => void): void;
}

/** A command with fewer answers is over before one could read it. */
const FIRST = 3;

export function progressLine(output: NodeJS.WriteStream): ProgressLine {
  let before = 0;
  let last = 0;
  return {
    tell(answers) {
      last = answers;
      if (!output.isTTY || answers - before < FIRST) return;
      output.write(`\r${answers - before} answers so far…`);
    },
    clear(write) {
      if (output.isTTY && last - before >= FIRST) output.write('\r\u001b[K');
      before = last;
      write();
    },
  };
}
