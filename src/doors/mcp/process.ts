import { finished } from 'node:stream/promises';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { systemClock } from '../../base/clock';
import { takeTurn } from '../../base/turns';
import { openBudget } from '../../engine/open-budget';
import { openTraffic, openTransport } from '../../engine/open-services';
import { localResponseCache, localServices } from '../cli/local-services';
import type { VerbCall } from '../cli/verb';
import { endWithStdout } from '../io/stdout';
import { boundedInput } from './bounded-input';
import { openCalls } from './open-calls';
import { mcpServer } from './server';

/** Milliseconds that calls get to finish once stdin is closed. */
const DRAIN = 10_000;

/** `mdti mcp` on this process's stdin and stdout; ends when stdin is closed and every call has its result. */
export async function mcpProcess(call: VerbCall): Promise<number> {
  endWithStdout();
  // The SDK waits for the reader of stdout once for each result that is not written yet.
  process.stdout.setMaxListeners(0);
  const ports = localServices(call);
  const transport = openTransport(ports.params, ports);
  const budget = openBudget(ports.params, { clock: systemClock, log: ports.log });
  const traffic = openTraffic(transport, { log: ports.log, budget });
  const calls = openCalls(systemClock);
  const responseCache = localResponseCache(call, ports);
  const server = mcpServer({ ...ports, transport, traffic, responseCache, calls });
  const input = process.stdin.pipe(boundedInput((line) => process.stdout.write(line)));
  await server.connect(new StdioServerTransport(input, process.stdout));
  process.stdin.once('close', () => input.end());
  await finished(input);
  await calls.drain(DRAIN);
  // The SDK sends a result in the turn in which its call ends.
  await takeTurn();
  await server.close();
  await new Promise<void>((written) => process.stdout.write('', () => written()));
  return 0;
}
