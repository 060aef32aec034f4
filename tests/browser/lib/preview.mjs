// `qingdan serve`, started for a test.

import { spawn } from 'node:child_process';
import { QINGDAN, ROOT } from './site.mjs';

/** Starts a preview of `content` on a free port; returns its address, with `/` at the end, and what ends it. */
export async function preview(content, more = []) {
  const child = spawn(QINGDAN, ['serve', content, '--port', '0', ...more], { cwd: ROOT });
  return { root: await address(child), stop: () => child.kill('SIGKILL') };
}

/** Returns the address that the preview names, with `/` at the end. */
export async function address(child) {
  let said = '';
  return new Promise((found, failed) => {
    const listen = (chunk) => {
      said += chunk;
      const url = /http:\/\/[\w.:[\]]+/.exec(said)?.[0];
      if (url) found(`${url}/`);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', failed);
    child.on('exit', (code) => failed(new Error(`serve ended with ${code}:\n${said}`)));
  });
}
