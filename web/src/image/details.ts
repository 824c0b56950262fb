// What stands beside the picture: what is known of it, where it is stored, and what is wrong with it.

import { html, nothing } from 'lit';
import type { Image } from '../../../client/src/client.ts';
import { advice, strings } from '../strings.ts';
import { type Fact, factsOf } from './facts.ts';
import { formatBytes, formatDimensions, formatName } from './figures.ts';
import { isSigned, pictureSnippet } from './snippet.ts';

const { image: say } = strings;

/** @param onCopy told what is to be copied, and what that is called */
export type OnCopy = (text: string, what: string) => void;

export function failureTemplate({ failure }: Image) {
  if (!failure) return nothing;
  return html`
    <div class="failure">
      <p class="bad">${failure.message}</p>
      ${advice[failure.code] ? html`<p>${advice[failure.code]}</p>` : nothing}
      <details><summary>${strings.upload.code}</summary><code>${failure.code}</code></details>
    </div>
  `;
}

export function factsTemplate(image: Image) {
  return html`<dl>${factsOf(image).map((fact) => html`<div><dt>${fact.term}</dt><dd>${factText(fact)}</dd></div>`)}</dl>`;
}

function factText({ text, href, color, isCode }: Fact) {
  if (href)
    return html`${text}<br /><a href=${href} target="_blank" rel="noreferrer noopener">${say.map}</a>`;
  const swatch = color ? html`<span class="swatch" .style=${`background-color:${color}`}></span>` : nothing;
  return html`${swatch}<span class=${isCode ? 'mono' : ''}>${text}</span>`;
}

export function renditionsTemplate(image: Image, onCopy: OnCopy) {
  if (image.renditions.length === 0) return nothing;
  const snippet = pictureSnippet(image);
  return html`
    <section>
      <h3>${say.renditions}</h3>
      <ul class="renditions">
        ${image.renditions.map(
          ({ variant, format, url, bytes, ...size }) => html`
            <li>
              <span>
                <span class="variant">${variant} <span class="muted">${formatName(format)}</span></span>
                <span class="muted"><span class="whole">${formatDimensions(size)}</span> · <span class="whole">${formatBytes(bytes)}</span></span>
              </span>
              ${
                url
                  ? html`<a class="button quiet" href=${url} target="_blank" rel="noreferrer noopener" aria-label=${say.open(variant, formatName(format))}>${say.openShort}</a>
                      <button aria-label=${say.copyUrl(variant, formatName(format))} @click=${() => onCopy(url, say.url)}>${say.copy}</button>`
                  : nothing
              }
            </li>
          `,
        )}
      </ul>
      ${snippet ? snippetTemplate(image, snippet, onCopy) : nothing}
    </section>
  `;
}

function snippetTemplate(image: Image, snippet: string, onCopy: OnCopy) {
  return html`
    <details class="snippet">
      <summary>${say.snippet}</summary>
      <pre tabindex="0" aria-label=${say.snippet}><code>${snippet}</code></pre>
      <button @click=${() => onCopy(snippet, say.snippet)}>${say.copySnippet}</button>
      ${isSigned(image) ? html`<p class="muted">${say.runOut} <code>GET /images/${image.imageId}/renditions/large</code></p>` : nothing}
    </details>
  `;
}
