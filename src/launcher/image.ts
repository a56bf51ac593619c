import { runProcess } from '../doors/run/process';

/** `mdti` in the platform's image, one small file: only what the platform calls, since it is read for each command. */
async function main([verb]: readonly string[]): Promise<number> {
  if (verb === 'run') return runProcess();
  if (verb === 'serve') return (await import('../doors/serve/process')).serveProcess();
  if (verb === 'xsoar-loop') return (await import('../doors/xsoar-loop/process')).loopProcess();
  process.stderr.write('In this image mdti has the verbs run, serve and xsoar-loop.\n');
  return 2;
}

void main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
