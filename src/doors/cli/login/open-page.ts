import { spawn } from 'node:child_process';

/** Only on a machine with a screen, and only an https page: the address comes from the login service. */
export function openPage(page: string): void {
  if (!process.stderr.isTTY || !page.startsWith('https://')) return;
  const screen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!screen) return;
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', page]
      : process.platform === 'win32'
        ? ['explorer.exe', page]
        : ['xdg-open', page];
  const child = spawn(command as string, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
