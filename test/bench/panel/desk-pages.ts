/** Listed on the panel's first page; each of them fills a window of the transcript. */
export const NEWEST = 20;

/**
 * Runs in the panel: puts 10,000 interactions that are done and 200,000 messages on the desk's
 * disk, in the shape that the desk itself gives them (`desk/disk/rows.ts`).
 */
export async function fillDesk(agent: string): Promise<void> {
  const [INTERACTIONS, MESSAGES, MESSAGES_LONG, LONG] = [10_000, 20, 100, 20];
  const start = Date.UTC(2026, 0, 1);
  const words =
    'is it still to be had in green, and can you put it by for me until Friday? '.repeat(2);
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await done(indexedDB.open('deskside'));

  for (let first = 0; first < INTERACTIONS; first += 100) {
    const transaction = database.transaction(['interactions', 'events'], 'readwrite');
    const [interactions, events] = ['interactions', 'events'].map((name) =>
      transaction.objectStore(name),
    );
    for (let index = first; index < first + 100; index++) {
      const interaction = `past-${index}`;
      const at = start + index * 60_000;
      const count = index >= INTERACTIONS - LONG ? MESSAGES_LONG : MESSAGES;
      interactions?.put({
        interaction,
        epoch: 1,
        seq: count,
        state: 'done',
        doneAt: at,
        head: {
          channel: 'chat',
          queue: 'panel',
          name: `Customer ${index}`,
          email: null,
          phone: null,
          subject: null,
          entryPage: null,
          startedAt: at,
          enqueuedAt: at,
          acceptedAt: at,
          waitingSince: null,
          wrapUp: null,
          endedBy: 'agent',
          customer: 'left',
          namedBy: 1,
        },
        unread: [],
        readTo: count,
        customerMarks: { delivered: count, read: count },
      });
      for (let seq = 1; seq <= count; seq++)
        events?.put({
          interaction,
          seq,
          at: at + seq * 1000,
          event: {
            type: 'message-posted',
            author: seq % 2 === 1 ? { kind: 'customer' } : { kind: 'agent', agent, name: 'Maya' },
          },
          content: { text: `${index}, ${seq}: ${words}`.slice(0, 120) },
          shown: seq,
        });
    }
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = () => reject(transaction.error);
    });
  }
  database.close();
}

/**
 * Runs in the panel: milliseconds from the next click to the first frame after messages stand in
 * the log.
 */
export function timeClick(): Promise<number> {
  return new Promise((resolve) => {
    let clicked = 0;
    addEventListener(
      'click',
      ({ timeStamp }) => {
        clicked = timeStamp;
      },
      { capture: true, once: true },
    );
    const observer = new MutationObserver(() => {
      if (clicked === 0 || document.querySelector('[role="log"] [data-from]') === null) return;
      observer.disconnect();
      // The frame that shows it has been made when the task after its callback runs.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - clicked)));
    });
    observer.observe(document, { childList: true, subtree: true });
  });
}
