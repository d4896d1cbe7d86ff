import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { httpFetch } from './http-fetch.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(answer: http.RequestListener): Promise<{ url: string; server: http.Server }> {
  const server = http.createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

async function bodyOf(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('fetch over Node’s HTTP client', () => {
  it('sends what it is given and gives the answer', async () => {
    const { url } = await serve(async (request, response) => {
      const { method, headers } = request;
      response.writeHead(201, { 'content-type': 'application/json', 'x-one': ['a', 'b'] });
      response.end(JSON.stringify({ method, key: headers['x-key'], body: await bodyOf(request), headers }));
    });
    const response = await httpFetch()(`${url}path`, {
      method: 'POST',
      headers: { 'X-Key': 'k' },
      body: 'Grüße',
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-one')).toBe('a, b');
    expect(await response.json()).toMatchObject({
      method: 'POST',
      key: 'k',
      body: 'Grüße',
      headers: { 'content-length': '7', 'accept-encoding': 'identity' },
    });
  });

  it('streams an answer, and holds the server back when nobody reads', async () => {
    let written = 0;
    const { url } = await serve((_request, response) => {
      const piece = Buffer.alloc(65_536, 120);
      const write = () => {
        while (written < 200) {
          written += 1;
          if (!response.write(piece)) return void response.once('drain', write);
        }
        response.end();
      };
      write();
    });
    const response = await httpFetch()(url);
    const reader = response.body!.getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(written).toBeLessThan(200);
    let size = 65_536;
    for (let next = await reader.read(); !next.done; next = await reader.read()) size += next.value.length;
    expect(size).toBeGreaterThanOrEqual(200 * 65_536 - 65_536);
  });

  it('follows no redirect and needs no body where there is none', async () => {
    const asked: string[] = [];
    const { url } = await serve((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/empty') response.writeHead(204).end();
      else response.writeHead(302, { location: '/elsewhere' }).end();
    });
    const fetch = httpFetch();
    expect((await fetch(url)).status).toBe(302);
    expect((await fetch(`${url}empty`)).body).toBeNull();
    expect(asked).toEqual(['/', '/empty']);
  });

  it('fails like the global one where nobody listens, without the address in its words', async () => {
    const { url, server } = await serve(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    closing.length = 0;
    const failure = await httpFetch()(url).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TypeError);
    expect(failure).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNREFUSED' } });
  });

  it('stops when told to: before, while waiting, and within the answer', async () => {
    let gone = 0;
    const { url } = await serve((request, response) => {
      request.once('close', () => undefined);
      response.once('close', () => {
        gone += 1;
      });
      if (request.url === '/begin') response.write('first');
    });
    const fetch = httpFetch();
    await expect(fetch(url, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    const waiting = new AbortController();
    const asked = fetch(url, { signal: waiting.signal });
    setTimeout(() => waiting.abort(), 20);
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    const reading = new AbortController();
    const reader = (await fetch(`${url}begin`, { signal: reading.signal })).body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('first');
    reading.abort();
    await expect(reader.read()).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => gone).toBe(2);
  });

  it('fails a body that breaks off', async () => {
    const { url } = await serve((_request, response) => {
      response.write('first', () => response.destroy());
    });
    await expect((await httpFetch()(url)).text()).rejects.toMatchObject({ message: 'terminated' });
  });

  it('asks again, once, when a kept connection was closed meanwhile', async () => {
    let asked = 0;
    const { url } = await serve(async (request, response) => {
      await bodyOf(request);
      asked += 1;
      // The second request comes on the connection of the first, which ends without an answer.
      if (asked === 2) request.socket.resetAndDestroy();
      else response.end('fine');
    });
    const fetch = httpFetch();
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await (await fetch(url, { method: 'POST', body: 'x' })).text()).toBe('fine');
    }
    expect(asked).toBe(3);
  });

  it('refuses what it does not know', async () => {
    const fetch = httpFetch();
    await expect(fetch('ftp://127.0.0.1/')).rejects.toBeInstanceOf(TypeError);
    await expect(fetch(new Request('http://127.0.0.1/'))).rejects.toBeInstanceOf(TypeError);
    await expect(fetch('http://127.0.0.1/', { method: 'POST', body: new Blob([]) })).rejects.toBeInstanceOf(
      TypeError,
    );
  });
});
