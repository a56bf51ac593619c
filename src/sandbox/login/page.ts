import type { SandboxResponse } from '../http-message';
import type { DeviceCodes } from './device';

/**
 * The page behind a device code, for a person: `/device?code=…&approve` and `/device?code=…&decline` decide, anything else
 * shows the form that leads there.
 */
export function devicePage(devices: DeviceCodes, query: string): SandboxResponse {
  const fields = new URLSearchParams(query);
  const code = (fields.get('code') ?? '').trim().toUpperCase();
  const decision = fields.has('approve') ? 'approved' : fields.has('decline') ? 'declined' : undefined;
  if (!decision) return page(200, form(escaped(code)));
  if (!devices.decide(code, decision)) return page(404, '<p>No sign-in waits for this code.</p>');
  return page(200, `<p>The sign-in was ${decision}. You can close this page.</p>`);
}

function form(code: string): string {
  return `<form><p><label>Code <input name="code" value="${code}"></label></p>
<p><button name="approve">Approve</button> <button name="decline">Decline</button></p></form>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(status: number, content: string): SandboxResponse {
  const body = `<!doctype html><html lang="en"><title>Sandbox sign-in</title><h1>Sandbox sign-in</h1>${content}</html>\n`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}
