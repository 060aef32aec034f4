// The YAML language server, set up as VS Code sets it up for a catalogue that `qingdan init` made.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { start } from './client.mjs';

const require = createRequire(import.meta.url);
const home = dirname(require.resolve('yaml-language-server/package.json'));

/** Starts the server on the catalogue in `folder`, with the settings that lie there. */
export async function editor(folder) {
  const settings = JSON.parse(readFileSync(join(folder, '.vscode/settings.json'), 'utf8'));
  const section = (name) => Object.fromEntries(
    Object.entries(settings).filter(([key]) => key.startsWith(`${name}.`)).map(([key, value]) => [key.slice(name.length + 1), value]),
  );
  const yaml = { ...section('yaml'), format: { enable: settings['yaml.format.enable'] }, schemaStore: { enable: false } };
  const configuration = { yaml, '[yaml]': settings['[yaml]'], editor: { tabSize: 2 }, files: {}, http: {} };
  const client = start(process.execPath, [join(home, 'bin/yaml-language-server'), '--stdio'], {
    'workspace/configuration': ({ items }) => items.map(({ section: name }) => configuration[name] ?? {}),
  });
  const root = pathToFileURL(folder).href;
  await client.request('initialize', {
    processId: process.pid,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: 'list' }],
    locale: 'zh-cn',
    initializationOptions: { l10nPath: join(home, 'l10n') },
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: { dynamicRegistration: true } },
      textDocument: {
        completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
        hover: { contentFormat: ['markdown'] },
      },
    },
  });
  client.notify('initialized', {});
  client.notify('workspace/didChangeConfiguration', { settings: configuration });

  const opened = new Map();
  /** Shows `text`, in which `|` is the cursor unless there is none, as the file `path`; returns when the server has looked at it. */
  const open = async (path, text, cursor = '|') => {
    const at = cursor ? text.indexOf(cursor) : -1;
    const clean = at < 0 ? text : text.slice(0, at) + text.slice(at + 1);
    const before = text.slice(0, Math.max(at, 0)).split('\n');
    const position = { line: before.length - 1, character: before.at(-1).length };
    const uri = pathToFileURL(join(folder, path)).href;
    const seen = client.next('textDocument/publishDiagnostics', (params) => params.uri === uri);
    const version = (opened.get(uri) ?? 0) + 1;
    opened.set(uri, version);
    if (version === 1) client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version, text: clean } });
    else client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text: clean }] });
    return { at: { textDocument: { uri }, position }, clean, diagnostics: (await seen).diagnostics };
  };

  return {
    /** What is offered at the cursor. */
    complete: async (path, text) => {
      const { at, clean } = await open(path, text);
      const { items } = await client.request('textDocument/completion', at);
      return items.map((item) => ({ ...item, filled: () => filled(clean, at.position, item) }));
    },
    /** What is said of what is under the cursor, as Markdown. */
    hover: async (path, text) => {
      const { at } = await open(path, text);
      return (await client.request('textDocument/hover', at))?.contents?.value ?? '';
    },
    /** What is wrong, as `line:column message`, from 1. */
    validate: async (path, text) => {
      const { diagnostics } = await open(path, text, null);
      return diagnostics.map(({ range: { start: s }, message }) => `${s.line + 1}:${s.character + 1} ${message}`);
    },
    stop: client.stop,
  };
}

/** The text after `item` was chosen, as VS Code does it: choices take the first, other stops stay empty. */
function filled(text, position, item) {
  const lines = text.split('\n');
  const line = lines[position.line];
  const { range, newText } = item.textEdit ?? { range: { start: position, end: position }, newText: item.insertText };
  const indent = /^\s*/.exec(line)[0];
  const plain = newText
    .replace(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\d+/g, '')
    .split('\n')
    .join(`\n${indent}`);
  const before = lines.slice(0, range.start.line).concat(lines[range.start.line].slice(0, range.start.character)).join('\n');
  const after = [lines[range.end.line].slice(range.end.character), ...lines.slice(range.end.line + 1)].join('\n');
  return before + plain + after;
}
