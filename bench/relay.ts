import { connect, createServer } from 'node:net';

/** Relays a port of one address to the same port of another one. Used as a program: `relay FROM TO PORT…`. */
export function relay(from: string, to: string, port: number): { close(): void } {
  const server = createServer((socket) => {
    const upstream = connect(port, to);
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    socket.pipe(upstream).pipe(socket);
  }).listen(port, from);
  return server;
}

if (require.main === module) {
  const [from = '', to = '', ...ports] = process.argv.slice(2);
  for (const port of ports) relay(from, to, Number(port));
  process.stdout.write('ready\n');
}
