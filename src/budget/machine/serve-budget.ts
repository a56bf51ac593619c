import { rmSync, statSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../../base/clock';
import type { LocalBudget } from '../local-budget';
import type { BudgetSockets } from './budget-sockets';
import { budgetHub, type Hub } from './hub';
import { messageReader, parseMessage, replyText } from './messages';

/** Milliseconds between two checks that no other process serves in place of this one: one look at the own socket. */
const CHECK = 500;

/** A budget that this process serves. */
interface ServedBudget {
  readonly hub: Hub;
  close(): void;
}

interface ServedPlace {
  readonly sockets: BudgetSockets;
  readonly number: number;
  readonly budget: LocalBudget;
  readonly clock: Clock;
}

/**
 * Serves a budget under a number. It stops when its socket is gone: a process that serves under a higher number, after this one was
 * suspended for instance, removes it.
 * @returns undefined if another process was quicker
 */
export async function serveBudget(
  { sockets: place, number, budget, clock }: ServedPlace,
  onEnd: () => void,
): Promise<ServedBudget | undefined> {
  const hub = budgetHub(budget);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    serveSocket(hub, clock, socket, () => sockets.delete(socket));
  });
  if (!(await listens(server, place.path(number)))) return undefined;
  const file = place.path(number);
  const identity = inodeOf(file);
  leftBehind.add(file);
  for (const lower of place.numbers()) if (lower < number) rmSync(place.path(lower), { force: true });
  const check = setInterval(() => {
    if (inodeOf(file) !== identity) close();
  }, CHECK);
  check.unref();
  server.unref();

  function close(): void {
    clearInterval(check);
    leftBehind.delete(file);
    server.close();
    for (const socket of sockets) socket.destroy();
    onEnd();
  }

  return { hub, close };
}

function serveSocket(hub: Hub, clock: Clock, socket: Socket, onEnd: () => void): void {
  socket.unref();
  socket.setNoDelay?.(true);
  const read = messageReader(parseMessage);
  const attached = hub.attach((grant) => socket.write(replyText(grant, clock.monotonic())));
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const wish of read(chunk)) attached.receive(wish);
    } catch {
      socket.destroy();
    }
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    attached.detach();
    onEnd();
  });
}

/** Binding is exclusive: of several processes one gets the number. */
function listens(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen({ path, exclusive: true }, () => resolve(true));
  });
}

function inodeOf(file: string): number | undefined {
  if (process.platform === 'win32') return undefined;
  return statSync(file, { throwIfNoEntry: false })?.ino;
}

/** Sockets that this process removes when it exits. */
const leftBehind = new Set<string>();
process.once('exit', () => {
  for (const file of leftBehind) rmSync(file, { force: true });
});
