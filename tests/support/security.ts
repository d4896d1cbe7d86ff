/** What tests do with sealed accounts and second factors, over HTTP as the pages do it. */
import { createHmac } from 'node:crypto';
import {
  factorCodesSchema,
  newSecondFactorSchema,
  shownRecoveryCodeSchema,
} from '../../src-shared/api/index.ts';
import type { Client } from './client.ts';

/** Shows a recovery code and types the part back that is asked for. @returns the code, which counts */
export async function seal(client: Client, password: string): Promise<string> {
  const { code, group } = await showCode(client, password);
  const confirmed = await client.rest('POST', '/api/users/me/sealing', { group });
  if (!confirmed.ok) throw new Error(`sealing answered ${confirmed.status}: ${await confirmed.text()}`);
  return code;
}

/** A recovery code that does not count yet, and the part of it that is asked for. */
export async function showCode(client: Client, password: string): Promise<{ code: string; group: string }> {
  const shown = await client.rest('POST', '/api/users/me/recovery-code', { password });
  if (!shown.ok) throw new Error(`a code was refused: ${shown.status}: ${await shown.text()}`);
  const { code, group } = shownRecoveryCodeSchema.parse(await shown.json());
  return { code, group: code.split('-')[group - 1] ?? '' };
}

/** The bytes that a secret in Base32 stands for. */
export function bytesOfSecret(secret: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** An authenticator app, made apart from the server's own code. */
export function authenticator(secret: string): (at?: number) => string {
  const key = bytesOfSecret(secret);
  return (at = Date.now()) => {
    const counter = Buffer.alloc(8);
    counter.writeUInt32BE(Math.floor(at / 30_000), 4);
    const mac = createHmac('sha1', key).update(counter).digest();
    const start = (mac[19] ?? 0) % 16;
    return String((mac.readUInt32BE(start) % 2 ** 31) % 1_000_000).padStart(6, '0');
  };
}

/** Turns the second factor on. The code that confirms it is of the step before: the present one is still good. */
export async function turnOnFactor(client: Client, password: string) {
  const begun = await client.rest('POST', '/api/users/me/second-factor', { password });
  const { secret } = newSecondFactorSchema.parse(await begun.json());
  const app = authenticator(secret);
  const confirmed = await client.rest('POST', '/api/users/me/second-factor/confirm', {
    code: app(Date.now() - 30_000),
  });
  if (!confirmed.ok) throw new Error(`the first code was refused: ${await confirmed.text()}`);
  return { app, secret, codes: factorCodesSchema.parse(await confirmed.json()).recovery_codes };
}
