import { createHmac } from 'node:crypto';
import type { CustomerId } from '../../protocol/ids.ts';

/**
 * How a customer is called in the audit: by a hash with this installation's key, 256 bits as
 * base64url. It finds what was done to a customer who is known, and says nothing of one who was
 * erased.
 */
export const auditedCustomer = (key: Uint8Array, customer: CustomerId): string =>
  `customer:${createHmac('sha256', key).update(customer).digest('base64url')}`;
