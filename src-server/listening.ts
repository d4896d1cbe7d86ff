/** Taking a port, and giving it back. */
import type http from 'node:http';

/**
 * Listens on 127.0.0.1.
 *
 * @param chosen the port; null: `preferred` when it is free, else any free one
 * @throws when the chosen port cannot be had
 */
export async function bind(server: http.Server, chosen: number | null, preferred: number): Promise<void> {
  const attempt = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  if (chosen !== null) return attempt(chosen);
  try {
    await attempt(preferred);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    await attempt(0);
  }
}

/** Gives streams that were just aborted a moment to write their last words, then closes what is left. */
export async function closeServer(server: http.Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), 1_500);
  await closed;
  clearTimeout(force);
}
