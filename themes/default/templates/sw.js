// Keeps the pages of the places that were visited, so that they can be read without a network.
//
// Each place has one pack: all its pages and what they need, of one build, in one file. It is stored in
// one step or not at all, so that pages and styles of different builds never mix. Pages come from the network
// if it answers within three seconds, else from the newest pack that has them, with a note that says of when.
'use strict';
var LANGUAGE = '{{ lang.tag }}';
var SCOPE = self.registration.scope;
var ROOT = SCOPE.replace(/[^/]*\/$/, '');
var STORE = 'qingdan-1 ' + SCOPE;
var BUDGET = 400000;
var PATIENCE = 3000;
// A name that changes with the content: what has one never changes.
var LASTING = /[\w./-]+\.[0-9a-f]{8,}\.\w+/g;
var TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript', json: 'application/json', svg: 'image/svg+xml' };
var POLICY = "{{ data.policy }}";
// Packs that were unpacked since the worker started.
var opened = {};

self.addEventListener('install', function () { self.skipWaiting(); });
self.addEventListener('activate', function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) {
      return /^qingdan-/.test(name) && name.slice(-SCOPE.length - 1) === ' ' + SCOPE && name !== STORE;
    }).map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});
// A page says which pack it belongs to.
self.addEventListener('message', function (event) {
  var pack = event.data && event.data.keep;
  if (!pack || pack.indexOf(SCOPE) !== 0) { return; }
  event.waitUntil(keep(event.data.small ? small(pack) : pack).catch(function () { /* the next visit tries again */ }));
});
self.addEventListener('fetch', function (event) {
  var request = event.request;
  if (request.method !== 'GET' || request.url.indexOf(ROOT) !== 0) { return; }
  if (request.mode === 'navigate') {
    event.respondWith(page(request));
  } else if (path(request.url).search(LASTING) === 0) {
    event.respondWith(asset(request));
  }
});

// Answers with a page: from the network, unless that fails or takes too long and the page is stored.
function page(request) {
  var stored = packWith(request.url);
  var network = fetch(request);
  return new Promise(function (resolve, reject) {
    var late;
    function fallBack(error) {
      stored.then(function (pack) { return pack ? answer(pack, request.url) : instead(request.url, error); }).then(resolve, reject);
    }
    stored.then(function (pack) { if (pack) { late = setTimeout(fallBack, PATIENCE); } });
    network.then(function (response) {
      return stored.then(function (pack) { return pack ? whole(response) : response; });
    }).then(resolve, fallBack).then(function () { clearTimeout(late); });
  });
}

// Waits until a page and what it needs have arrived: never a new page without its new styles.
function whole(response) {
  if (response.status >= 500) { throw new Error(response.status); }
  if (!response.ok) { return response; }
  return Promise.all([response.clone().text(), packs()]).then(function (got) {
    var needed = (got[0].match(/ (?:src|href)="[^"]*"/g) || []).map(function (link) {
      return path(new URL(link.slice(link.indexOf('"') + 1, -1), response.url).href);
    }).filter(function (name) {
      return /\.(css|js)$/.test(name) && name.search(LASTING) === 0 && !got[1].some(function (pack) { return has(pack, name); });
    });
    return Promise.all(needed.map(function (name) {
      return fetch(ROOT + name).then(function (file) { if (!file.ok) { throw new Error(name); } return file.blob(); });
    }));
  }).then(function () { return response; });
}

// Answers with a style, script or picture, which never changes: from an unpacked pack, from the browser's
// own cache or the network, else from a pack.
function asset(request) {
  var known = Object.keys(opened).filter(function (url) { return opened[url].files[path(request.url)] !== undefined; })[0];
  if (known) { return Promise.resolve(reply(opened[known], path(request.url))); }
  return fetch(request).catch(function (error) {
    return packWith(request.url).then(function (pack) { if (!pack) { throw error; } return answer(pack, request.url); });
  });
}

// Answers for a page that is not stored: leads to where it leads, or to the list of the nearest place that is.
function instead(url, error) {
  return packs().then(function (all) {
    return Promise.all(all.map(unpack)).then(function (contents) {
      var leads = contents.map(function (content) { return content.leads[path(url)]; }).filter(Boolean)[0];
      return leads ? Response.redirect(ROOT + leads) : nearest(all, url, error);
    });
  });
}

