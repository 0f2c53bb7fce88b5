import { describeError, MillraceError } from '@millrace/base';
import type { OauthBearerToken } from '@millrace/client';

export type ClientCredentials = {
  readonly endpoint: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string | undefined;
};

/** Asks the token endpoint of an authorization server, as OAuth 2's client credentials flow does (KIP-768). */
export async function fetchToken(credentials: ClientCredentials): Promise<OauthBearerToken> {
  const { endpoint, clientId, clientSecret, scope } = credentials;
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, accept: 'application/json' },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) }),
    });
    if (!response.ok) throw new Error(`it answered ${response.status}: ${await response.text()}`);
    const { access_token: value } = (await response.json()) as { readonly access_token?: string };
    if (value === undefined) throw new Error('its answer holds no access_token');
    return { value };
  } catch (error) {
    throw new MillraceError('SASL_AUTHENTICATION_FAILED', `no token from ${endpoint}: ${describeError(error)}`, {
      cause: error,
    });
  }
}
