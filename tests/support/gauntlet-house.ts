/** Where the gauntlet is run: Foyer with an administrator and two people, its model server, and one that wants its keys. */
import http from 'node:http';
import { type FakeOpenAI, startFakeOpenAI } from '../fake-openai/server.ts';
import { type Client, signIn } from './client.ts';
import { startFoyer, type TestFoyer } from './foyer.ts';
import { ADMINISTRATOR } from './headless.ts';

export const AMY = { email: 'amy@example.org', password: 'a rather good password' };
export const BEN = { email: 'ben@example.org', password: 'another good password' };
/** The key that the environment of the server holds. */
export const ENV_KEY = 'sk-of-the-environment-4711';

export interface Answered {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

export interface House {
  readonly foyer: TestFoyer;
  readonly model: FakeOpenAI;
  /** Nobody should ever ask this one. */
  readonly thief: FakeOpenAI;
  readonly root: Client;
  readonly amy: Client;
  readonly ben: Client;
  readonly amyId: string;
  /** Foyer's host and port. */
  readonly own: string;
  /** A request whose path, Host and headers are sent exactly as they stand here. */
  raw(
    method: string,
    target: string,
    headers?: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<Answered>;
  remove(): Promise<void>;
}

export const json = { 'content-type': 'application/json' } as const;
export const bearer = ({ token }: Client) => ({ authorization: `Bearer ${token}` });

export async function openHouse(): Promise<House> {
  const [model, thief] = [await startFakeOpenAI(), await startFakeOpenAI()];
  const foyer = await startFoyer({
    env: { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: ENV_KEY, RATE_LIMIT_REQUESTS: '0' },
  });
  const root = await signIn(foyer.url, ADMINISTRATOR);
  const created = await root.rest('POST', '/api/admin/users', AMY);
  const { id: amyId } = (await created.json()) as { id: string };
  await root.rest('POST', '/api/admin/users', BEN);
  const { hostname, port, host } = new URL(foyer.url);
  return {
    ...{ foyer, model, thief, root, amyId, own: host },
    amy: await signIn(foyer.url, AMY),
    ben: await signIn(foyer.url, BEN),
    raw: (method, target, headers = {}, body = undefined) =>
      new Promise((resolve, reject) => {
        const options = { hostname, port, method, path: target, headers, agent: false };
        const request = http.request(options, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: Buffer.concat(chunks).toString(),
            }),
          );
        });
        request.on('error', reject);
        request.end(body);
      }),
    remove: async () => {
      await foyer.remove();
      await Promise.all([model.close(), thief.close()]);
    },
  };
}
