/** A mail server, as SMTP_URL names it. */
export type SmtpSettings = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps://`). */
  readonly secure: boolean;
  /** Without `secure`: nothing is said before STARTTLS. */
  readonly requireTls: boolean;
  readonly user: string | null;
  readonly password: string | null;
};

/**
 * `smtps://user:password@host:465`, or `smtp://…:587`, which insists on STARTTLS unless it ends in
 * `?tls=never` (for a relay on the same machine). Null: anything else.
 */
export function parseSmtpUrl(text: string): SmtpSettings | null {
  const url = URL.parse(text);
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return null;
  if (!/^\/?$/.test(url.pathname) || url.hash !== '' || !/^(\?tls=never)?$/.test(url.search))
    return null;
  const secure = url.protocol === 'smtps:';
  const isPlain = url.search !== '';
  if (secure && isPlain) return null;
  const user = decoded(url.username);
  const password = decoded(url.password);
  if (user === null || password === null) return null;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTls: !secure && !isPlain,
    user: user === '' ? null : user,
    password: password === '' ? null : password,
  };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
