interface Authority {
  readonly authority: string;
  readonly knownAuthorities: string[];
  readonly authorityMetadata: string;
}

/**
 * MSAL's settings for one tenant of one login origin, with the endpoints spelled out, so that nothing is requested before the
 * token itself (https://learn.microsoft.com/entra/identity-platform/v2-protocols).
 */
export function authorityMetadata(origin: string, tenant: string): Authority {
  const base = `${origin}/${encodeURIComponent(tenant)}`;
  return {
    authority: base,
    knownAuthorities: [new URL(origin).host],
    authorityMetadata: JSON.stringify({
      issuer: `${base}/v2.0`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    }),
  };
}
