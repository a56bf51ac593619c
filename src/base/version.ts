import { version } from '../../package.json';

export const VERSION: string = version;

/** Sent with every request, so that an administrator finds us in sign-in and proxy logs. */
export const USER_AGENT = `msg-defender-threat-intel/${VERSION}`;
