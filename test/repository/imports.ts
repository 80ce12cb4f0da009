import { posix } from 'node:path';
import { type Expression, parseSync, Visitor } from 'oxc-parser';

export type Import = {
  /** As written. */
  readonly specifier: string;
  /** `./` and `../` become paths from the repository's root, without a query; else null. */
  readonly path: string | null;
  /** Gone when the program runs: `import type`, `import { type … }`, `typeof import(…)`. */
  readonly typesOnly: boolean;
};

/** Every way in which a file names another: imports, re-exports, `import()`, worker URLs, types. */
export function importsOf(file: string, source: string): readonly Import[] {
  const { module, program, errors } = parseSync(file, source);
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`);
  const found: Import[] = [];
  const add = (specifier: string, typesOnly: boolean) => {
    const bare = specifier.replace(/\?.*$/, '');
    const path = /^\.\.?(\/|$)/.test(bare) ? posix.join(posix.dirname(file), bare) : null;
    found.push({ specifier, path, typesOnly });
  };
  for (const { moduleRequest, entries } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType));
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest !== null) add(moduleRequest.value, isType);
    }
  }
  const visitor = new Visitor({
    ImportExpression: ({ source: specifier }) => add(text(specifier), false),
    TSImportType: ({ source: specifier }) => add(specifier.value, true),
    // A worker is started by `new URL('./worker.ts', import.meta.url)`.
    NewExpression({ callee, arguments: [first] }) {
      if (callee.type !== 'Identifier' || callee.name !== 'URL' || first === undefined) return;
      const url = first.type === 'SpreadElement' ? '' : text(first);
      if (/^\.\.?\/.*\.tsx?$/.test(url)) add(url, false);
    },
  });
  visitor.visit(program);
  return found;
}

/** A string as written; of a template only what stands before its first blank. */
function text(expression: Expression): string {
  if (expression.type === 'Literal') return String(expression.value);
  return expression.type === 'TemplateLiteral' ? (expression.quasis[0]?.value.cooked ?? '') : '';
}

/** The source with blanks where comments were, so that positions stay as they are. */
export function withoutComments(file: string, source: string): string {
  let code = source;
  for (const { start, end } of parseSync(file, source).comments) {
    code = code.slice(0, start) + code.slice(start, end).replace(/\S/g, ' ') + code.slice(end);
  }
  return code;
}
