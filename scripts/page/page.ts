// A page to look at pictures: static, and nothing in it is loaded from elsewhere.
import { html, Markup } from './html.ts';
import { pageStyle } from './style.ts';

export interface Page {
  readonly title: string;
  /** Beside the title. */
  readonly summary: string;
  readonly sections: readonly Markup[];
  /** What is to look otherwise than on other pages. */
  readonly style?: string;
}

/** A whole HTML document; paths in it are relative to where it lies. */
export function renderPage({ title, summary, sections, style = '' }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; img-src 'self' data: file:; style-src 'unsafe-inline'">
<title>${title}: ${summary}</title>
<style>${new Markup(pageStyle + style)}</style>
</head>
<body>
<header><h1>${title}</h1><p>${summary}</p></header>
<main>${sections}</main>
</body>
</html>
`.text;
}
