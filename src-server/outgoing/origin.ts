import { remembering } from '../remembering.ts';

/** The origin of an address, such as `https://models.example`. @throws {TypeError} for what is no address */
export const originOf: (address: string) => string = remembering((address) => new URL(address).origin);
