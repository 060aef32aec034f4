// Starts the language server of qingdan and hands on what editor and server say to each other: findings as one types, and quick fixes.
// Where no YAML extension is, words to choose from and what fields are for come from the schemas beside the catalogue (suggest.js).
'use strict';

const vscode = require('vscode');
const { spawn } = require('child_process');
const { existsSync, readFileSync } = require('fs');
const path = require('path');
const { complete, hover } = require('./suggest.js');

const SELECTOR = [{ scheme: 'file', pattern: '**/*.{yaml,yml}' }, { scheme: 'file', pattern: '**/*.md' }];
/** The extension that reads the same schemas, and knows more of YAML. */
const YAML = 'redhat.vscode-yaml';
/** So many times in a row a server that ended is started again. */
const MOST_STARTS = 5;

/** One server: messages by the Language Server Protocol over its streams. */
class Server {
  constructor(command, folder, log, heard, ended) {
    this.waiting = new Map();
    this.last = 0;
    this.rest = Buffer.alloc(0);
    this.heard = heard;
    this.child = spawn(command, ['lsp'], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.on('error', (error) => this.end(error, ended));
    this.child.on('exit', (code) => this.end(new Error(`qingdan lsp: ${code}`), ended));
    this.child.stdin.on('error', () => { /* it ended, which is told above */ });
    this.child.stdout.on('data', (bytes) => this.take(bytes));
    this.child.stderr.on('data', (bytes) => log(bytes.toString()));
  }

  end(error, ended) {
    if (this.isOver) return;
    this.isOver = true;
    for (const { failed } of this.waiting.values()) failed(error);
    this.waiting.clear();
    ended(error);
  }

  send(message) {
    if (this.isOver) return;
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }), 'utf8');
    this.child.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  tell(method, params) {
    this.send({ method, params });
  }

  ask(method, params) {
    if (this.isOver) return Promise.reject(new Error('qingdan lsp'));
    this.last += 1;
    const id = this.last;
    this.send({ id, method, params });
    return new Promise((done, failed) => { this.waiting.set(id, { done, failed }); });
  }

  take(bytes) {
    this.rest = Buffer.concat([this.rest, bytes]);
    for (;;) {
      const end = this.rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = /content-length:\s*(\d+)/i.exec(this.rest.slice(0, end).toString());
      const size = length ? Number(length[1]) : 0;
      if (this.rest.length < end + 4 + size) return;
      const body = this.rest.slice(end + 4, end + 4 + size).toString('utf8');
      this.rest = this.rest.slice(end + 4 + size);
      this.hear(JSON.parse(body));
    }
  }

  hear(message) {
    if (message.method === undefined) {
      const { done, failed } = this.waiting.get(message.id) || {};
      this.waiting.delete(message.id);
      if (message.error) failed?.(new Error(message.error.message));
      else done?.(message.result);
    } else if (message.id !== undefined) {
      // What the server asks of the editor: files are watched anyhow.
      this.send({ id: message.id, result: null });
    } else {
      this.heard(message.method, message.params);
    }
  }

  async stop() {
    if (this.isOver) return;
    this.isStopped = true;
    const late = setTimeout(() => this.child.kill(), 2000);
    try {
      await this.ask('shutdown', null);
      this.tell('exit', null);
    } catch (error) { /* it is gone already */ }
    this.child.once('exit', () => clearTimeout(late));
  }
}

const place = (position) => new vscode.Position(position.line, position.character);
const range = (known) => new vscode.Range(place(known.start), place(known.end));
const spot = (position) => ({ line: position.line, character: position.character });
const stretch = (known) => ({ start: spot(known.start), end: spot(known.end) });

/** Returns what a server found, as the editor shows it; what the server said goes back with questions. */
function shown(found) {
  const levels = [vscode.DiagnosticSeverity.Error, vscode.DiagnosticSeverity.Warning, vscode.DiagnosticSeverity.Information, vscode.DiagnosticSeverity.Hint];
  const diagnostic = new vscode.Diagnostic(range(found.range), found.message, levels[(found.severity || 1) - 1]);
  diagnostic.source = found.source;
  const link = found.codeDescription && found.codeDescription.href;
  diagnostic.code = link ? { value: found.code, target: vscode.Uri.parse(link) } : found.code;
  diagnostic.relatedInformation = (found.relatedInformation || []).map((related) => new vscode.DiagnosticRelatedInformation(
    new vscode.Location(vscode.Uri.parse(related.location.uri), range(related.location.range)), related.message));
  diagnostic.said = found;
  return diagnostic;
}

