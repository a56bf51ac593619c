import { credentialOf, identityKey } from '../../../auth/identity';
import { loginIn, pendingIn, tokenIn } from '../../../auth/login-state';
import { errorText, toPluginError } from '../../../base/errors';
import { counted } from '../../../base/sanitize';
import { configFile } from '../../../base/user-paths';
import { openServices } from '../../../engine/open-services';
import { withSignals } from '../../io/signals';
import { writeStdout } from '../../io/stdout';
import { DEFAULT_PROFILE } from '../config/file';
import { layersOf } from '../config/layers';
import { localServices, type ParamSource } from '../local-services';
import { inCommandLineWords } from '../own-words';
import { removeProfile } from './profile';

/** `mdti status`: who commands sign in as, and whether a sign-in is saved. Sends nothing; status 1 without a usable configuration. */
export async function status(source: ParamSource): Promise<number> {
  const from = layersOf(source, process.env)
    .filter(({ params }) => Object.keys(params).length > 0)
    .map((layer) => layer.from);
  try {
    const services = localServices(source);
    const { config, login } = openServices(services.params, services);
    const { identity } = login;
    const state = await services.store.read();
    const key = identityKey(identity, config);
    const token = tokenIn(state, key, Date.now(), credentialOf(identity));
    const rows: (readonly [name: string, value: string | undefined])[] = [
      ['Parameters', from.join(', ') || 'the sandbox'],
      ['Sign-in', identity.flow],
      ['Application', 'clientId' in identity ? identity.clientId : undefined],
      ['Tenant', 'tenant' in identity ? identity.tenant : undefined],
      ['Graph', config.graph],
      [
        'Token',
        token === undefined
          ? 'none saved'
          : `saved, valid for ${counted(minutesUntil(token.expiresAt), 'more minute')}`,
      ],
      [
        'Login',
        inCommandLineWords(
          loginText(identity.flow, loginIn(state, key) !== undefined, pendingIn(state, key) !== undefined),
          source,
        ),
      ],
    ];
    await writeStdout(rows.map(([name, value]) => (value ? `${name.padEnd(11)}  ${value}\n` : '')).join(''));
    return 0;
  } catch (error) {
    await writeStdout(
      from.length === 0
        ? 'Not configured.\nRun `mdti login`, or try a command with `--sandbox`.\n'
        : `${inCommandLineWords(errorText(toPluginError(error)), source)}\n`,
    );
    return 1;
  }
}

function minutesUntil(time: number): number {
  return Math.max(0, Math.round((time - Date.now()) / 60_000));
}

function loginText(flow: string, saved: boolean, pending: boolean): string {
  if (flow !== 'device-code') return '';
  if (pending) return 'waiting for the user to enter the code';
  return saved ? 'saved' : 'none. Run `mdti login`.';
}

/** `mdti logout`: forgets saved tokens; with `--remove` the profile and its secret as well. */
export function logout(
  call: ParamSource & { readonly options: { readonly remove: boolean } },
): Promise<number> {
  return withSignals(async (signal) => {
    const name = call.profile ?? (process.env.MDTI_PROFILE || DEFAULT_PROFILE);
    const services = localServices(call, true);
    if (Object.keys(services.params).length === 0) {
      await writeStdout('Not signed in: nothing is configured.\n');
      return 0;
    }
    await openServices(services.params, services).login.tokens.forget(signal);
    const file = configFile(process.env);
    const removed = call.options.remove && removeProfile(file, name);
    const rest = removed
      ? `The profile ${name} is removed from ${file}.`
      : `The parameters in ${file} are unchanged; \`mdti logout --remove\` removes the profile.`;
    await writeStdout(`Signed out: saved tokens are deleted. ${rest}\n`);
    return 0;
  });
}
