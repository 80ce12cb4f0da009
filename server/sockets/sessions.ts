import { interactionOf } from '../../protocol/ids.ts';
import type { Bus } from '../bus/contract.ts';
import type { Follow } from '../feed/follow.ts';
import type { Handle } from '../handle.ts';
import type { Store } from '../store/contract.ts';
import { type AgentSessionDeps, createAgentSession } from './agent-session.ts';
import { createAskSystem } from './ask-system.ts';
import { type CustomerSessionDeps, createCustomerSession } from './customer-session.ts';
import { createCustomersHere } from './customers-here.ts';
import { createDesksHeard } from './desks-heard.ts';
import { createListeners } from './listeners.ts';
import { createMarks } from './marks.ts';
import type { OpenAtStart } from './open-at-start.ts';
import type { Out, Session } from './session.ts';
import { createSetUpNews } from './set-up-news.ts';

/** Everything behind the two doors but the sockets. */
export type Sessions = {
  readonly agent: (out: Out) => Session;
  readonly customer: (out: Out) => Session;
  /**
   * Who was here before has the full time to come back (STATE-8, CHAT-12). Resolves when every
   * agent counts as unreachable until their desk says hello: only then may anything be offered.
   */
  readonly expect: (before: OpenAtStart) => Promise<void>;
  /** For metrics and tests. */
  readonly size: () => {
    readonly desks: number;
    readonly customers: number;
    readonly marks: number;
    readonly listeners: number;
  };
  /** From now on nobody is told away or silent: sockets that close do so because we do. */
  readonly close: () => void;
};

type Made = 'marks' | 'listeners' | 'desks' | 'customers' | 'news';

export type SessionsDeps = Omit<AgentSessionDeps & CustomerSessionDeps, Made> & {
  readonly handle: Handle;
  readonly store: Pick<Store, 'read' | 'streamByKey' | 'raiseMarks' | 'marks'>;
  readonly bus: Pick<Bus, 'tell' | 'onTell'>;
  readonly follow: Pick<Follow, 'onEvents'>;
  /** Hears that the centre's set-up has changed. Returns a function that ends it. */
  readonly onSetUp: (hear: () => void) => () => void;
  /** Interactions whose marks are kept in memory; left out: enough for a large centre. */
  readonly marksKept?: number;
};

export function createSessions(deps: SessionsDeps): Sessions {
  const { handle, store, bus, follow, clock, limits, newCommandId, bug } = deps;
  const ask = createAskSystem({ handle: handle.handle, clock, newCommandId });
  const listeners = createListeners(bus);
  const marks = createMarks({
    store,
    bus,
    clock,
    onEvents: follow.onEvents,
    everyMs: limits.marksEveryMs,
    ...(deps.marksKept === undefined ? {} : { kept: deps.marksKept }),
    bug,
  });
  const desks = createDesksHeard({ clock, ask, silenceMs: limits.agentSilenceMs, bug });
  const customers = createCustomersHere({
    clock,
    interaction: handle.interaction,
    ask,
    socketsMax: limits.customerSockets,
    bug,
  });
  const stop = follow.onEvents((events) => {
    for (const { stream, body } of events) {
      const interaction = interactionOf(stream);
      /** A message that is left begins nothing that they are in (ROUTE-6). */
      if (body.type === 'started' && body.channel !== 'email' && interaction !== null)
        customers.started(body.customer, interaction);
    }
  });
  const news = createSetUpNews(deps.onSetUp, clock);
  const all = { ...deps, listeners, marks, desks, customers, news };
  return {
    agent: (out) => createAgentSession(all, out),
    customer: (out) => createCustomerSession(all, out),
    expect: ({ agents, interactions }) => {
      customers.expect(interactions, limits.customerSilenceMs);
      return desks.expect(agents);
    },
    size: () => ({
      desks: desks.size(),
      customers: customers.size(),
      marks: marks.size(),
      listeners: listeners.size(),
    }),
    close: () => {
      stop();
      news.close();
      desks.close();
      customers.close();
      marks.close();
      listeners.close();
    },
  };
}
