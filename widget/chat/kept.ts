/** Small preferences of this browser; where it keeps nothing for a frame in another's page they last as long as the page. */
export function kept(key: string): string | null {
  try {
    return localStorage.getItem(`deskside-chat:${key}`);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(`deskside-chat:${key}`, value);
  } catch {}
}
