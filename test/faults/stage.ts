import type { Log } from '../../src/base/log';
import { endpointsIn } from '../../src/config/endpoints';
import { openEngine } from '../../src/engine/engine';
import type { Outcome } from '../../src/engine/invocation';
import { axiosTransport } from '../../src/http/axios-transport';
import type { Transport } from '../../src/http/transport';
import { memoryStore } from '../../src/state/store';
import { type HeldClock, heldClock } from './held-clock';
import { type Hostile, startHostile } from './hostile';

export interface Stage {
  readonly clock: HeldClock;
  /** Runs one command on the real transport; no call waits for real time. The name without its prefix. */
  run(command: string, args?: Readonly<Record<string, unknown>>, more?: RunOptions): Promise<Outcome>;
}

export interface RunOptions {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  readonly log?: Log;
}

/** A hostile server and a stage on it, for all tests of a file. */
export function hostileStage(): { readonly server: Hostile; readonly on: Stage } {
  let opened: { readonly server: Hostile; readonly on: Stage };
  beforeAll(async () => {
    const server = await startHostile();
    opened = { server, on: stage(server) };
  });
  afterAll(() => opened.server.close());
  return {
    get server() {
      return opened.server;
    },
    get on() {
      return opened.on;
    },
  };
}

/** Milliseconds between two looks at whether only waits are left. */
const PUMP = 10;

/** Where the plugin plays against a server: real sockets, and time that passes when nothing is on the wire. */
export function stage(server: { readonly ca: string; readonly params: RunOptions['params'] }): Stage {
  let onWire = 0;
  let running = 0;
  const store = memoryStore();
  const clock = heldClock(() => setImmediate(moveOn));
  const sockets = axiosTransport({ insecure: false, ca: server.ca, clock });

  /** The command's own deadline is waited for all the time; anything else, while no exchange is in flight, is a pause. */
  function moveOn(): void {
    if (onWire === 0 && clock.waiting() > 1) clock.skip();
  }

  const transport: Transport = async (request) => {
    onWire++;
    try {
      return await sockets(request);
    } finally {
      onWire--;
    }
  };

  return {
    clock,
    async run(command, args, { params, signal, log } = {}) {
      const plugin = openEngine({
        params: { ...server.params, ...params },
        store,
        clock,
        transport,
        allowEndpoints: endpointsIn(server.params),
        ...(log === undefined ? {} : { log }),
      });
      // What earlier commands left behind is not a wait of this one.
      if (running++ === 0) clock.forget();
      // A wait that starts while an exchange ends has no separate trigger.
      const pump = setInterval(moveOn, PUMP);
      try {
        return await plugin.execute(
          command === 'test-module' ? command : `msg-defender-threat-intel-${command}`,
          args,
          signal,
        );
      } finally {
        clearInterval(pump);
        running--;
      }
    },
  };
}

/** What a user reads of an outcome. */
export function seen({ entries }: Outcome): string {
  return entries.map((entry) => entry.HumanReadable ?? String(entry.Contents)).join('\n');
}
