// The TCP ports that a process listens on, as Linux tells them. https://docs.kernel.org/networking/proc_net_tcp.html
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const listen = '0A';

/** Addresses as the kernel writes them, `0100007F` for 127.0.0.1, with their ports. */
export function listeningPorts(pid: number): { address: string; port: number }[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`);
      } catch {
        // Closed since the folder was read.
        return [];
      }
    }),
  );
  return ['tcp', 'tcp6'].flatMap((file) =>
    readFileSync(`/proc/${pid}/net/${file}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[3] === listen && sockets.has(`socket:[${columns[9]}]`))
      .map(([, local = '']) => {
        const [address = '', port = ''] = local.split(':');
        return { address, port: Number.parseInt(port, 16) };
      }),
  );
}
