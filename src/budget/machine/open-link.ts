import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../base/clock';
import type { LocalBudget } from '../local-budget';
import type { BudgetSockets } from './budget-sockets';
import { type BudgetMessage, type BudgetReply, messageReader, messageText, parseReply } from './messages';
import { serveBudget } from './serve-budget';

/** A connection to the process that serves the budget, which may be this one. */
export interface BudgetLink {
  send(wish: BudgetMessage): void;
  close(): void;
  /** The number that the budget is served under. */
  readonly number: number;
}

interface LinkOptions {
  readonly sockets: BudgetSockets;
  readonly clock: Clock;
  /** Opens the budget that this process serves where no other does; undefined for a process that only joins. */
  readonly open: (() => LocalBudget) | undefined;
  /** Numbers up to this one do not respond. */
  readonly above: number;
  onGrant(grant: BudgetReply): void;
  onEnd(): void;
}

/** Attempts to find or open a socket, and milliseconds between two attempts. */
const ATTEMPTS = 30;
const PAUSE = 10;

/**
 * Connects to the process that serves the budget, or serves it if no process does.
 * @returns undefined if no process serves and this one only joins
 * @throws Error if the socket cannot be used
 */
export async function openLink(options: LinkOptions): Promise<BudgetLink | undefined> {
  const { sockets, open, above } = options;
  if (open === undefined) sockets.check();
  else sockets.prepare();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const highest = sockets.highest();
    const isOurs = sockets.isOurs(highest);
    if (!isOurs && open === undefined)
      throw new Error(`${sockets.path(highest)} is not a socket of this user`);
    if (highest > above && isOurs) {
      const link = await connected(highest, options);
      if (link !== undefined) return link;
    }
    if (open === undefined) return undefined;
    // A process that has just taken the place is given a moment to listen.
    if (highest <= above || attempt % 2 === 0) {
      const link = await served(highest + 1, open(), options);
      if (link !== undefined) return link;
    }
    await pause(PAUSE * (0.5 + Math.random()));
  }
  throw new Error('no process serves the budget');
}

function connected(
  number: number,
  { sockets, clock, onGrant, onEnd }: LinkOptions,
): Promise<BudgetLink | undefined> {
  return new Promise((resolve) => {
    const socket = connect(sockets.path(number));
    const read = messageReader((value) => parseReply(value, clock.monotonic()));
    socket.on('error', () => resolve(undefined));
    socket.once('connect', () => {
      socket.unref();
      socket.on('data', (chunk: Buffer) => {
        try {
          for (const grant of read(chunk)) onGrant(grant);
        } catch {
          socket.destroy();
        }
      });
      socket.on('close', onEnd);
      resolve({
        number,
        send: (wish) => void socket.write(messageText(wish)),
        close: () => socket.destroy(),
      });
    });
  });
}

async function served(
  number: number,
  budget: LocalBudget,
  { sockets, clock, onGrant, onEnd }: LinkOptions,
): Promise<BudgetLink | undefined> {
  const server = await serveBudget({ sockets, number, budget, clock }, () => {
    own?.detach();
    onEnd();
  });
  const own = server?.hub.attach(onGrant);
  if (server === undefined || own === undefined) return undefined;
  return { number, send: (wish) => own.receive(wish), close: () => server.close() };
}