function nearest(all, url, error) {
  return Promise.resolve().then(function () {
    var near = all.filter(function (pack) { return url.indexOf(pack.url.replace(/[^/]*$/, '')) === 0; });
    near.sort(function (a, b) { return b.url.length - a.url.length; });
    var pack = near[0] || all[0];
    if (!pack) { throw error; }
    return unpack(pack).then(function (content) { return Response.redirect(ROOT + content.home + '?missing'); });
  });
}

// Returns the stored packs, the newest first: address, day and names of files, still packed.
function packs() {
  return caches.open(STORE).then(function (store) {
    return store.keys().then(function (keys) {
      return Promise.all(keys.reverse().map(function (key) {
        return store.match(key).then(function (response) {
          return { url: key.url, response: response, day: response.headers.get('X-Day'), files: response.headers.get('X-Files').split(' ') };
        });
      }));
    });
  });
}

function has(pack, name) { return pack.files.indexOf(name) >= 0; }

function packWith(url) {
  return packs().then(function (all) { return all.filter(function (pack) { return has(pack, path(url)); })[0]; });
}

function answer(pack, url) {
  return unpack(pack).then(function (content) { return reply(content, path(url), /\?missing$/.test(url)); });
}

function reply(content, name, missing) {
  var text = content.files[name];
  var type = TYPES[name.split('.').pop()] || 'text/plain';
  if (type === 'text/html') {
    var note = (missing ? content.missing : content.kept).split('{day}').join(day(content.day));
    text = text.replace(/<main[^>]*>/, function (tag) { return tag + note; });
  }
  return new Response(text, { headers: { 'Content-Type': type + '; charset=utf-8', 'Content-Security-Policy': POLICY } });
}

function day(iso) {
  var at = new Date(iso);
  try {
    return at.toLocaleDateString(LANGUAGE, { year: 'numeric', month: 'long', day: 'numeric' });
  } catch (e) {
    return iso.slice(0, 10);
  }
}

