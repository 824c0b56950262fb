// The uploader in a page of React: attributes as they are, a function as the token, a listener, a ready photo in its state.
import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'darkroom-client/uploader';

const { api, token } = globalThis.settings;

function Page() {
  const [ready, setReady] = useState('');
  return (
    <>
      <darkroom-uploader
        api={api}
        token={() => token}
        ondarkroom-ready={({ detail }) => setReady(detail.fileName)}
      />
      <output>{ready && `${ready} is ready`}</output>
    </>
  );
}

createRoot(document.querySelector('main')).render(createElement(Page));
