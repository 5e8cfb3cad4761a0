/** The cookie that keeps a browser logged in. */
export const SESSION_COOKIE = "kiwi-workbench-session";

/** The session cookie's value in a request; undefined where there is none. */
export function sessionValue(headers: Headers): string | undefined {
  for (const pair of (headers.get("cookie") ?? "").split(";")) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === SESSION_COOKIE && value && /^[\w-]{16,128}$/.test(value)) return value;
  }
  return undefined;
}

/**
 * A `Set-Cookie` header. The cookie is not marked Secure: on the loopback address the application speaks plain HTTP.
 */
export function setSessionCookie(value: string, expiresAt: Date): string {
  return `${SESSION_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict; Expires=${expiresAt.toUTCString()}`;
}

export function clearSessionCookie(): string {
  return setSessionCookie("", new Date(0));
}
