// The frame around what the page shows: header, navigation and account above it, notices, and what is there instead of it
// while nobody is signed in. Plain elements of the page, so that its style sheet finds them.

import { html, nothing, render } from 'lit';
import { hashOf, type Route, sectionOf } from '../routes.ts';
import type { SignedIn } from '../session/session.ts';
import { strings } from '../strings.ts';
import { mark } from './mark.ts';

export interface Notice {
  readonly text: string;
  readonly button: string;
  readonly act: () => void | Promise<void>;
}

export interface Frame {
  readonly main: HTMLElement;
  /** Names the route in the title, in the navigation and to screen readers. */
  show(route: Route, offered: Offered): void;
  /** Above what is shown. @returns takes it away */
  notice(notice: Notice): () => void;
  /** Instead of what is shown. */
  instead(content: unknown): void;
}

/** What the header offers to whoever is signed in. */
export interface Offered {
  readonly operations: boolean;
  readonly session: SignedIn;
}

interface Places {
  readonly header: HTMLElement;
  readonly notices: HTMLElement;
  readonly main: HTMLElement;
}

export function createFrame({ header, notices, main }: Places): Frame {
  const skip = (event: Event) => {
    // The address is a route, and stays.
    event.preventDefault();
    main.focus();
  };

  function renderHeader(route?: Route, offered?: Offered): void {
    const template = html`
      <a class="skip" href="#main" @click=${skip}>${strings.frame.skip}</a>
      <h1><a href=${hashOf({ view: 'photos' })}>${mark}${strings.frame.name}</a></h1>
      ${route && offered?.operations ? navigation(sectionOf(route)) : nothing}
      ${offered?.session.signOut ? account(offered.session) : nothing}
    `;
    render(template, header);
  }

  const shown = new Set<Notice>();
  const renderNotices = () =>
    render(
      [...shown].map(
        ({ text, button, act }) =>
          html`<div><p role="alert">${text}</p><button @click=${act}>${button}</button></div>`,
      ),
      notices,
    );

  renderHeader();
  return {
    main,
    show: (route, offered) => {
      const title = strings.frame.titles[route.view];
      document.title = `${title} · ${strings.frame.name}`;
      main.ariaLabel = title;
      renderHeader(route, offered);
    },
    notice: (notice) => {
      shown.add(notice);
      renderNotices();
      return () => {
        shown.delete(notice);
        renderNotices();
      };
    },
    instead: (content) => {
      render(content, main);
    },
  };
}

function navigation(current: 'photos' | 'operations') {
  const link = (view: 'photos' | 'operations') =>
    html`<a href=${hashOf({ view })} aria-current=${view === current ? 'page' : nothing}>${strings.frame.titles[view]}</a>`;
  return html`<nav aria-label=${strings.frame.sections}>${link('photos')}${link('operations')}</nav>`;
}

function account({ name, signOut }: SignedIn) {
  return html`
    <div class="account">
      ${name ? html`<span>${name}</span>` : nothing}
      <button class="quiet" @click=${signOut}>${strings.session.signOut}</button>
    </div>
  `;
}
