import type { CDPSession, Page } from 'playwright-core';
import { found } from './eventually.ts';

/**
 * The chat's launcher in a page of the shop. It stands in a closed shadow root, so it is found as a
 * screen reader finds it, and clicked where it is.
 */
export async function pressLauncher(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const { backendNodeId } = await launcher(cdp);
  const { model } = await cdp.send('DOM.getBoxModel', { backendNodeId });
  await cdp.detach();
  const [left = 0, top = 0] = model.border;
  await page.mouse.click(left + model.width / 2, top + model.height / 2);
}

/** What a screen reader says of it: `Open chat`, `Hide chat`, `Open chat, new messages: 2`. */
export async function launcherName(page: Page): Promise<string> {
  const cdp = await page.context().newCDPSession(page);
  const { name } = await launcher(cdp);
  await cdp.detach();
  return name;
}

function launcher(cdp: CDPSession) {
  return found('the launcher', async () => {
    const { nodes } = await cdp.send('Accessibility.getFullAXTree');
    for (const { role, name, backendDOMNodeId: backendNodeId } of nodes) {
      const words = String(name?.value ?? '');
      if (role?.value === 'button' && backendNodeId && /^(Open|Hide) chat\b/.test(words))
        return { backendNodeId, name: words };
    }
    return null;
  });
}
