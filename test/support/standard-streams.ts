import { once } from 'node:events';
import { PassThrough } from 'node:stream';

/** A terminal or a pipe with everything that was written to it. */
export class OutputText extends PassThrough {
  text = '';
  columns = 80;
  rows = 24;

  constructor(readonly isTTY: boolean) {
    super();
    this.on('data', (part) => {
      this.text += part;
    });
  }

  /** Resolves when it contains this text. */
  async shows(text: string): Promise<void> {
    while (!this.text.includes(text)) await once(this, 'data');
  }
}

/** Replaces stdin, stdout and stderr of this process until `jest.restoreAllMocks()`. */
export function standardStreams(isTTY = false) {
  const streams = {
    stdin: Object.assign(new PassThrough(), { isTTY }),
    stdout: new OutputText(isTTY),
    stderr: new OutputText(isTTY),
  };
  for (const [name, stream] of Object.entries(streams))
    jest.spyOn(process, name as 'stdin', 'get').mockReturnValue(stream as never);
  return streams;
}