// Returns the name of a file in the site.
function path(url) {
  var name = url.slice(ROOT.length).split(/[?#]/)[0];
  return name === '' || name.slice(-1) === '/' ? name + 'index.html' : name;
}

function small(pack) { return pack.replace(/\.bin$/, '-small.bin'); }

function unpack(pack) {
  var known = opened[pack.url];
  if (known && known.day === pack.day) { return Promise.resolve(known); }
  return pack.response.arrayBuffer().then(function (bytes) {
    var content = read(bytes);
    content.day = pack.day;
    opened[pack.url] = content;
    return content;
  });
}

function read(bytes) { return JSON.parse(new TextDecoder().decode(inflate(new Uint8Array(bytes)))); }

// Stores a pack as it is now. What is kept longest gives way to it.
function keep(url) {
  return fetch(url, { cache: 'no-cache' }).then(function (response) {
    if (!response.ok) { throw new Error(url); }
    var at = new Date(response.headers.get('Date') || Date.now()).toISOString();
    return Promise.all([response.arrayBuffer(), caches.open(STORE), bytesOf(url, at)]).then(function (got) {
      var bytes = got[0];
      var store = got[1];
      if (same(bytes, got[2])) { return null; }
      // Read before it is stored: half a file is not.
      var content = read(bytes);
      var files = Object.keys(content.files).join(' ');
      var headers = { 'X-Day': at, 'X-Files': files, 'Content-Length': String(bytes.byteLength) };
      return store.put(url, new Response(bytes, { headers: headers })).then(function () {
        return /-small\.bin$/.test(url) || store.delete(small(url));
      }).then(function () { return note(content.leads); }).then(function () { return makeRoom(store); });
    });
  });
}

// Notes where the addresses outside the languages lead, for the worker of the root.
function note(leads) {
  return caches.open('qingdan-short ' + ROOT).then(function (store) {
    var outside = Object.keys(leads).filter(function (from) { return (ROOT + from).indexOf(SCOPE) !== 0; });
    var home = store.put(ROOT, new Response(SCOPE.slice(ROOT.length) + 'index.html'));
    return Promise.all([home].concat(outside.filter(function (from) { return from !== 'index.html'; }).map(function (from) {
      return store.put(ROOT + from.replace(/index\.html$/, ''), new Response(leads[from]));
    })));
  });
}

// Returns the bytes of a pack that was stored or found to be current on the same day.
function bytesOf(url, at) {
  return packs().then(function (all) {
    var pack = all.filter(function (known) { return known.url === url && known.day.slice(0, 10) === at.slice(0, 10); })[0];
    return pack && pack.response.arrayBuffer();
  });
}

function same(one, other) {
  if (!other || one.byteLength !== other.byteLength) { return false; }
  var bytes = new Uint8Array(other);
  return new Uint8Array(one).every(function (byte, at) { return byte === bytes[at]; });
}

function makeRoom(store) {
  var left = BUDGET;
  return packs().then(function (all) {
    return Promise.all(all.map(function (pack, at) {
      left -= Number(pack.response.headers.get('Content-Length'));
      return at > 0 && left < 0 && store.delete(pack.url);
    }));
  });
}

// Unpacks gzip (RFC 1952, 1951) without the help of the browser, of which older ones have none.
function inflate(bytes) {
  var out = new Uint8Array(new DataView(bytes.buffer).getUint32(bytes.length - 4, true));
  var end = 0;
  var at = 10;
  var used = 0;
  function bits(count) {
    var value = 0;
    for (var n = 0; n < count; n += 1) {
      if (at >= bytes.length) { throw new Error('not a pack'); }
      value |= ((bytes[at] >> used) & 1) << n;
      used += 1;
      if (used === 8) { used = 0; at += 1; }
    }
    return value;
  }
  function tree(lengths) {
    var counts = new Uint16Array(16);
    lengths.forEach(function (length) { counts[length] += 1; });
    counts[0] = 0;
    var starts = new Uint16Array(16);
    for (var n = 1; n < 16; n += 1) { starts[n] = starts[n - 1] + counts[n - 1]; }
    var symbols = [];
    lengths.forEach(function (length, symbol) { if (length) { symbols[starts[length]] = symbol; starts[length] += 1; } });
    return { counts: counts, symbols: symbols };
  }
  function symbol(of) {
    var code = 0;
    var first = 0;
    var index = 0;
    for (var length = 1; length < 16; length += 1) {
      code |= bits(1);
      var count = of.counts[length];
      if (code - count < first) { return of.symbols[index + code - first]; }
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Error('not a pack');
  }
  function lengths(count, of) {
    var all = [];
    while (all.length < count) {
      var next = symbol(of);
      var again = next < 16 ? 1 : next === 16 ? 3 + bits(2) : next === 17 ? 3 + bits(3) : 11 + bits(7);
      var length = next < 16 ? next : next === 16 ? all[all.length - 1] : 0;
      for (; again > 0; again -= 1) { all.push(length); }
    }
    return all;
  }
  function block(literals, distances) {
    for (var next = symbol(literals); next !== 256; next = symbol(literals)) {
      if (next < 256) { out[end] = next; end += 1; continue; }
      next -= 257;
      var more = next < 8 || next === 28 ? 0 : (next >> 2) - 1;
      var length = next === 28 ? 258 : next < 8 ? next + 3 : ((4 + (next & 3)) << more) + 3 + bits(more);
      var far = symbol(distances);
      more = far < 4 ? 0 : (far >> 1) - 1;
      var distance = far < 4 ? far + 1 : ((2 + (far & 1)) << more) + 1 + bits(more);
      for (; length > 0; length -= 1) { out[end] = out[end - distance]; end += 1; }
    }
  }
  function fixed() {
    var all = [];
    for (var n = 0; n < 288; n += 1) { all.push(n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8); }
    var same = [];
    for (n = 0; n < 30; n += 1) { same.push(5); }
    block(tree(all), tree(same));
  }
  function dynamic() {
    var literals = bits(5) + 257;
    var distances = bits(5) + 1;
    var codes = bits(4) + 4;
    var order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    var first = [];
    for (var n = 0; n < 19; n += 1) { first.push(0); }
    for (n = 0; n < codes; n += 1) { first[order[n]] = bits(3); }
    var all = lengths(literals + distances, tree(first));
    block(tree(all.slice(0, literals)), tree(all.slice(literals)));
  }
  function plain() {
    if (used) { used = 0; at += 1; }
    var length = bits(16);
    at += 2;
    for (; length > 0; length -= 1) { out[end] = bytes[at]; end += 1; at += 1; }
  }
  for (var last = 0; !last;) {
    last = bits(1);
    [plain, fixed, dynamic][bits(2)]();
  }
  if (end !== out.length) { throw new Error('not a pack'); }
  return out;
}
