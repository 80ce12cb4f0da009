import { computed } from '@preact/signals';
import type { Overview } from '../disk/contract.ts';
import { conversationModel } from './conversation.ts';
import { type DeskContext, deskOf } from './desk-context.ts';
import { interactionsModel } from './interactions.ts';
import { offersModel } from './offers.ts';
import type { Connection, PanelModel } from './panel-model.ts';
import { failedMessages, refusedCommands } from './refused.ts';
import { sessionModel } from './session.ts';
import { statusModel } from './status.ts';
import { steady } from './steady.ts';
import { ticking } from './ticking.ts';
import { waitingOf } from './waiting.ts';

/** The model of one window: what is on the disk as signals, what the agent does as rows on the disk. */
export function createPanelModel(context: DeskContext): PanelModel {
  const { disk, live, clock } = context;
  const overview = live(disk.overview);
  const seen = overview.value;
  const time = ticking(
    clock,
    steady(() => seen.value?.time ?? null),
  );
  const desk = deskOf(context, seen, time.exactly);
  const interactions = interactionsModel(desk, (id) => conversationModel(desk, id));

  return {
    now: time.now,
    loaded: computed(() => seen.value !== null && interactions.loaded.value),
    session: sessionModel(desk),
    connection: steady(() => connectionOf(seen.value)),
    status: statusModel(desk),
    offers: offersModel(desk),
    interactions,
    refused: steady(() => refusedCommands(seen.value)),
    failed: steady(() => failedMessages(seen.value)),
    retry: desk.retry,
    discard: desk.discard,
    async speak(language) {
      await disk.speak(language);
      context.nudge({ type: 'disk' });
    },
    close() {
      overview.close();
      interactions.close();
      time.close();
    },
  };
}

function connectionOf(seen: Overview | null): Connection {
  const waiting = waitingOf(seen?.outbox ?? []);
  if (seen?.account?.signedIn !== true) return { state: 'signed-out', waiting, downSince: null };
  const { state, downSince } = seen.connection ?? { state: 'connecting', downSince: null };
  // Signed in a moment ago; the background is about to notice.
  return { state: state === 'signed-out' ? 'connecting' : state, waiting, downSince };
}
