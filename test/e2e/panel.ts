import type { Page } from 'playwright-core';
import { until } from './until.ts';

/** What an agent sees and does in the side panel, in English. */
export type Panel = ReturnType<typeof panelOn>;

export type SeenMessage = {
  readonly from: string;
  readonly text: string;
  /** Of the agent's own: Sending, Sent, Delivered, Read or Not sent. */
  readonly state: string | null;
};

export function panelOn(page: Page) {
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const log = page.getByRole('log', { name: 'Conversation' });
  const offer = page.getByRole('alertdialog');
  const composer = page.getByRole('textbox', { name: 'Reply' });

  const messages = (): Promise<readonly SeenMessage[]> =>
    log.locator('[data-from]').evaluateAll((bubbles) =>
      bubbles.map((bubble) => ({
        from: bubble.getAttribute('data-from') ?? '',
        text: bubble.textContent ?? '',
        state: bubble.querySelector('[role="img"]')?.getAttribute('aria-label') ?? null,
      })),
    );

  return {
    page,
    button,
    log,
    offer,
    composer,
    messages,
    texts: async () => (await messages()).map(({ text }) => text),
    /** Of the newest message of our side. */
    state: async () => (await messages()).findLast(({ state }) => state !== null)?.state ?? null,

    async signIn(server: string, email: string, password: string): Promise<void> {
      await page.getByLabel('Server address').fill(server);
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password').fill(password);
      await button('Sign in').click();
      await button(/^Your status: /).waitFor();
    },
    async goReady(): Promise<void> {
      await button('Go ready').click();
      await button('Your status: Ready').waitFor();
    },
    /** In the words of the status switch. */
    status: async () => (await button(/^Your status: /).getAttribute('aria-label'))?.slice(13),
    async setStatus(choice: string): Promise<void> {
      await button(/^Your status: /).click();
      await page.getByRole('menuitemradio', { name: choice }).click();
    },

    async accept(): Promise<void> {
      await offer.getByRole('button', { name: 'Accept' }).click();
      await composer.waitFor();
    },
    async write(text: string): Promise<void> {
      await composer.fill(text);
      await composer.press('Enter');
      await until('an empty composer', async () => (await composer.inputValue()) === '');
    },
    /** The drafts on the disk, which a browser that is killed leaves behind. */
    drafts: () => page.evaluate(draftsOnDisk),
    /** END-1, with both clicks. */
    async end(): Promise<void> {
      await button('End').click();
      await button('End now?').click();
      await button(/^Mark done/).waitFor();
    },
    async markDone(disposition: string, note = ''): Promise<void> {
      await button(disposition).click();
      if (note !== '') await page.getByLabel('Note').fill(note);
      await button(/^Mark done/).click();
      await page.getByRole('form', { name: 'Wrap-up' }).waitFor({ state: 'detached' });
    },
  };
}

/** Runs in the panel. */
async function draftsOnDisk(): Promise<readonly string[]> {
  const answer = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await answer(indexedDB.open('deskside'));
  const rows = await answer(database.transaction('drafts').objectStore('drafts').getAll());
  database.close();
  return rows.map(({ text }) => text);
}
