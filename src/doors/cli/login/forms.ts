import { splitAppId } from '../../../config/app-id';

/** The format of a requested value. */
export interface Form {
  readonly what: string;
  readonly hint: string;
  matches(text: string): boolean;
}

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A GUID, at the prompt also with a refresh token after an at sign. */
export const APPLICATION_ID: Form = {
  what: 'an application (client) ID',
  hint: 'Copy it from the overview of the app registration; it looks like 00001111-aaaa-2222-bbbb-3333cccc4444.',
  matches: (text) => GUID.test(splitAppId(text).clientId),
};

/** A GUID, a domain, or a word such as `organizations`. */
export const TENANT: Form = {
  what: 'a tenant',
  hint: 'Give the directory (tenant) ID, which looks like 00001111-aaaa-2222-bbbb-3333cccc4444, or a domain such as contoso.com.',
  matches: (text) =>
    GUID.test(text) ||
    /^(?:common|organizations|consumers)$/i.test(text) ||
    (text.length <= 253 && /^[a-z\d-]+(?:\.[a-z\d-]+)+$/i.test(text)),
};

/** SHA-1 or SHA-256 in hex digits. */
export const THUMBPRINT: Form = {
  what: 'a thumbprint',
  hint: 'Copy it from the certificates of the app registration: 40 or 64 hex digits.',
  matches: (text) => [40, 64].includes(text.replace(/[\s:]/g, '').length) && /^[\da-f\s:]+$/i.test(text),
};
