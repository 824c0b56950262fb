// The regular expressions of a source file, and what each costs on the text that suits it least.

import { type Node, parseSync } from 'oxc-parser';
import { check } from 'recheck';

export interface Pattern {
  readonly file: string;
  readonly line: number;
  /** Undefined where the expression is put together as the program runs: it cannot be judged then. */
  readonly literal: { readonly source: string; readonly flags: string } | undefined;
}

/** Milliseconds; a hundredth is enough for nearly all. */
const timeout = 60_000;

/** @throws {Error} when the source is no TypeScript */
export function patternsIn(file: string, text: string): Pattern[] {
  const { program, errors } = parseSync(file, text);
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`);
  const found: Pattern[] = [];
  const lineOf = ({ start }: Node) => text.slice(0, start).split('\n').length;
  visit(program, (node) => {
    if (node.type === 'Literal' && 'regex' in node) {
      const { pattern, flags } = node.regex;
      found.push({ file, line: lineOf(node), literal: { source: pattern, flags } });
    } else if (node.type === 'NewExpression' || node.type === 'CallExpression') {
      if (node.callee.type === 'Identifier' && node.callee.name === 'RegExp')
        found.push({ file, line: lineOf(node), literal: undefined });
    }
  });
  return found;
}

/** What is wrong with an expression; undefined when it takes time linear in the text, whatever the text is. */
export async function problemOf({ literal }: Pattern): Promise<string | undefined> {
  if (literal === undefined) return 'is put together as the program runs, so that nothing can be said of it';
  const verdict = await check(literal.source, literal.flags, { timeout, attackTimeout: timeout });
  if (verdict.status === 'safe') return undefined;
  if (verdict.status === 'unknown') return `cannot be judged (${verdict.error.kind}): make it simpler`;
  return `takes time that is ${verdict.complexity.summary}, as on ${verdict.attack.pattern.slice(0, 100)}`;
}

function visit(value: unknown, on: (node: Node) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && typeof value.type === 'string') on(value as Node);
  for (const part of Object.values(value)) visit(part, on);
}
