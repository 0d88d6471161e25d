// Calls of npm's `libretranslate`.
import { translate } from 'libretranslate';
import { tell } from './answers.mjs';

const [address, apiKey] = process.argv.slice(2);
const ask = (query, source, target, apiurl = address) =>
  translate({ query, source, target, apiurl, apiKey });

await tell({
  one: () => ask('Guten Morgen!', 'de', 'en'),
  auto: () => ask('Ich bin hier.', undefined, 'en'),
  slash: () => ask('Hallo Welt', 'de', 'en', `${address}/`),
  refused: () => ask('Hallo', 'de', 'fr'),
});
