import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { mayReach } from './address.ts';
import { AddressRefused, isRefusedLiteral, type Resolve } from './checked-lookup.ts';
import { httpFetch } from './http-fetch.ts';

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A server that counts who asked it. */
async function listen(address: string): Promise<{ port: number; asked: () => number }> {
  let asked = 0;
  const server = http.createServer((_request, response) => {
    asked += 1;
    response.end('here');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  return { port: (server.address() as AddressInfo).port, asked: () => asked };
}

const refused = expect.objectContaining({ cause: expect.any(AddressRefused) });

describe('which addresses may be reached', () => {
  it.each([
    '127.0.0.1',
    '127.255.0.9',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '::1',
    'fd12::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:a00:1',
  ])('%s by an administrator only', (address) => {
    expect(mayReach(address, 'own-network')).toBe(true);
    expect(mayReach(address, 'public')).toBe(false);
  });

  it.each([
    '169.254.169.254',
    '::ffff:a9fe:a9fe',
    '0.0.0.0',
    '::',
    '255.255.255.255',
    '224.0.0.1',
    '240.0.0.1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '::7f00:1',
    '::a00:1',
    'fec0::1',
    '2002:7f00:1::',
    '2001::1',
    '64:ff9b::7f00:1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b::a00:1',
    '64:ff9b:1::7f00:1',
    'fd00:ec2::254',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.2.1',
    '2001:db8::1',
    '::ffff:0:7f00:1',
    '',
    'localhost',
    'x',
  ])('%s by nobody', (address) => {
    expect(mayReach(address, 'own-network')).toBe(false);
    expect(mayReach(address, 'public')).toBe(false);
  });

  it.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '2606:4700:4700::1111', '::ffff:808:808', '64:ff9b::808:808'])(
    '%s by everybody',
    (address) => {
      expect(mayReach(address, 'own-network')).toBe(true);
      expect(mayReach(address, 'public')).toBe(true);
    },
  );

  it.each([
    'http://127.1',
    'http://0177.0.0.1',
    'http://0x7f.1',
    'http://2130706433',
    'http://0',
    'http://[::1]',
    'http://[::ffff:7f00:1]',
    'http://[64:ff9b::7f00:1]',
    'http://169.254.169.254',
    'http://127.0.0.1.',
    'http://１２７.0.0.1',
    'http://127.0.0.1:80',
    'http://user@127.0.0.1',
    'http://example.org@127.0.0.1',
    'http://127.0.0.1#@example.org',
    'http://0x7f000001',
    'http://0x7f.0x0.0x0.0x1',
    'http://0177.0.0.01',
    'http://017700000001',
    'http://127.0.1',
    'http://127。0。0。1',
    'http://①②⑦.⓪.⓪.①',
    'http://%31%32%37.0.0.1',
    'http://0.0.0.0',
    'http://00',
    'http://[::]',
    'http://[0:0:0:0:0:0:0:1]',
    'http://[::ffff:127.0.0.1]',
    'http://[0:0:0:0:0:ffff:7f00:0001]',
    'http://[::127.0.0.1]',
    'http://[::ffff:0:127.0.0.1]',
    'http://[64:ff9b::127.0.0.1]',
    'http://[64:ff9b:1::127.0.0.1]',
    'http://[2002:7f00:1::]',
    'http://[2001:0:0:0:0:0:80ff:fffe]',
    'http://[fe80::1]',
    'http://[fc00::1]',
    'http://[ff02::1]',
    'http://[fd00:ec2::254]',
    'http://[::ffff:a9fe:a9fe]',
    'http://2852039166',
    'http://0xa9fea9fe',
    'http://0251.0376.0251.0376',
    'http://100.100.100.200',
    'http://192.168.1.1',
    'http://10.0.0.1',
    'http://172.16.0.1',
    'http://100.64.0.1',
    'http://255.255.255.255',
    'http://224.0.0.1',
    'http://localhost.@127.0.0.1',
  ])('%s is a number in disguise', (url) => {
    expect(isRefusedLiteral(new URL(url), 'public')).toBe(true);
  });
});

describe('requests over real connections', () => {
  it('never connect to a refused number', async () => {
    const { port, asked } = await listen('127.0.0.1');
    await expect(httpFetch({ reach: 'public' })(`http://127.0.0.1:${port}/`)).rejects.toEqual(refused);
    expect(asked()).toBe(0);
    expect((await httpFetch()(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });

  it('never connect to a name that leads inside, nor to one that leads inside and outside', async () => {
    const { port, asked } = await listen('127.0.0.1');
    for (const addresses of [['127.0.0.1'], ['1.1.1.1', '127.0.0.1'], ['127.0.0.1', '1.1.1.1'], []]) {
      const resolve: Resolve = (_name, _family, done) =>
        done(
          null,
          addresses.map((address) => ({ address, family: 4 })),
        );
      await expect(httpFetch({ reach: 'public', resolve })(`http://localhost:${port}/`)).rejects.toEqual(
        refused,
      );
    }
    expect(asked()).toBe(0);
  });

  it('never connect to a second name that leads inside, whatever the first was: no redirect is followed', async () => {
    const inside = await listen('127.0.0.1');
    const outside = http.createServer((_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${inside.port}/` }).end();
    });
    servers.push(outside);
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    const { port } = outside.address() as AddressInfo;
    expect((await httpFetch()(`http://127.0.0.1:${port}/`)).status).toBe(302);
    expect(inside.asked()).toBe(0);
  });

  it('never connect where a name leads after the check, however fast it changes', async () => {
    const { port, asked } = await listen('127.0.0.1');
    let questions = 0;
    // First what may be reached, then, for each question more, what may not.
    const resolve: Resolve = (_name, _family, done) => {
      questions += 1;
      done(null, [{ address: questions === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]);
    };
    const fetch = httpFetch({ resolve });
    const ask = () => fetch(`http://localhost:${port}/`).then(({ status }) => status);
    const [first, ...others] = await Promise.allSettled(Array.from({ length: 5 }, ask));
    expect(first).toEqual({ status: 'fulfilled', value: 200 });
    for (const other of others) expect(other).toEqual({ status: 'rejected', reason: refused });
    expect(questions, 'one question for each connection').toBe(5);
    expect(asked()).toBe(1);
  });

  it('connect to the address that was checked, whatever the resolver would say next', async () => {
    const first = await listen('127.0.0.1');
    let questions = 0;
    const resolve: Resolve = (_name, _family, done) => {
      questions += 1;
      done(null, [{ address: questions === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]);
    };
    const fetch = httpFetch({ resolve });
    const answer = await fetch(`http://localhost:${first.port}/`, { headers: { connection: 'close' } });
    expect(await answer.text()).toBe('here');
    expect(questions).toBe(1);
    await expect(fetch(`http://localhost:${first.port}/`)).rejects.toEqual(refused);
    expect(questions).toBe(2);
    expect(first.asked()).toBe(1);
  });
});
