import { ClipboardList, Mail, MessageCircle, MessagesSquare, Phone } from 'lucide-preact';
import type { Channel } from '../../protocol/parts.ts';

/** A channel at a glance; its name stands beside it. */
export function ChannelIcon({ channel }: { readonly channel: Channel }) {
  const Icon = icons[channel];
  return <Icon size={13} strokeWidth={2} aria-hidden="true" />;
}

const icons = {
  chat: MessageCircle,
  voice: Phone,
  email: Mail,
  messaging: MessagesSquare,
  'work-item': ClipboardList,
} satisfies Record<Channel, unknown>;
