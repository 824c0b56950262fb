// What a tool prints of an error: one line that says what to do, but the stack of what only a defect throws.

/** Never what somebody typed: whoever mends the tool needs the stack. */
const defects = new Set(['TypeError', 'RangeError', 'ReferenceError']);

interface Refused {
  readonly address?: string;
  readonly port?: number;
}

/** What fetch throws says nothing, but its cause does; of an SDK error, the name says half. */
export function messageOf(error: Error): string {
  const { cause = error } = error.message === 'fetch failed' ? error : {};
  const { name, message, stack, code, address, port, path } = cause as NodeJS.ErrnoException & Refused;
  if (code === 'ECONNREFUSED')
    return `Nothing answers at ${address}:${port}. Is \`npm start\` running, or AWS_ENDPOINT_URL wrong?`;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return `There is no ${path}, or no folder that it could be in.`;
  if (code === 'EISDIR') return `${path ?? 'What was named'} is a folder, where a file is wanted.`;
  if (code === 'EACCES' || code === 'EPERM') return `${path} may not be read or written by this user.`;
  if (code === undefined && defects.has(name)) return stack ?? message;
  return '$metadata' in error ? `${name}: ${message}` : message;
}
