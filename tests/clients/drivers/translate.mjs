// Calls of npm's `translate` with its engines for LibreTranslate and DeepL.
import { Translate } from 'translate';
import { tell } from './answers.mjs';

const [address, key] = process.argv.slice(2);
// The host of its engine for DeepL is built in: its requests are sent on, as a proxy would.
const send = globalThis.fetch;
globalThis.fetch = (url, options) => send(String(url).replace(/^https:\/\/api[^/]*/, address), options);

const libre = Translate({ engine: 'libre', key, url: `${address}/translate` });
const slash = Translate({ engine: 'libre', key, url: `${address}//translate` });
const deepl = Translate({ engine: 'deepl', key });
const german = () => ({ from: 'de', to: 'en' }); // it writes into what it gets

await tell({
  libre: () => libre('Guten Morgen!', german()),
  slash: () => slash('Hallo Welt', german()),
  deepl: () => deepl('Guten Morgen!', german()),
  refused: () => libre('Hello', { from: 'en', to: 'fr' }),
  refusedByDeepl: () => deepl('Hello', { from: 'en', to: 'fr' }),
});
