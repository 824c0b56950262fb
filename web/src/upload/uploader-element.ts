// <darkroom-uploader>: takes photos by dropping, pasting, choosing or the camera, and shows each on its way to ready.
// It needs a client of the client library as `darkroom`, or `api` and `token` to make one of.

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { createClient, type Darkroom, type Token } from '../../../client/src/client.ts';
import { controls } from '../look/controls.ts';
import { strings } from '../strings.ts';
import { Announcer } from './announcer.ts';
import { droppedFiles } from './dropped.ts';
import { keepFocus } from './keep-focus.ts';
import { listOf } from './list.ts';
import { createQueue, type Queue } from './queue.ts';
import type { UploadActions } from './row.ts';
import { isOver, isUnderWay, totalOf } from './upload.ts';
import { uploaderStyles } from './uploader-styles.ts';
import type { DarkroomUploaderElement, FailedUpload } from './uploader-types.ts';
import { WindowDrop } from './window-drop.ts';

const words = strings.upload;
/** An upload waits for a connection for a day, and then says that there was none. */
const patienceSeconds = 86_400;
/** Between two sentences to a screen reader. */
const quietMilliseconds = 4000;

export class DarkroomUploader extends LitElement implements DarkroomUploaderElement {
  static override readonly properties = {
    darkroom: { attribute: false },
    api: {},
    token: {},
    account: {},
    isOffline: { state: true },
    announced: { state: true },
    leftOut: { state: true },
  };

  declare darkroom: Darkroom | undefined;
  declare api: string | undefined;
  declare token: Token | undefined;
  declare account: string | undefined;
  declare isOffline: boolean;
  declare announced: string;
  declare leftOut: number;
  #queue: Queue | undefined;
  /** Given before there was a queue. */
  readonly #early: File[] = [];
  #tick: ReturnType<typeof setTimeout> | undefined;
  #focusBack = () => {};
  readonly #drop = new WindowDrop(this, (transfer) => void this.#takeDropped(transfer));
  readonly #announcer = new Announcer(quietMilliseconds, (sentence) => {
    this.announced = sentence;
  });
  readonly #actions: UploadActions = {
    pause: (uploads) => this.#queue?.pause(uploads),
    goOn: (uploads) => this.#queue?.goOn(uploads),
    remove: (uploads) => this.#queue?.remove(uploads),
    choose: (event) => this.#choose(event),
  };

  constructor() {
    super();
    this.isOffline = !navigator.onLine;
    this.announced = '';
    this.leftOut = 0;
  }

  /** Uploads files, as if they had been chosen. */
  add(files: Iterable<File>): void {
    this.leftOut = 0;
    if (this.#queue) this.#queue.add([...files]);
    else this.#early.push(...files);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('paste', this.#paste);
    addEventListener('online', this.#connection);
    addEventListener('offline', this.#connection);
  }

  // What is under way goes on: the same element may be put in again, and a page may show something else meanwhile.
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('paste', this.#paste);
    removeEventListener('online', this.#connection);
    removeEventListener('offline', this.#connection);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    this.#focusBack = keepFocus(this.renderRoot as ShadowRoot);
    const { api, token } = this;
    if (changed.has('api') || (changed.has('token') && !this.#queue)) {
      if (api !== undefined && token !== undefined)
        this.darkroom = createClient({
          api,
          token: (request) => this.#currentToken(request),
          patienceSeconds,
        });
    }
    if (!this.darkroom || !(changed.has('darkroom') || changed.has('account'))) return;
    this.#queue?.close();
    const scope = `${api ?? location.origin} ${this.account ?? ''}`;
    this.#queue = createQueue(this.darkroom, scope, {
      onChange: () => this.requestUpdate(),
      onImage: (image) => this.#tell('darkroom-image', image),
      onReady: (image) => this.#tell('darkroom-ready', image),
      onFailed: ({ name: fileName, image }, { message, code }) => {
        const failed: FailedUpload = { fileName, message, code, image };
        this.#tell('darkroom-failed', failed);
      },
    });
    this.#queue.add(this.#early.splice(0));
  }

  #currentToken(request: Parameters<Exclude<Token, string>>[0]): string | Promise<string> {
    const { token = '' } = this;
    return typeof token === 'function' ? token(request) : token;
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  readonly #paste = ({ clipboardData, defaultPrevented: isTaken }: ClipboardEvent) => {
    if (!isTaken && clipboardData?.files.length && this.checkVisibility()) this.add(clipboardData.files);
  };
  readonly #connection = () => {
    this.isOffline = !navigator.onLine;
  };
  readonly #warn = (event: BeforeUnloadEvent) => event.preventDefault();

  async #takeDropped(transfer: DataTransfer): Promise<void> {
    const { files, leftOut } = await droppedFiles(transfer);
    this.add(files);
    this.leftOut = leftOut;
  }

  #choose({ target }: Event): void {
    const input = target as HTMLInputElement;
    this.add(input.files ?? []);
    // The same file chosen again is a change, too.
    input.value = '';
  }

  override render() {
    const uploads = this.#queue?.uploads ?? [];
    const isWaiting = this.isOffline && uploads.some((upload) => !isOver(upload));
    return html`
      <section class="drop" part="drop" aria-label=${words.drop}>
        <div>
          <p class="title" part="title">${words.drop}</p>
          <p class="hint" part="hint">${words.dropHint}</p>
        </div>
        <div class="actions">
          <label class="button primary" part="choose">
            ${words.choose}
            <input id="choose" type="file" accept="image/*,.heic,.heif" multiple @change=${this.#choose} />
          </label>
          <label class="button camera" part="camera">
            ${words.camera}
            <input type="file" accept="image/*" capture="environment" @change=${this.#choose} />
          </label>
        </div>
      </section>
      <div class="anywhere" part="anywhere" popover="manual">${words.dropAnywhere}</div>
      ${isWaiting ? html`<p class="note" part="note" role="status">${words.offline}</p>` : nothing}
      ${this.leftOut > 0 ? html`<p class="note" part="note" role="status">${words.leftOut(this.leftOut)}</p>` : nothing}
      <p class="unseen" role="status">${this.announced}</p>
      ${uploads.length > 0 ? listOf(uploads, this.#actions) : nothing}
    `;
  }

  override updated(): void {
    this.#focusBack();
    const uploads = this.#queue?.uploads ?? [];
    const { ready, failed, count } = totalOf(uploads);
    if (count > 0) this.#announcer.announce(words.announced(ready, failed, count));
    // What is out of the page can neither be shown nor hidden.
    if (this.isConnected)
      this.renderRoot.querySelector<HTMLElement>('.anywhere')?.togglePopover(this.#drop.isOver);
    // Only while there is something to lose: a page that warns cannot be kept for going back to.
    if (uploads.some(isUnderWay)) addEventListener('beforeunload', this.#warn);
    else removeEventListener('beforeunload', this.#warn);
    clearTimeout(this.#tick);
    if (uploads.some(({ wait }) => wait)) this.#tick = setTimeout(() => this.requestUpdate(), 1000);
  }

  static override readonly styles = [controls, uploaderStyles];
}
