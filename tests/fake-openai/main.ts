/** `node tests/fake-openai/main.ts --port P [--key KEY]`: the fake model server on its own, for trying things out. */
import { parseArgs } from 'node:util';
import { startFakeOpenAI } from './server.ts';

const { values } = parseArgs({ options: { port: { type: 'string' }, key: { type: 'string' } } });
const fake = await startFakeOpenAI({
  port: Number(values.port ?? 0),
  ...(values.key === undefined ? {} : { apiKey: values.key }),
});
console.log(`The fake model server is ready at ${fake.url}`);
process.once('SIGINT', () => void fake.close());
process.once('SIGTERM', () => void fake.close());
