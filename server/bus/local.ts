import type { Bus, Ephemeral } from './contract.ts';

/**
 * The bus of a single process. Everything is heard in a microtask: the teller has finished what it
 * was doing, and what is told while others listen is heard after them. A subscriber that throws
 * doesn't keep the others from hearing; its error goes to `onError`.
 */
export function createLocalBus(onError: (error: unknown) => void = throwLater): Bus {
  const nudges = createChannel<number>(onError);
  const tellings = createChannel<Ephemeral>(onError);
  return {
    nudge: nudges.tell,
    onNudge: nudges.subscribe,
    tell: tellings.tell,
    onTell: tellings.subscribe,
    async close() {
      nudges.close();
      tellings.close();
    },
  };
}

function createChannel<Word>(onError: (error: unknown) => void) {
  const subscribers = new Map<object, (word: Word) => void>();
  let open = true;

  function deliver(word: Word): void {
    // Over a copy: who subscribes meanwhile hears the next word, who left hears this one no more.
    for (const [subscription, hear] of [...subscribers]) {
      if (!subscribers.has(subscription)) continue;
      try {
        hear(word);
      } catch (error) {
        onError(error);
      }
    }
  }

  return {
    tell(word: Word): void {
      if (open) queueMicrotask(() => deliver(word));
    },
    subscribe(hear: (word: Word) => void): () => void {
      const subscription = {};
      if (open) subscribers.set(subscription, hear);
      return () => void subscribers.delete(subscription);
    },
    close(): void {
      open = false;
      subscribers.clear();
    },
  };
}

/** A bug is never swallowed: it becomes the process's uncaught exception. */
function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
