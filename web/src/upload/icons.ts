// The few signs on the buttons of an upload. They say nothing to a screen reader: the buttons have names.

import { svg, type TemplateResult } from 'lit';

const icon = (path: string): TemplateResult => svg`
  <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor"
    stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d=${path}></path></svg>`;

export const icons = {
  pause: icon('M7 5v10M13 5v10'),
  goOn: icon('M7 4.5v11l8.5-5.5z'),
  retry: icon('M15.5 10a5.5 5.5 0 1 1-1.7-4M14 2.5V6h-3.5'),
  remove: icon('M5.5 5.5l9 9M14.5 5.5l-9 9'),
  ready: icon('M4.5 10.5l3.5 3.5 7.5-8'),
  failed: icon('M10 5.5v5.5M10 14.2v.1'),
  photo: icon('M3.5 5.5h13v9h-13zM3.5 12.5l3.5-3.5 3 3 2.5-2.5 4 4'),
} as const;
