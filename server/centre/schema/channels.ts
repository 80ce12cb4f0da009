import { Channel } from '../../../protocol/parts.ts';
import { list, oneOf } from '../expect.ts';

export const channel = oneOf(Channel.options);
export const channels = list(channel, Channel.options.length);
