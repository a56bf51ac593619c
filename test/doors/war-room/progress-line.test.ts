import { progressLine } from '../../../src/doors/war-room/progress-line';
import { OutputText } from '../../support/standard-streams';

/** The progress line of a terminal or a pipe, and what was written. */
function opened(isTTY: boolean) {
  const written: string[] = [];
  const output = new OutputText(isTTY);
  output.on('data', (text) => written.push(String(text)));
  return { written, line: progressLine(output as never), result: () => void written.push('result') };
}

const ERASE = '\r\u001b[K';

test('a command is counted from its third response, and the line is erased before the result', () => {
  const { line, written, result } = opened(true);
  for (const responses of [1, 2, 3, 4]) line.update(responses);
  line.clear(result);
  expect(written).toEqual(['\r3 responses so far…', '\r4 responses so far…', ERASE, 'result']);
});

test('each command is counted from its own start', () => {
  const { line, written, result } = opened(true);
  line.update(3);
  line.clear(result);
  written.length = 0;
  line.update(5);
  line.clear(result);
  expect(written).toEqual(['result']);
  line.update(8);
  line.clear(result);
  expect(written).toEqual(['result', '\r3 responses so far…', ERASE, 'result']);
});

test('a pipe gets the result only', () => {
  const { line, written, result } = opened(false);
  line.update(9);
  line.clear(result);
  expect(written).toEqual(['result']);
});
