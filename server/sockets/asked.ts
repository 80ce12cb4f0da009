import type { AgentId, CommandId } from '../../protocol/ids.ts';
import { agentStream, interactionStream } from '../../protocol/ids.ts';
import type { Answer, Question } from '../../protocol/questions.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import { type Action, can } from '../access.ts';
import type { Reloaded } from '../centre/reload.ts';
import { preview } from '../feed/preview.ts';
import { isWeather } from '../feed/weather.ts';
import type { Handle } from '../handle.ts';
import type { Actor } from '../interactions/command.ts';
import type { InteractionState } from '../interactions/state.ts';
import type { Questions } from '../router/questions.ts';
import type { Store } from '../store/contract.ts';
import type { SessionDeps, Shell } from './session.ts';
import { newTokenBucket, takeToken, tokenWaitMs } from './token-bucket.ts';

export type AskedDeps = SessionDeps & {
  readonly handle: Pick<Handle, 'interaction'>;
  readonly store: Pick<Store, 'read' | 'audit'>;
  readonly questions: () => Pick<Questions, 'rows' | 'explain' | 'holding'>;
  readonly reloadCentre: () => Promise<Reloaded>;
};

type Agent = Extract<Actor, { readonly kind: 'agent' }>;

const RETRY_MS = 200;

/** Answers what a desk asks; nothing of it is stored. `self`: who asks, as the set-up has them now. */
export function createAsked(
  deps: AskedDeps,
  shell: Shell,
  self: () => Agent,
): (id: CommandId, question: Question) => void {
  const { clock, limits, handle, store } = deps;
  const bucket = newTokenBucket(limits.questionsPerSecond, limits.questionsBurst, clock.now());

  const tell = (id: CommandId, answer: Answer | RefusalName): void => {
    if (typeof answer === 'string') shell.refuse(answer, id);
    else shell.send(JSON.stringify({ type: 'answer', id, answer }));
  };

  /** Of what waits: it can be said at once. */
  const answer = (id: CommandId, say: () => Answer | RefusalName): void =>
    tell(id, can(self(), 'see-waiting', null) ?? say());

  /** What must be looked up; while the store is away it is asked again later. */
  function lookUp(id: CommandId, look: () => Promise<Answer | RefusalName>): void {
    shell.later(async () => {
      try {
        tell(id, await look());
      } catch (error) {
        if (!isWeather(error)) throw error;
        shell.refuse('try-later', id, RETRY_MS);
      }
    });
  }

  async function previewed(question: Of<'preview'>): Promise<Answer | RefusalName> {
    const { interaction, request, after } = question;
    const before = open(self().id, request, await handle.interaction(interaction));
    if (typeof before === 'string') return before;
    await note('preview', interactionStream(interaction));
    const seen = await preview(store, interaction, self().id, before.kind, after);
    /** Over while it was read: nothing of it is shown. */
    const now = open(self().id, request, await handle.interaction(interaction));
    return typeof now === 'string' ? now : { ...question, ...seen };
  }

  /** The open request to this agent. */
  function open(agent: AgentId, id: Of<'preview'>['request'], state: InteractionState | null) {
    const no = can(self(), 'preview', state);
    if (no !== null || state === null) return no ?? 'request-over';
    return state.requests.find((one) => one.request === id && one.to === agent) ?? 'request-over';
  }

  /** TRUST-4: kept before anything is answered. */
  const note = (action: Action, object: string | null): Promise<void> =>
    store.audit.add([{ actor: self().id, action, object }], clock.now());

  async function held({ agent, from }: Of<'holding'>): Promise<Answer | RefusalName> {
    const no = can(self(), 'holding', null);
    if (no !== null) return no;
    // First: an id of nobody may be any word.
    const holds = deps.questions().holding(agent, from);
    if (holds === null) return 'unknown-agent';
    await note('holding', agentStream(agent));
    return holds;
  }

  async function words(seq: number): Promise<Answer | RefusalName> {
    const no = can(self(), 'own-words', null);
    if (no !== null) return no;
    const [event] = await store.read(agentStream(self().id), seq - 1, 1, 1);
    return event?.seq === seq
      ? { type: 'words', seq, content: event.content ?? null }
      : 'out-of-date';
  }

  return (id, question) => {
    if (!takeToken(bucket, clock.now())) {
      shell.refuse('too-many', id, Math.max(tokenWaitMs(bucket), RETRY_MS));
      return;
    }
    switch (question.type) {
      case 'waiting':
        answer(id, () => deps.questions().rows(question.queue));
        return;
      case 'explain':
        answer(id, () => deps.questions().explain(question.interaction) ?? 'not-waiting');
        return;
      case 'holding':
        lookUp(id, () => held(question));
        return;
      case 'preview':
        lookUp(id, () => previewed(question));
        return;
      case 'words':
        lookUp(id, () => words(question.seq));
        return;
      case 'reload-centre':
        reloads(id);
        return;
      default:
        question satisfies never;
    }
  };

  function reloads(id: CommandId): void {
    const no = can(self(), 'reload-centre', null);
    if (no !== null) {
      shell.refuse(no, id);
      return;
    }
    lookUp(id, async () => {
      await note('reload-centre', null);
      const done = await deps.reloadCentre();
      const why = done.type === 'refused' ? done.why.slice(0, WHY_CHARACTERS) : null;
      return { type: 'reload-centre', outcome: done.type, why };
    });
  }
}

type Of<Type extends Question['type']> = Extract<Question, { readonly type: Type }>;

/** It quotes the file, which may say anything. */
const WHY_CHARACTERS = 2_000;
