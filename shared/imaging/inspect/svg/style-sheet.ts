// A style sheet cut into its rules, without those that load something. It is cut as CSS is tokenized
// (https://www.w3.org/TR/css-syntax-3/), so that no brace in a comment, a text or a URL hides a rule.

export interface StyleRule {
  /** Of any rule that cannot be told apart: `*`. */
  readonly selector: string;
  readonly declarations: string;
}

export interface StyleSheet {
  readonly rules: readonly StyleRule[];
  /** Without `@import` and `@font-face`. */
  readonly text: string;
  /** True where something was left out. */
  readonly hasLoading: boolean;
}

interface Block {
  readonly selector: string;
  readonly from: number;
  /** Blocks open within it. */
  depth: number;
}

export function styleSheet(css: string): StyleSheet {
  const skeleton = skeletonOf(css);
  const rules: StyleRule[] = [];
  const kept: string[] = [];
  let [headAt, keptAt] = [0, 0];
  let block: Block | undefined;
  const leaveOut = (from: number, to: number) => {
    kept.push(css.slice(keptAt, from));
    keptAt = to;
  };
  const end = (open: Block, at: number) => {
    if (/^@font-face/i.test(open.selector)) leaveOut(headAt, at + 1);
    else rules.push({ selector: open.selector, declarations: css.slice(open.from, at) });
  };
  for (const { 0: mark, index: at } of skeleton.matchAll(/[{};]/g)) {
    if (block !== undefined) {
      if (mark === ';') continue;
      // Rules within rules: whoever reads them, none of them goes uncounted.
      if (mark === '{') block = { ...block, selector: '*', depth: block.depth + 1 };
      else if (block.depth > 0) block.depth -= 1;
      else {
        end(block, at);
        block = undefined;
        headAt = at + 1;
      }
      continue;
    }
    const head = skeleton.slice(headAt, at).trim();
    if (mark === '{' && !(head.startsWith('@') && !/^@font-face/i.test(head))) {
      block = { selector: head, from: at + 1, depth: 0 };
    } else {
      // A statement, or the bounds of a block of rules, as of `@media`.
      if (mark === ';' && /^@import/i.test(head)) leaveOut(headAt, at + 1);
      headAt = at + 1;
    }
  }
  if (block !== undefined) end(block, css.length);
  kept.push(css.slice(Math.min(keptAt, css.length)));
  const text = kept.join('');
  return { rules, text, hasLoading: text.length < css.length };
}

/** The sheet with comments, texts and URLs blanked out: of the same length, and safe to be cut at braces. */
function skeletonOf(css: string): string {
  const opening = /\/\*|["']|url\(/gi;
  const pieces: string[] = [];
  let at = 0;
  for (let found = opening.exec(css); found !== null; found = opening.exec(css)) {
    const end = endOf(css, found[0], opening.lastIndex);
    pieces.push(css.slice(at, found.index), ' '.repeat(end - found.index));
    at = end;
    opening.lastIndex = end;
  }
  return pieces.join('') + css.slice(at);
}

function endOf(css: string, opening: string, from: number): number {
  if (opening === '/*') return behind(css, '*/', from);
  if (opening === '"' || opening === "'") return endOfText(css, opening, from);
  let start = from;
  while (/\s/.test(css.charAt(start))) start += 1;
  const quote = css.charAt(start);
  return quote === '"' || quote === "'"
    ? behind(css, ')', endOfText(css, quote, start + 1))
    : behind(css, ')', start);
}

/** Behind its closing quote, or at the line break that ends it without one. */
function endOfText(css: string, quote: string, from: number): number {
  const closing = quote === '"' ? /["\n\r\f]/g : /['\n\r\f]/g;
  closing.lastIndex = from;
  const found = closing.exec(css);
  if (found === null) return css.length;
  return found[0] === quote ? found.index + 1 : found.index;
}

function behind(css: string, mark: string, from: number): number {
  const at = css.indexOf(mark, from);
  return at === -1 ? css.length : at + mark.length;
}
