import { Transform } from 'node:stream';

/** Bytes of one message. A call of a tool needs a few hundred. */
const MOST = 1_000_000;

const REFUSAL = JSON.stringify({
  jsonrpc: '2.0',
  id: null,
  error: { code: -32600, message: `The message is larger than ${MOST} bytes and was not read.` },
});

/** Passes messages on, one per line; an oversized one is dropped while it arrives and answered by an error. */
export function boundedInput(refuse: (line: string) => void): Transform {
  let size = 0;
  let dropping = false;
  let held: Buffer[] = [];

  function take(part: Buffer): void {
    size += part.length;
    if (dropping) return;
    if (size <= MOST) {
      held.push(part);
      return;
    }
    dropping = true;
    held = [];
    refuse(`${REFUSAL}\n`);
  }

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let start = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        take(chunk.subarray(start, end + 1));
        if (!dropping) this.push(Buffer.concat(held));
        held = [];
        size = 0;
        dropping = false;
        start = end + 1;
      }
      if (start < chunk.length) take(chunk.subarray(start));
      done();
    },
  });
}