/** Returns the changes of a repair. */
function changes(edit) {
  const made = new vscode.WorkspaceEdit();
  const add = (uri, edits) => edits.forEach((one) => made.replace(vscode.Uri.parse(uri), range(one.range), one.newText));
  for (const [uri, edits] of Object.entries(edit.changes || {})) add(uri, edits);
  for (const change of edit.documentChanges || []) if (change.textDocument) add(change.textDocument.uri, change.edits);
  return made;
}

/** Returns the folder of the catalogue that a file is in. */
function catalogueOf(file) {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'site.yaml'))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** Returns the schema of a file: that of its first line, else by its name. Kept until it changes on the disk. */
function schemaOf(document) {
  const folder = catalogueOf(document.uri.fsPath);
  if (!folder) return undefined;
  const own = path.join(folder, '.qingdan', 'schema');
  const line = /^#\s*yaml-language-server:\s*\$schema=(\S+)/m.exec(document.getText().slice(0, 400));
  const name = path.basename(document.uri.fsPath).replace(/\.ya?ml$/, '');
  const usual = path.basename(path.dirname(document.uri.fsPath)) === 'forms' ? 'form' : /^\d/.test(name) ? 'edition' : name;
  const file = line ? path.resolve(path.dirname(document.uri.fsPath), line[1]) : path.join(own, `${usual}.json`);
  // Only schemas of the catalogue are read.
  if (path.dirname(file) !== own || !existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return undefined;
  }
}

function suggests() {
  const wanted = vscode.workspace.getConfiguration('qingdan').get('suggest');
  return wanted === 'on' || (wanted !== 'off' && !vscode.extensions.getExtension(YAML));
}

/** Whatever lasts as long as the extension. */
class Desk {
  constructor(context) {
    this.log = vscode.window.createOutputChannel('qingdan');
    this.findings = vscode.languages.createDiagnosticCollection('qingdan');
    this.starts = 0;
    context.subscriptions.push(this.log, this.findings);
  }

