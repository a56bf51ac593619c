import { createInterface, type Interface } from 'node:readline';
import { PluginError } from '../../base/errors';
import { openEngine } from '../../engine/engine';
import { openTransport } from '../../engine/open-services';
import { statePaths } from '../../state/paths';
import { localServices } from '../cli/local-services';
import { screenOf } from '../cli/terminal';
import type { VerbCall } from '../cli/verb';
import { countingTransport } from '../io/counting-transport';
import { complete } from './completion';
import { investigationFile, readInvestigation, writeInvestigation } from './investigation';
import { progressLine } from './progress-line';
import { type Ended, openRoom, type Room } from './room';

/**
 * `mdti war-room [NAME]`: a console on one investigation. Behind a pipe it reads its lines without a word of its own, and
 * its status tells whether one of them failed.
 */
export async function warRoomProcess(call: VerbCall): Promise<number> {
  const file = investigationFile(statePaths(process.env).file, call.words[0] ?? 'default');
  const investigation = await readInvestigation(file);
  const ports = localServices(call);
  const progress = progressLine(process.stderr);
  const plugin = openEngine({
    ...ports,
    transport: countingTransport(openTransport(ports.params, ports), progress.tell),
  });
  const opened = openRoom(investigation, {
    plugin,
    now: Date.now,
    screen: () => screenOf(process.stdout),
    keep: (changed) => writeInvestigation(file, changed),
    voices: {
      found: (text) => progress.clear(() => process.stdout.write(text)),
      failed: (text) => progress.clear(() => process.stderr.write(text)),
    },
  });
  const history = investigation.happened.map(({ line }) => line).reverse();
  const terminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const lines = createInterface({
    input: process.stdin,
    ...(terminal ? { output: process.stdout, completer: complete, history, prompt: 'mdti> ' } : {}),
    terminal,
  });
  return converse(lines, opened, terminal);
}

async function converse(lines: Interface, opened: Room, terminal: boolean): Promise<number> {
  let underWay: AbortController | undefined;
  lines.on('SIGINT', () => {
    if (underWay !== undefined) return underWay.abort(stopped());
    lines.write(null, { ctrl: true, name: 'u' });
    process.stdout.write('\nCtrl-D ends the console.\n');
    lines.prompt();
  });
  let status = 0;
  if (terminal) {
    process.stdout.write('/help tells what there is; Tab completes.\n');
    lines.prompt();
  }
  for await (const line of lines) {
    underWay = new AbortController();
    const ended: Ended = await opened.enter(line, underWay.signal);
    underWay = undefined;
    if (ended === 'badly') status = 1;
    if (ended === 'for good') break;
    if (terminal) lines.prompt();
  }
  lines.close();
  return terminal ? 0 : status;
}

function stopped(): PluginError {
  return new PluginError('CANCELLED', 'The command was ended by Ctrl-C.', { hint: 'Run it again.' });
}
