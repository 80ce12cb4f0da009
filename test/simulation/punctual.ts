import type { AgentId } from '../../protocol/ids.ts';
import { interactionOf } from '../../protocol/ids.ts';
import type { AgentState } from '../../server/agents/state.ts';
import type { InteractionState } from '../../server/interactions/state.ts';
import type { StoredEvent } from '../../server/store/contract.ts';
import { must } from './broken.ts';

/** As the settings have them, unless a file says otherwise. */
const CUSTOMER_LEFT_MS = 600_000;
const OWNER_LOST_MS = 120_000;
const UNREACHABLE_MS = 600_000;
/** A disk that fails a few times is asked again each second; a start asks for everybody first. */
const LATE_MS = 15_000;

/** No timer comes early, and none that was due while the server ran comes late. */
export function createPunctual(awake: (at: number) => number, agent: (id: AgentId) => AgentState) {
  const onTime = (what: string, due: number | null, at: number): void => {
    must(due !== null && at >= due, `TIME: ${what} at ${at}, it was due at ${due}`);
    if (due === null) return;
    const possible = Math.max(due, awake(at));
    must(at - possible <= LATE_MS, `TIME: ${what} at ${at}, ${at - possible} ms late`);
  };

  function ofInteraction({ body, stream, at, principal }: StoredEvent, state: InteractionState) {
    const { status, presence } = state;
    const bySystem = principal === 'system';
    switch (body.type) {
      case 'offer-ended':
        if (status.name !== 'offered') return;
        if (body.outcome === 'expired') onTime(`OFFER-4: RONA at ${stream}`, status.answerBy, at);
        if (body.outcome === 'not-shown')
          onTime(`OFFER-4: not shown at ${stream}`, status.showBy, at);
        return;
      case 'bot-ended':
        if (body.outcome === 'time-out' && status.name === 'with-bot')
          must(bySystem, `CHAT-11: ${principal} ends the bot of ${stream}`);
        return;
      case 'unparked':
        if ('by' in body && body.by === 'system' && status.name === 'parked')
          onTime(`END-7: ${stream} parked for long enough`, status.until, at);
        return;
      case 'marked-done':
        if (body.by === 'system' && bySystem && status.name === 'wrapping' && status.until !== null)
          must(at >= status.until, `END-3: ${stream} is done by the system before its time`);
        return;
      case 'request-ended':
        if (!('outcome' in body) || body.outcome !== 'expired') return;
        onTime(
          `HAND-2: ${body.request} expires`,
          state.requests.find((one) => one.request === body.request)?.until ?? null,
          at,
        );
        return;
      case 'ended':
      case 'abandoned':
        if (body.by !== 'customer-left') return;
        must(presence.name === 'away', `CHAT-12: ${stream} is left by a customer who is here`);
        if (presence.name === 'away')
          onTime(
            `CHAT-12: ${stream} left`,
            Math.max(presence.leftAt, awake(at) + CUSTOMER_LEFT_MS),
            at,
          );
        return;
      case 'owner-lost':
        onTime(`STATE-8: ${body.agent} lost`, fromSilence(body.agent, OWNER_LOST_MS, at), at);
        return;
      default:
    }
  }

  /** Liveness starts anew with the server. */
  const fromSilence = (id: AgentId, ms: number, at: number): number =>
    Math.max(agent(id).reach.at, awake(at)) + ms;

  function ofAgent({ body, stream, at }: StoredEvent, state: AgentState): void {
    if (body.type === 'status-changed' && body.reason === 'unreachable')
      onTime(`STATE-8: ${stream} gone`, fromSilence(state.agent, UNREACHABLE_MS, at), at);
    if (body.type !== 'commitment-due') return;
    const promise = state.commitments[body.commitment];
    must(
      promise !== undefined && !promise.isDue && at >= promise.due,
      `END-8: ${stream} is reminded early, or twice`,
    );
  }

  return (event: StoredEvent, state: InteractionState | AgentState | null): void => {
    if (state === null) return;
    if (interactionOf(event.stream) === null) ofAgent(event, state as AgentState);
    else ofInteraction(event, state as InteractionState);
  };
}