  async start() {
    const command = vscode.workspace.getConfiguration('qingdan').get('path') || 'qingdan';
    const folders = (vscode.workspace.workspaceFolders || []).map((folder) => ({ uri: folder.uri.toString(), name: folder.name }));
    const first = vscode.workspace.workspaceFolders && vscode.workspace.workspaceFolders[0];
    const server = new Server(command, first && first.uri.fsPath, (text) => this.log.append(text), (method, params) => this.hear(method, params), (error) => this.ended(server, error));
    this.server = server;
    try {
      await server.ask('initialize', {
        processId: process.pid,
        locale: vscode.env.language,
        rootUri: folders.length ? folders[0].uri : null,
        workspaceFolders: folders,
        capabilities: { workspace: { workspaceEdit: { documentChanges: true }, didChangeWatchedFiles: { dynamicRegistration: false } }, textDocument: { publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true }, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } } } },
      });
    } catch (error) {
      return;
    }
    server.tell('initialized', {});
    vscode.workspace.textDocuments.forEach((document) => this.open(document));
  }

  /** Starts a server that ended by itself again, but not for ever. */
  ended(server, error) {
    this.findings.clear();
    if (server.isStopped || server !== this.server) return;
    this.log.appendLine(String(error.message));
    this.starts += 1;
    if (error.code === 'ENOENT' || this.starts >= MOST_STARTS) {
      vscode.window.showErrorMessage(vscode.env.language.startsWith('zh')
        ? `清单：启动不了 qingdan（${error.message}）。请在设置 qingdan.path 里写上它在哪里。`
        : `qingdan cannot be started (${error.message}). Say in the setting qingdan.path where it is.`);
      return;
    }
    this.start();
  }

  async stop() {
    await this.server?.stop();
    this.findings.clear();
  }

  hear(method, params) {
    if (method === 'textDocument/publishDiagnostics') {
      this.findings.set(vscode.Uri.parse(params.uri), params.diagnostics.map(shown));
    } else if (method === 'window/logMessage' || method === 'window/showMessage') {
      this.log.appendLine(params.message);
    }
  }

  isOurs(document) {
    return document.uri.scheme === 'file' && /\.(ya?ml|md)$/.test(document.uri.fsPath) && catalogueOf(document.uri.fsPath) !== undefined;
  }

  open(document) {
    if (!this.isOurs(document)) return;
    this.server.tell('textDocument/didOpen', { textDocument: { uri: document.uri.toString(), languageId: document.languageId, version: document.version, text: document.getText() } });
  }

  change({ document, contentChanges }) {
    if (!this.isOurs(document) || !contentChanges.length) return;
    this.server.tell('textDocument/didChange', {
      textDocument: { uri: document.uri.toString(), version: document.version },
      contentChanges: contentChanges.map((one) => ({ range: stretch(one.range), text: one.text })),
    });
  }

  tell(method, document) {
    if (this.isOurs(document)) this.server.tell(method, { textDocument: { uri: document.uri.toString() } });
  }

  /** A file changed on the disk: 1 is new, 2 changed, 3 gone. */
  changed(uri, type) {
    this.server.tell('workspace/didChangeWatchedFiles', { changes: [{ uri: uri.toString(), type }] });
  }

  async repairs(document, where, context) {
    const known = context.diagnostics.filter((one) => one.said);
    if (!known.length || !this.isOurs(document)) return [];
    const answer = await this.server.ask('textDocument/codeAction', {
      textDocument: { uri: document.uri.toString() }, range: stretch(where), context: { diagnostics: known.map((one) => one.said) },
    });
    return (answer || []).filter((one) => one.edit).map((one) => {
      const action = new vscode.CodeAction(one.title, vscode.CodeActionKind.QuickFix);
      action.edit = changes(one.edit);
      action.isPreferred = one.isPreferred;
      action.diagnostics = known.filter((diagnostic) => (one.diagnostics || []).some((said) => JSON.stringify(said) === JSON.stringify(diagnostic.said)));
      return action;
    });
  }
}

function words(document, position) {
  const schema = suggests() && schemaOf(document);
  if (!schema) return [];
  return complete(schema, document.getText(), position.line, position.character).map((one, at) => {
    const item = new vscode.CompletionItem(one.label, one.kind === 'key' ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.Value);
    item.insertText = one.insert;
    item.range = new vscode.Range(new vscode.Position(position.line, one.from), position);
    item.documentation = new vscode.MarkdownString(one.detail);
    // In the order of the fields.
    item.sortText = String(at).padStart(4, '0');
    return item;
  });
}

function told(document, position) {
  const schema = suggests() && schemaOf(document);
  const text = schema && hover(schema, document.getText(), position.line, position.character);
  return text ? new vscode.Hover(new vscode.MarkdownString(text)) : undefined;
}

let desk;

async function activate(context) {
  desk = new Desk(context);
  const { workspace, languages, commands } = vscode;
  const watcher = workspace.createFileSystemWatcher('**/*.{yaml,yml,md,lock}');
  context.subscriptions.push(
    watcher,
    watcher.onDidCreate((uri) => desk.changed(uri, 1)),
    watcher.onDidChange((uri) => desk.changed(uri, 2)),
    watcher.onDidDelete((uri) => desk.changed(uri, 3)),
    workspace.onDidOpenTextDocument((document) => desk.open(document)),
    workspace.onDidChangeTextDocument((event) => desk.change(event)),
    workspace.onDidSaveTextDocument((document) => desk.tell('textDocument/didSave', document)),
    workspace.onDidCloseTextDocument((document) => desk.tell('textDocument/didClose', document)),
    languages.registerCodeActionsProvider(SELECTOR, { provideCodeActions: (...words) => desk.repairs(...words) }, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
    languages.registerCompletionItemProvider(SELECTOR[0], { provideCompletionItems: words }, ' ', ':', '-'),
    languages.registerHoverProvider(SELECTOR[0], { provideHover: told }),
    commands.registerCommand('qingdan.restart', async () => {
      await desk.stop();
      desk.starts = 0;
      await desk.start();
    }),
  );
  await desk.start();
}

const deactivate = () => desk?.stop();

module.exports = { activate, deactivate };
