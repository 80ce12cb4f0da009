import type { Action, Policy } from '../../guard/policy.ts';
import type { CentreFile } from './schema.ts';

type SensitiveData = CentreFile['sensitiveData'];
type Site = { readonly queues: readonly string[]; readonly sensitiveData: SensitiveData };

/**
 * GUARD-1: a site's policy holds in its queues; in a queue of several the strictest of each kind.
 * What belongs to no queue, and a queue that no site has, follows the centre's own.
 */
export function guardPolicies(
  own: SensitiveData,
  sites: readonly Site[],
): (queue: string | null) => Policy {
  const byQueue = new Map<string, SensitiveData>();
  for (const { queues, sensitiveData } of sites)
    for (const queue of queues) {
      const before = byQueue.get(queue);
      byQueue.set(queue, before === undefined ? sensitiveData : strictest(before, sensitiveData));
    }
  const usual = guardPolicy(own);
  const policies = new Map([...byQueue].map(([queue, data]) => [queue, guardPolicy(data)]));
  return (queue) => (queue === null ? usual : (policies.get(queue) ?? usual));
}

const strictness: Readonly<Record<Action, number>> = { allow: 0, redact: 1, drop: 2 };
const stricter = (one: Action, other: Action): Action =>
  strictness[one] >= strictness[other] ? one : other;

const strictest = (one: SensitiveData, other: SensitiveData): SensitiveData => ({
  'payment-card': stricter(one['payment-card'], other['payment-card']),
  iban: stricter(one.iban, other.iban),
  'national-id': stricter(one['national-id'], other['national-id']),
  email: stricter(one.email, other.email),
  phone: stricter(one.phone, other.phone),
});

/** The file's words for what the guard tells apart. */
const guardPolicy = (data: SensitiveData): Policy => ({
  entities: {
    CREDIT_CARD: data['payment-card'],
    CVV: data['payment-card'],
    IBAN: data.iban,
    US_SSN: data['national-id'],
    BR_CPF: data['national-id'],
    BR_CNPJ: data['national-id'],
    EMAIL: data.email,
    PHONE: data.phone,
  },
  patterns: [],
});
