import * as v from 'valibot';
import type { AgentId, QueueId } from '../../../protocol/ids.ts';
import { id } from '../expect.ts';

export const agentId = v.pipe(id, v.brand('AgentId')) as v.GenericSchema<unknown, AgentId>;
export const queueId = v.pipe(id, v.brand('QueueId')) as v.GenericSchema<unknown, QueueId>;
