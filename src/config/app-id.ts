import { scalarText } from '../base/json';

/** The two halves of `app_id`, which may read `id@refresh_token`: how a sign-in that was made elsewhere is handed over. */
interface AppId {
  readonly clientId: string;
  /** A secret; undefined if there is none. */
  readonly refreshToken: string | undefined;
}

export function splitAppId(value: unknown): AppId {
  const text = scalarText(value);
  const at = text.indexOf('@');
  if (at < 0) return { clientId: text.trim(), refreshToken: undefined };
  return { clientId: text.slice(0, at).trim(), refreshToken: text.slice(at + 1).trim() || undefined };
}
