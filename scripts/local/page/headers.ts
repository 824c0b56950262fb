// What the page may do, said to the browser with every file of it.

/**
 * The headers of a page and its files.
 * @param storage where, other than on its own origin, it finds what it shows and sends what is uploaded, as `http://127.0.0.1:4566`
 * @param services what else it calls, as `https://issuer.example`
 */
export function pageHeaders(storage: string, services: readonly string[] = []): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(storage, services),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': permissionsPolicy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

// https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP
function contentSecurityPolicy(storage: string, services: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: blob: ${storage}`,
    `connect-src 'self' ${[storage, ...services].join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // No text becomes markup or a script, but what Lit makes of its own templates, and what the page itself allows by `default`.
    "require-trusted-types-for 'script'",
    'trusted-types lit-html default',
  ].join('; ');
}

/** It asks for nothing but to write a URL into the clipboard; a phone's camera is the file picker's. */
const permissionsPolicy = [
  ...['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer', 'microphone'],
  ...['midi', 'payment', 'usb', 'xr-spatial-tracking'],
]
  .map((feature) => `${feature}=()`)
  .join(', ');
