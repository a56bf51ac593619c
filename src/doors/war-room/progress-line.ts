/** One line of a terminal that counts the responses of a long command, and makes room for other output. */
interface ProgressLine {
  update(responses: number): void;
  /** Removes the line before something else is written. */
  clear(write: () => void): void;
}

/** A command with fewer responses is over before the line could be read. */
const FIRST = 3;

export function progressLine(output: NodeJS.WriteStream): ProgressLine {
  let before = 0;
  let last = 0;
  return {
    update(responses) {
      last = responses;
      if (!output.isTTY || responses - before < FIRST) return;
      output.write(`\r${responses - before} responses so far…`);
    },
    clear(write) {
      if (output.isTTY && last - before >= FIRST) output.write('\r\u001b[K');
      before = last;
      write();
    },
  };
}
