/** What went over the wire: commands sent, how often, and which were acknowledged. */
export function createLedger() {
  /** Text of a message by its command id; null for other commands. */
  const sent = new Map<string, string | null>();
  const acknowledged = new Set<string>();
  let again = 0;
  let later = 0;
  return {
    up(text: string): void {
      if (!text.startsWith('{"type":"command"')) return;
      const frame = JSON.parse(text) as { id: string; command: { type: string; text?: string } };
      if (sent.has(frame.id)) again++;
      sent.set(frame.id, frame.command.type === 'post' ? (frame.command.text ?? '') : null);
    },
    down(text: string): void {
      if (text.startsWith('{"type":"ack"'))
        acknowledged.add((JSON.parse(text) as { id: string }).id);
      else if (text.startsWith('{"type":"refused"') && text.includes('"refusal":"try-later"'))
        later++;
    },
    sent: () => sent.size,
    resent: () => again,
    /** How often the server couldn't store anything right now. */
    later: () => later,
    acknowledged: () => acknowledged.size,
    /** Texts of messages whose acknowledgement was heard. */
    acknowledgedTexts: (): string[] =>
      [...acknowledged].flatMap((id) => {
        const text = sent.get(id);
        return typeof text === 'string' ? [text] : [];
      }),
  };
}
export type Ledger = ReturnType<typeof createLedger>;
