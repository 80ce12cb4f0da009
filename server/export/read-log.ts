import type { Store, StoredEvent } from '../store/contract.ts';

/** In one page, and so in one turn of the event loop. */
const PAGE = 500;

/** Every event after a position, up to the newest when it began. @throws StoreUnavailable */
export async function* readLog(
  store: Pick<Store, 'readAll' | 'newest'>,
  after: number,
): AsyncGenerator<StoredEvent> {
  const { position: end } = await store.newest();
  let position = after;
  while (position < end) {
    const page = await store.readAll(position, PAGE);
    if (page.length === 0) return;
    for (const event of page) {
      if (event.position > end) return;
      yield event;
    }
    position = page.at(-1)?.position ?? end;
  }
}
