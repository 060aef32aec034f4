// A client of the language server protocol over the standard streams of a program, as small as tests need it.

import { spawn } from 'node:child_process';

/** Starts `command` and returns a client of it. Answers to what the server asks come from `answers`, by method. */
export function start(command, args, answers = {}) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map();
  const heard = [];
  let listeners = [];
  let buffer = Buffer.alloc(0);
  let next = 1;

  const send = (message) => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    child.stdin.write(body);
  };

  const take = (message) => {
    if (message.method && message.id !== undefined) {
      send({ id: message.id, result: answers[message.method]?.(message.params) ?? null });
    } else if (message.method) {
      heard.push(message);
      listeners = listeners.filter((listener) => !listener(message));
    } else {
      const { resolve, reject } = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) reject(new Error(message.error.message));
      else resolve(message.result);
    }
  };

  child.stdout.on('data', (bytes) => {
    buffer = Buffer.concat([buffer, bytes]);
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, end))[1]);
      if (buffer.length < end + 4 + length) return;
      take(JSON.parse(buffer.subarray(end + 4, end + 4 + length)));
      buffer = buffer.subarray(end + 4 + length);
    }
  });

  return {
    notify: (method, params) => send({ method, params }),
    request: (method, params) => new Promise((resolve, reject) => {
      const id = next++;
      waiting.set(id, { resolve, reject });
      send({ id, method, params });
    }),
    /** The first notification from now on that `wanted` takes. */
    next: (method, wanted = () => true) => new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${method} within 20 s; heard ${JSON.stringify(heard.slice(-3))}`)), 20_000);
      listeners.push((message) => {
        if (message.method !== method || !wanted(message.params)) return false;
        clearTimeout(timer);
        resolve(message.params);
        return true;
      });
    }),
    stop: () => new Promise((resolve) => {
      child.on('exit', resolve);
      child.kill();
    }),
  };
}
