import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { instance } from './instance';

/** What each sign-in command prints, by its full name, in the order of a sign-in with a device code. */
export type SignInFlow = Readonly<Record<string, string>>;

export const SIGN_IN_FILE = join(__dirname, '../../test_data/sign-in.yml');

export const SIGN_IN_NOTICE =
  '# What the sign-in commands print during a device code sign-in; docs/commands.md shows it. Written by npm run cases.\n';

const STEPS = ['start', 'complete', 'test', 'reset'];

/** The code and the page of Microsoft: the sandbox creates a random code and listens on a random port. */
const CODE = 'R7KQM2ZTD';
const PAGE = 'https://login.microsoft.com/device';

/** Signs in to the sandbox with a device code and returns the result of each command. */
export async function playSignIn(world: string): Promise<SignInFlow> {
  const sandbox = await startSandbox({ world });
  try {
    return Object.fromEntries(await play(sandbox));
  } finally {
    await sandbox.close();
  }
}

async function play(sandbox: Sandbox): Promise<[string, string][]> {
  const user = instance(sandbox, { client_credentials: false, credentials: null });
  const shown: [string, string][] = [];
  for (const step of STEPS) {
    const { entries } = await user.run(step);
    const text = String(entries[0]?.HumanReadable ?? entries[0]?.Contents);
    const code = /Enter the code \*\*([A-Z0-9]+)\*\*/.exec(text)?.[1];
    if (code !== undefined) sandbox.login.approve(code);
    shown.push([`msg-defender-threat-intel-auth-${step}`, neutral(text, sandbox.origin, code)]);
  }
  return shown;
}

function neutral(text: string, origin: string, code: string | undefined): string {
  const page = text.replaceAll(`${origin}/device`, PAGE);
  return code === undefined ? page : page.replaceAll(code, CODE);
}
