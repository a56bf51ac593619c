import { once } from 'node:events';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { systemClock } from '../../base/clock';
import { openBudget } from '../../engine/open-budget';
import { openTraffic, openTransport } from '../../engine/open-services';
import { localResponseCache, localServices } from '../cli/local-services';
import type { VerbCall } from '../cli/verb';
import { endWithStdout } from '../io/stdout';
import { boundedInput } from './bounded-input';
import { mcpServer } from './server';

/** `mdti mcp` on this process's stdin and stdout; ends with stdin. */
export async function mcpProcess(call: VerbCall): Promise<number> {
  endWithStdout();
  const ports = localServices(call);
  const transport = openTransport(ports.params, ports);
  const budget = openBudget(ports.params, { clock: systemClock, log: ports.log });
  const traffic = openTraffic(transport, { log: ports.log, budget });
  const server = mcpServer({ ...ports, transport, traffic, responseCache: localResponseCache(call, ports) });
  const input = process.stdin.pipe(boundedInput((line) => process.stdout.write(line)));
  await server.connect(new StdioServerTransport(input, process.stdout));
  await Promise.race([once(process.stdin, 'end'), once(process.stdin, 'close')]);
  await server.close();
  return 0;
}
