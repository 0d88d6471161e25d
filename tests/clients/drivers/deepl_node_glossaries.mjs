// Calls of deepl-node that make, change and use glossaries.
import { readFile } from 'node:fs/promises';
import * as deepl from 'deepl-node';
import { tell } from './answers.mjs';

const [address, key, source, target] = process.argv.slice(2);
const client = new deepl.DeepLClient(key, { serverUrl: address, maxRetries: 0 });
const unknown = '96ab91fd-e715-41a1-adeb-5d701f84a483';
const terms = new deepl.GlossaryEntries({ entries: { Hallo: 'Greetings', Welt: 'planet' } });
const csv = 'Hallo,Greetings,de,en\n"Welt, alte","planet ""of old""",DE,EN\nWorld,Erde,en,de\n';
const dictionary = (entries) => ({ sourceLangCode: 'de', targetLangCode: 'en', entries });
const entriesOf = async (glossary) =>
  (await client.getMultilingualGlossaryDictionaryEntries(glossary, 'de', 'en')).entries.entries();

const single = await client.createGlossary('Grüße', 'de', 'en-US', terms);
const world = await client.createGlossary('Welt', 'de', 'en', new deepl.GlossaryEntries({ entries: { Welt: 'planet' } }));
const several = await client.createMultilingualGlossary('Mehrere', [dictionary(terms)]);
const more = new deepl.GlossaryEntries({ entries: { Welt: 'earth', Tag: 'day' } });

await tell({
  pairs: () => client.getGlossaryLanguagePairs(),
  created: () => single,
  got: () => client.getGlossary(single.glossaryId),
  entries: async () => (await client.getGlossaryEntries(single)).entries(),
  csv: async () => {
    const made = await client.createGlossaryWithCsv('CSV', 'de', 'en', Buffer.from(csv));
    const entries = (await client.getGlossaryEntries(made)).entries();
    await client.deleteGlossary(made);
    return entries;
  },
  listed: async () => (await client.listGlossaries()).map(({ name }) => name).sort(),
  text: async () =>
    (await client.translateText('Hallo Welt', 'de', 'en-US', { glossary: world })).text,
  texts: async () =>
    (await client.translateText('Hallo Welt', 'de', 'en-US', { glossaryIds: [world] })).text,
  document: async () => {
    await client.translateDocument(source, target, 'de', 'en-US', { glossary: world });
    return readFile(target, 'utf8');
  },
  multilingual: () => client.getMultilingualGlossary(several.glossaryId),
  multilingualEntries: () => entriesOf(several),
  renamed: async () => (await client.updateMultilingualGlossaryName(several, 'Neu')).name,
  updated: async () => {
    await client.updateMultilingualGlossaryDictionary(several, dictionary(more));
    return entriesOf(several);
  },
  updatedWithCsv: async () => {
    await client.updateMultilingualGlossaryDictionaryWithCsv(several, 'de', 'en', 'Tag,daytime');
    return entriesOf(several);
  },
  replaced: async () => {
    const { entryCount } = await client.replaceMultilingualGlossaryDictionary(several, dictionary(more));
    return [entryCount, await entriesOf(several)];
  },
  replacedWithCsv: async () => {
    await client.replaceMultilingualGlossaryDictionaryWithCsv(several, 'de', 'en', csv);
    return entriesOf(several);
  },
  createdWithCsv: async () => {
    const made = await client.createMultilingualGlossaryWithCsv('CSV', 'de', 'en', csv);
    const entries = await entriesOf(made);
    await client.deleteMultilingualGlossary(made);
    return entries;
  },
  multilingualListed: async () => (await client.listMultilingualGlossaries()).map(({ name }) => name).sort(),
  dictionaryDeleted: () => client.deleteMultilingualGlossaryDictionary(several, 'de', 'en'),
  unknownMultilingual: () => client.getMultilingualGlossary(several.glossaryId),
  deleted: () => client.deleteGlossary(single),
  deletedToo: () => client.deleteMultilingualGlossary(world.glossaryId),
  unknown: () => client.getGlossary(unknown),
  unknownEntries: () => client.getGlossaryEntries(single),
  unknownDeleted: () => client.deleteGlossary(unknown),
  noPair: () => client.createGlossary('Falsch', 'de', 'xx', terms),
  duplicate: () => client.createGlossaryWithCsv('Falsch', 'de', 'en', Buffer.from('Welt,world\nWelt,planet')),
  tooLong: () => client.createGlossary('Falsch', 'de', 'en', new deepl.GlossaryEntries({ entries: { ['x'.repeat(501)]: 'y' } })),
  unknownForText: () => client.translateText('Hallo', 'de', 'en-US', { glossary: unknown }),
  left: () => client.listGlossaries(),
});
