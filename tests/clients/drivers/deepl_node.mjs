// Calls of deepl-node.
import { readFile } from 'node:fs/promises';
import * as deepl from 'deepl-node';
import { tell } from './answers.mjs';

const [address, key, source, target] = process.argv.slice(2);
const client = new deepl.DeepLClient(key, { serverUrl: address, maxRetries: 0 });
const pairs = (languages) => languages.map(({ code, name }) => [code, name]);

await tell({
  one: () => client.translateText('Guten Morgen!', 'de', 'en-US'),
  several: () => client.translateText(['Hallo Welt', 'Ich bin hier.'], null, 'en-GB'),
  tags: () => client.translateText('<b>Guten Morgen!</b>', 'de', 'en-US', { tagHandling: 'html' }),
  preferred: () => client.translateText('Hallo Welt', 'de', 'en-US', { formality: 'prefer_more' }),
  model: () => client.translateText('Hallo Welt', 'de', 'en-US', { modelType: 'latency_optimized' }),
  sources: async () => pairs(await client.getSourceLanguages()),
  targets: async () => pairs(await client.getTargetLanguages()),
  styleRules: () => client.getAllStyleRules(),
  usage: () => client.getUsage(),
  document: async () => {
    const status = await client.translateDocument(source, target, null, 'en-US');
    return [status.status, await readFile(target, 'utf8')];
  },
  refused: () => client.translateText('Hallo', 'de', 'fr'),
});
