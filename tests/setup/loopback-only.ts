/**
 * Fails a test on any connection that leaves this machine: Foyer talks to nobody but the model server it was given,
 * and in tests that one is always on loopback.
 */
import net from 'node:net';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost', '0.0.0.0', '::', '']);

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]) {
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0];
  const host =
    typeof first === 'object' && first !== null && 'host' in first && typeof first.host === 'string'
      ? first.host
      : typeof args[1] === 'string'
        ? args[1]
        : '';
  if (!LOOPBACK.has(host)) {
    throw new Error(`a test tried to connect to ${host}: only loopback is allowed`);
  }
  return Reflect.apply(connect, this, args) as net.Socket;
} as typeof connect;
