import type { ServerResponse } from 'node:http';
import type { WebEvent } from './shared/protocol';

/** Pages that listen at once. */
const MAX_LISTENERS = 16;

/** Bytes that wait for a page that does not read; above this it is disconnected, reconnects and loads everything again. */
const MAX_WAITING = 8 * 1024 * 1024;

/** Milliseconds between two comments that keep the connection open. */
const KEEP_ALIVE = 20_000;

/** Server-sent events to every page of the investigation. */
export interface EventStream {
  /** Adds a page; returns false if too many are open. */
  add(response: ServerResponse): boolean;
  send(event: WebEvent): void;
  close(): void;
}

export function eventStream(): EventStream {
  const listeners = new Set<ServerResponse>();
  const timer = setInterval(() => write(':\n\n'), KEEP_ALIVE);
  timer.unref();

  function write(text: string): void {
    for (const listener of listeners) {
      if (listener.writableLength > MAX_WAITING) listener.destroy();
      else listener.write(text);
    }
  }

  return {
    add(response) {
      if (listeners.size >= MAX_LISTENERS) return false;
      response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
      response.write('retry: 500\n\n');
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      return true;
    },
    send: (event) => write(`data: ${JSON.stringify(event)}\n\n`),
    close() {
      clearInterval(timer);
      for (const listener of listeners) listener.end();
    },
  };
}
