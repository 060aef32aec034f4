// A stand-in for Visual Studio Code: as much of the module `vscode` as the extension asks for, with documents that can be typed in.

import childProcess from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

class Position {
  constructor(line, character) { Object.assign(this, { line, character }); }
}
class Range {
  constructor(start, end) { Object.assign(this, { start, end }); }
}
class Uri {
  constructor(text) { this.text = text; this.scheme = text.split(':')[0]; }
  static parse(text) { return new Uri(text); }
  static file(path) { return new Uri(pathToFileURL(path).href); }
  get fsPath() { return fileURLToPath(this.text); }
  toString() { return this.text; }
}
const plain = (...names) => class { constructor(...values) { names.forEach((name, at) => { this[name] = values[at]; }); } };

class WorkspaceEdit {
  constructor() { this.edits = []; }
  replace(uri, range, text) { this.edits.push({ uri, range, text }); }
}

class Document {
  constructor(uri, text) { Object.assign(this, { uri, text, version: 1, languageId: 'yaml' }); }
  getText() { return this.text; }
  lines() { return this.text.split('\n'); }
  offset({ line, character }) { return this.lines().slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character; }
}

/** Waits until `done` returns something. */
async function until(done, what) {
  for (let times = 0; times < 400; times += 1) {
    const value = done();
    if (value) return value;
    await new Promise((later) => { setTimeout(later, 50); });
  }
  throw new Error(`${what} did not come`);
}

/** Loads the extension at `path` into an editor with one folder open. */
export function load(path, { folder, settings }) {
  const own = { settings: { suggest: 'auto', ...settings }, installed: [], documents: [], errors: [], children: [] };
  const listeners = new Map();
  const on = (name) => (listener) => {
    listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    return { dispose() { /* the editor ends with the test */ } };
  };
  const emit = (name, ...values) => (listeners.get(name) ?? []).forEach((listener) => listener(...values));
  const findings = new Map();
  const providers = {};
  const provide = (name) => (_, provider) => {
    providers[name] = provider;
    return { dispose() { /* as above */ } };
  };
  const vscode = {
    Position, Range, Uri, WorkspaceEdit,
    Location: plain('uri', 'range'), Hover: plain('contents'), MarkdownString: plain('value'),
    Diagnostic: plain('range', 'message', 'severity'), DiagnosticRelatedInformation: plain('location', 'message'),
    CodeAction: plain('title', 'kind'), CompletionItem: plain('label', 'kind'),
    DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
    CodeActionKind: { QuickFix: 'quickfix' }, CompletionItemKind: { Property: 9, Value: 11 },
    env: { language: 'zh-cn' },
    extensions: { getExtension: (name) => own.installed.find((known) => known === name) },
    commands: { registerCommand: () => ({}) },
    window: {
      createOutputChannel: () => ({ append() {}, appendLine() {} }),
      showErrorMessage: (text) => own.errors.push(text),
    },
    workspace: {
      get textDocuments() { return own.documents; },
      workspaceFolders: [{ uri: Uri.file(folder), name: 'demo' }],
      getConfiguration: () => ({ get: (name) => own.settings[name] }),
      createFileSystemWatcher: () => ({ onDidCreate: on('created'), onDidChange: on('disk'), onDidDelete: on('deleted') }),
      onDidOpenTextDocument: on('open'), onDidChangeTextDocument: on('change'), onDidSaveTextDocument: on('save'), onDidCloseTextDocument: on('close'),
    },
    languages: {
      createDiagnosticCollection: () => ({ set: (uri, all) => findings.set(uri.toString(), all), clear: () => findings.clear() }),
      registerCodeActionsProvider: provide('actions'), registerCompletionItemProvider: provide('words'), registerHoverProvider: provide('hover'),
    },
  };
  // The module exists in the editor only; the processes it starts are noted, to end one.
  const spawn = (...words) => {
    const child = childProcess.spawn(...words);
    own.children.push(child);
    return child;
  };
  const stands = { vscode, child_process: { ...childProcess, spawn } };
  const usual = Module._load;
  Module._load = (name, ...more) => stands[name] ?? usual(name, ...more);
  const require = createRequire(path);
  delete require.cache[path];
  const extension = require(path);
  Module._load = usual;

  const where = ([line, character]) => new Position(line, character);
  const wait = (uri, fits) => until(() => {
    const all = findings.get(uri);
    return all && fits(all) ? all : undefined;
  }, `what was found in ${uri}`);
  return Object.assign(own, {
    activate: () => extension.activate({ subscriptions: [] }),
    deactivate: () => extension.deactivate(),
    async open(name, text) {
      const uri = Uri.file(join(folder, name));
      const known = own.documents.find((document) => document.uri.text === uri.text);
      if (known && text === undefined) return known;
      if (known) {
        own.documents.splice(own.documents.indexOf(known), 1);
        emit('close', known);
      }
      const document = new Document(uri, text ?? (existsSync(uri.fsPath) ? readFileSync(uri.fsPath, 'utf8') : ''));
      own.documents.push(document);
      emit('open', document);
      return document;
    },
    type(document, from, to, text) {
      const range = new Range(where(from), where(to));
      const [start, end] = [document.offset(range.start), document.offset(range.end)];
      document.text = document.text.slice(0, start) + text + document.text.slice(end);
      document.version += 1;
      emit('change', { document, contentChanges: [{ range, text }] });
    },
    apply(edit) {
      for (const { uri, range, text } of edit.edits) {
        const document = own.documents.find((known) => known.uri.text === uri.text);
        this.type(document, [range.start.line, range.start.character], [range.end.line, range.end.character], text);
      }
    },
    findings: (document, fits) => wait(document.uri.text, fits),
    findingsOf: (name, fits) => wait(Uri.file(join(folder, name)).text, fits),
    changedOnDisk: (name) => emit('disk', Uri.file(join(folder, name))),
    repairs: (document, diagnostic) => providers.actions.provideCodeActions(document, diagnostic.range, { diagnostics: [diagnostic] }),
    complete: async (document, at) => providers.words.provideCompletionItems(document, where(at)),
    hover: async (document, at) => (await providers.hover.provideHover(document, where(at)))?.contents.value,
    install: (...names) => { own.installed = names; },
    set: (name, value) => { own.settings[name] = value; },
    kill() {
      findings.clear();
      own.killed = own.children.length;
      own.children.at(-1).kill();
    },
    restarted: () => until(() => own.children.length > own.killed, 'another server'),
    complained: () => until(() => own.errors.length > 0, 'a word about it'),
  });
}
