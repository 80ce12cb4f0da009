import { expect, test } from 'vitest';
import { createLog } from '../../../server/log.ts';

const logged = (facts: object) => {
  const lines: string[] = [];
  createLog('info', { write: (line) => void lines.push(line) }).info(facts, 'said');
  return JSON.parse(lines[0]!);
};

test('a line has a level, a time, the facts and what happened', () => {
  expect(logged({ agent: 'ana' })).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-/),
    agent: 'ana',
    msg: 'said',
  });
});

test('a secret or a text that is handed over by mistake is not written', () => {
  const facts = {
    token: 'x1',
    password: 'x2',
    frame: { text: 'x3', content: 'x4', command: { text: 'x5' } },
    headers: { refreshToken: 'x6', accessToken: 'x7', secret: 'x8' },
  };
  expect(JSON.stringify(logged(facts))).not.toMatch(/x\d/);
});

test('an error is its name and place; a parser’s message, which quotes its input, is left out', () => {
  const parse = (() => {
    try {
      return JSON.parse('my PIN is 4711');
    } catch (error) {
      return error;
    }
  })();
  const line = logged({ error: new Error('No room.', { cause: parse }) });
  expect(line.error).toMatchObject({
    name: 'Error',
    message: 'No room.',
    cause: { name: 'SyntaxError' },
  });
  expect(line.error.at[0]).toContain('log.test.ts');
  expect(JSON.stringify(line)).not.toContain('PIN');
  expect(logged({ error: 'my PIN is 4711' }).error).toEqual({ name: 'string' });
});
