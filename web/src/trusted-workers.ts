// The page's policy asks for trusted types, and what starts a worker hands over an address as text: only files of the page will do.
// https://developer.mozilla.org/en-US/docs/Web/API/Trusted_Types_API

interface Factory {
  createPolicy(name: 'default', rules: { createScriptURL(url: string): string | undefined }): unknown;
}

/** Once, before the first worker. Nothing happens where the browser knows no trusted types. */
export function trustOwnWorkers(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: Factory };
  trustedTypes?.createPolicy('default', {
    createScriptURL: (url) => {
      const { origin, pathname } = new URL(url, location.href);
      return origin === location.origin && pathname.startsWith('/page/') ? url : undefined;
    },
  });
}
