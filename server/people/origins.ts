/**
 * May a page of this origin use the agents' doors? Our extension by its ids; any Firefox
 * extension, whose origin is random for each install. Their defence is the token: no cookie is
 * ever set, so an origin alone can do nothing.
 */
export function isExtension(origin: string, extensionIds: readonly string[]): boolean {
  if (/^moz-extension:\/\/[0-9a-f-]{36}$/.test(origin)) return true;
  return extensionIds.some((id) => origin === `chrome-extension://${id}`);
}

/** The id that follows from `key` in the extension's manifest (wxt.config.ts). */
export const extensionId = 'hpmgeoonhgicbdnalldhjmphekgidfpf';
