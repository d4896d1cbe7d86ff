/**
 * Where a request comes from. Anybody can write `X-Forwarded-For`, so it is read only from proxies that whoever runs
 * Foyer has named, and only as far back as those reach: the nearest address that is not one of them is the caller's.
 * `X-Forwarded-Host` and `X-Forwarded-Proto` are never read: FOYER_PUBLIC_URL says what Foyer's address is.
 */
import type { Request } from 'express';
import ipaddr from 'ipaddr.js';
import { remembering } from '../../remembering.ts';

type Address = ReturnType<typeof ipaddr.process>;
type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** More hops than anybody has; the rest of the header is not looked at. */
const MAX_HOPS = 32;

/** Some proxies add the port. */
const parse = remembering((text): Address | null => {
  const plain = text.replace(/^\[(.*)\](?::\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  return ipaddr.isValid(plain) ? ipaddr.process(plain) : null;
});

/** Finds the caller's address; null when the connection has gone. */
export type ClientAddress = (request: Pick<Request, 'socket' | 'headers'>) => string | null;

/**
 * @param trustedProxies addresses and ranges, such as `127.0.0.1` and `10.0.0.0/8`
 * @throws {Error} for one that is neither
 */
export function clientAddress(trustedProxies: readonly string[]): ClientAddress {
  const ranges = trustedProxies.map(rangeOf);
  const isTrusted = (address: Address) =>
    ranges.some(
      ([network, bits]) => network.kind() === address.kind() && address.match([network, bits] as Range),
    );
  return ({ socket, headers }) => {
    let nearest = addressOf(socket.remoteAddress);
    if (nearest === null) return null;
    const header = headers['x-forwarded-for'];
    const hops = ranges.length === 0 || header === undefined ? [] : [header].flat().join(',').split(',');
    for (const hop of hops.slice(-MAX_HOPS).reverse()) {
      if (!isTrusted(nearest)) break;
      const before = addressOf(hop.trim());
      // Whatever a proxy could not say for sure: the proxy itself is what is known.
      if (before === null) break;
      nearest = before;
    }
    return nearest.toString();
  };
}

/**
 * The network that is counted as one caller: an IPv4 address, or the 64 bits that one IPv6 customer has. Null for the
 * loopback address: without a named proxy it stands for everybody on this machine, and behind an unnamed one for the
 * whole world.
 */
export const networkOf: (address: string) => string | null = remembering((address) => {
  const parsed = parse(address);
  if (parsed === null || parsed.range() === 'loopback') return null;
  return parsed instanceof ipaddr.IPv6
    ? ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()
    : parsed.toString();
});

function rangeOf(text: string): Range {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128] as Range;
}

function addressOf(text: string | undefined): Address | null {
  return text === undefined ? null : parse(text);
}
