import { type Expression, parseSync, Visitor } from 'oxc-parser';

/** The names that a test file gives to its tests: `test('…')`, `it.skip('…')`, `test.each(table)('…')`. */
export function testNames(file: string, source: string): readonly string[] {
  const names: string[] = [];
  const visitor = new Visitor({
    CallExpression({ callee, arguments: [first] }) {
      if (!testers.has(rootOf(callee)) || first === undefined) return;
      if (first.type === 'Literal' && typeof first.value === 'string') names.push(first.value);
      if (first.type === 'TemplateLiteral') {
        names.push(first.quasis.map((part) => part.value.cooked ?? '').join('…'));
      }
    },
  });
  visitor.visit(parseSync(file, source).program);
  return names;
}

const testers = new Set(['test', 'it', 'describe']);

function rootOf(callee: Expression): string {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression') return rootOf(callee.object as Expression);
  if (callee.type === 'CallExpression') return rootOf(callee.callee);
  if (callee.type === 'TaggedTemplateExpression') return rootOf(callee.tag);
  return '';
}
