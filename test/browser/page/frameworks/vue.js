// The uploader in a page of Vue: bound properties, a listener in the template, a ready photo in its data.
import { createApp } from 'vue/dist/vue.esm-bundler.js';
import 'darkroom-client/uploader';

const { api, token } = globalThis.settings;

const app = createApp({
  data: () => ({ ready: '', api, token: () => token }),
  template: `
    <darkroom-uploader :api="api" :token="token" @darkroom-ready="ready = $event.detail.fileName" />
    <output v-if="ready">{{ ready }} is ready</output>
  `,
});
app.config.compilerOptions.isCustomElement = (name) => name.startsWith('darkroom-');
app.mount('main');
