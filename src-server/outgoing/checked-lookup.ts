/** Resolving and checking in one step: the address that was checked is the one that is connected to. */
import dns from 'node:dns';
import net from 'node:net';
import { mayReach, type Reach } from './address.ts';

/** Answers with every address of a name, as `dns.lookup` does with `all`. */
export type Resolve = (
  name: string,
  family: 0 | 4 | 6,
  done: (error: Error | null, addresses: readonly dns.LookupAddress[]) => void,
) => void;

/** The cause of a failed request whose server may not be reached; `code` tells it from failures of the network. */
export class AddressRefused extends Error {
  readonly code = 'EADDRESSREFUSED';

  constructor() {
    super('the server has an address that may not be asked');
    this.name = 'AddressRefused';
  }
}

const systemResolve: Resolve = (name, family, done) => {
  dns.lookup(name, { all: true, family }, (error, addresses) => done(error, addresses));
};

/**
 * The `lookup` of a connection. A name with one refused address is refused whole: which of them would be taken is not
 * ours to say. The connection uses this answer and asks no resolver again, so that a name which changes its address
 * after the check gains nothing.
 */
export function checkedLookup(reach: Reach, resolve: Resolve = systemResolve): net.LookupFunction {
  return (name, options, callback) => {
    const family = options.family === 4 || options.family === 6 ? options.family : 0;
    resolve(name, family, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null) callback(error, '', 0);
      else if (first === undefined || !addresses.every(({ address }) => mayReach(address, reach)))
        callback(new AddressRefused(), '', 0);
      else if (options.all) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };
}

/**
 * Connections to an address that is written as a number ask no lookup: whether such a one is refused.
 *
 * @param hostname of a `URL`
 */
export function isRefusedLiteral(hostname: string, reach: Reach): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return net.isIP(host) !== 0 && !mayReach(host, reach);
}
