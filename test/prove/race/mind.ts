import type { Role } from '../../../protocol/members.ts';
import type { AgentStreamEvent } from '../../../protocol/stream-events.ts';

/** What an agent knows from what both windows have shown: every event once, in its order. */
export function createMind() {
  const seen = new Map<number, AgentStreamEvent>();
  const offers = new Map<string, string>();
  const work = new Map<string, Role>();
  const wrapping = new Set<string>();
  const own = new Set<string>();
  const requests = new Map<string, string>();
  let seq = 0;
  let before = 0;
  let status = 'not-ready';
  let canShow = true;

  function fold({ event }: AgentStreamEvent): void {
    switch (event.type) {
      case 'status-changed':
        if (event.channel === 'chat') status = event.to;
        return;
      case 'offer-made':
        offers.set(event.offer, event.interaction);
        return;
      case 'offer-ended':
        offers.delete(event.offer);
        if (event.outcome === 'not-shown') canShow = false;
        return;
      case 'can-show':
      case 'signed-in':
        canShow = true;
        return;
      case 'granted':
        work.set(event.interaction, event.role);
        return;
      case 'wrap-up-started':
        wrapping.add(event.interaction);
        return;
      case 'revoked':
        work.delete(event.interaction);
        wrapping.delete(event.interaction);
        return;
      case 'request-made':
        requests.set(event.request, event.interaction);
        return;
      case 'request-ended':
        requests.delete(event.request);
        return;
      case 'own-wrap-up-started':
        own.add(event.interaction);
        return;
      case 'own-wrap-up-ended':
        own.delete(event.interaction);
        return;
      default:
    }
  }

  return {
    seen,
    offers,
    work,
    wrapping,
    own,
    requests,
    status: () => status,
    canShow: () => canShow,
    isIdle: () => offers.size + work.size + own.size + requests.size === 0,
    /** Before the traffic there was nothing to know. */
    jump(to: number): void {
      before = Math.max(before, to);
      seq = Math.max(seq, to);
    },
    /** What is after this must have been told to one window or the other. */
    before: () => before,
    take(one: AgentStreamEvent): void {
      seen.set(one.seq, one);
      for (let next = seen.get(seq + 1); next !== undefined; next = seen.get(seq + 1)) {
        seq++;
        fold(next);
      }
    },
  };
}
