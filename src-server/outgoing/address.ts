/**
 * Which machines an outgoing request may reach. Addresses are judged as bytes, never as text: `0x7f.1`, `[::ffff:7f00:1]`
 * and `127.0.0.1` are one machine.
 */
import ipaddr from 'ipaddr.js';

/**
 * How far a request may reach: `own-network` for addresses that an administrator wrote down (a model server on this
 * machine or in the house is the normal case), `public` for those that anybody else can influence.
 */
export type Reach = 'own-network' | 'public';

/** Where clouds hand out their machines' credentials, outside the link-local range. */
const METADATA = new Set([
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd20:ce::254',
]);

const OWN_NETWORK = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat']);

/** What IPv6 gives out to the public Internet. */
const GLOBAL_IPV6 = ipaddr.IPv6.parse('2000::');

/** Translates to IPv4 (RFC 6052); the last 32 bits are the address that is reached. */
const NAT64 = ipaddr.IPv6.parse('64:ff9b::');

/**
 * Whether a request may connect to this address. Link-local, unspecified, multicast, reserved and tunnelled addresses
 * and those of cloud metadata are reached by nobody.
 *
 * @param address an IPv4 or IPv6 address without brackets, such as a resolver or `URL` gives it
 */
export function mayReach(address: string, reach: Reach): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (METADATA.has(parsed.toString())) return false;
  if (parsed instanceof ipaddr.IPv6) {
    if (parsed.match(NAT64, 96)) {
      const embedded = ipaddr.fromByteArray(parsed.toByteArray().slice(12));
      return mayReach(embedded.toString(), 'public');
    }
    const range = parsed.range();
    if (range === 'loopback' || range === 'uniqueLocal') return reach === 'own-network';
    return range === 'unicast' && parsed.match(GLOBAL_IPV6, 3);
  }
  const range = parsed.range();
  return range === 'unicast' || (reach === 'own-network' && OWN_NETWORK.has(range));
}
