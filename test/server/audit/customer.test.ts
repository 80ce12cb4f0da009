import { expect, test } from 'vitest';
import { auditedCustomer } from '../../../server/audit/customer.ts';

const key = new Uint8Array(32).fill(1);
const customer = 'a-customer' as never;

test('TRUST-4: a customer is audited under a hash that only this installation can make', () => {
  const name = auditedCustomer(key, customer);
  expect(name).toMatch(/^customer:[\w-]{43}$/);
  expect(auditedCustomer(key, customer)).toBe(name);
  expect(auditedCustomer(new Uint8Array(32).fill(2), customer)).not.toBe(name);
});
