import { afterEach, beforeEach, describe } from 'vitest';
import { appendTests } from './store-append.ts';
import { auditTests } from './store-audit.ts';
import { contentTests } from './store-content.ts';
import { fileTests } from './store-files.ts';
import { keyTests } from './store-keys.ts';
import { mailTests } from './store-mails.ts';
import { orderTests } from './store-order.ts';
import { ownerTests } from './store-owners.ts';
import { peopleTests } from './store-people.ts';
import { readTests } from './store-read.ts';
import type { MadeStore, MakeStore } from './store-world.ts';

/** Every promise of `server/store/contract.ts`, held against one maker. */
export function storeContract(name: string, make: MakeStore): void {
  describe(name, () => {
    let made: MadeStore;
    beforeEach(async () => {
      made = await make();
    });
    afterEach(() => made.end());
    const current = () => made;

    appendTests(current);
    orderTests(current);
    keyTests(current);
    readTests(current);
    contentTests(current);
    mailTests(current);
    ownerTests(current);
    auditTests(current);
    peopleTests(current);
    fileTests(current);
  });
}
