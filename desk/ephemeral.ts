import type { InteractionId } from '../protocol/ids.ts';

/** Somebody on the other side is writing. Live only: never stored, may be lost. */
export type TypingHeard = {
  readonly interaction: InteractionId;
  readonly by: 'customer' | 'agent';
  readonly name: string | null;
};

export type Ephemeral = {
  readonly tell: (typing: TypingHeard) => void;
  /** Returns the function that stops listening. */
  readonly listen: (heard: (typing: TypingHeard) => void) => () => void;
  readonly close: () => void;
};

/** One channel between all contexts of the extension in this browser. */
export function ephemeralChannel(name = 'deskside'): Ephemeral {
  const channel = new BroadcastChannel(name);
  return {
    tell: (typing) => channel.postMessage(typing),
    listen: (heard) => {
      const onMessage = ({ data }: MessageEvent<TypingHeard>) => heard(data);
      channel.addEventListener('message', onMessage);
      return () => channel.removeEventListener('message', onMessage);
    },
    close: () => channel.close(),
  };
}
