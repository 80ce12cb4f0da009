import { expect, test } from 'vitest';
import { guardPolicies } from '../../../server/centre/guard-policies.ts';

const own = {
  'payment-card': 'redact',
  iban: 'redact',
  'national-id': 'redact',
  email: 'allow',
  phone: 'allow',
} as const;
const sites = [
  { queues: ['orders', 'both'], sensitiveData: { ...own, email: 'drop', iban: 'allow' } },
  { queues: ['both'], sensitiveData: { ...own, 'payment-card': 'drop', email: 'redact' } },
] as const;

test.each([
  ['orders', { CREDIT_CARD: 'redact', CVV: 'redact', IBAN: 'allow', EMAIL: 'drop' }],
  ['both', { CREDIT_CARD: 'drop', CVV: 'drop', IBAN: 'redact', EMAIL: 'drop' }],
  ['of no site', { CREDIT_CARD: 'redact', CVV: 'redact', IBAN: 'redact', EMAIL: 'allow' }],
  [null, { CREDIT_CARD: 'redact', CVV: 'redact', IBAN: 'redact', EMAIL: 'allow' }],
] as const)(
  'GUARD-1: the policy of queue %s is its sites’, the strictest of several',
  (queue, expected) => {
    expect(guardPolicies(own, sites)(queue).entities).toMatchObject(expected);
  },
);
