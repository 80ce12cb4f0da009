import { limits } from '../../protocol/limits.ts';
import type { Bot, BotReply } from './contract.ts';
import type { QuestionsBot } from './setup.ts';

/** The embedded bot: asks one question after the other, and what is answered fills the attached data. */
export function questionsBot({ questions }: QuestionsBot): Bot {
  const next = (data: BotReply['data']) => questions.find((one) => !Object.hasOwn(data, one.data));

  return {
    answer: async ({ message, language, data }) => {
      const asked = message === null ? undefined : next(data);
      const answer = asked === undefined || message === null ? null : fitting(asked, message);
      const filled = asked === undefined || answer === null ? {} : { [asked.data]: answer };
      const question = next({ ...data, ...filled });
      if (question === undefined)
        return { says: [], data: filled, handOver: { note: '', queue: null } };
      const choices = question.choices ?? [];
      const text = inLanguage(question.ask, language);
      return {
        says: [{ text, buttons: choices.map((title) => ({ title, payload: title })) }],
        data: filled,
        handOver: null,
      };
    },
  };
}

/** One of the choices, where there are any; null: it is asked again. */
function fitting(
  { choices = [] }: QuestionsBot['questions'][number],
  message: string,
): string | null {
  const said = message.trim().slice(0, limits.dataCharacters);
  if (choices.length === 0) return said === '' ? null : said;
  return choices.find((choice) => choice.toLowerCase() === said.toLowerCase()) ?? null;
}

/** `pt-BR` is answered by `pt-BR`, else `pt`, else the first there is. */
function inLanguage(texts: Readonly<Record<string, string>>, language: string): string {
  const [base = language] = language.split('-');
  return texts[language] ?? texts[base] ?? Object.values(texts)[0] ?? '';
}
