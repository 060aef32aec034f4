// Answers at the addresses outside the languages, `/` and the short ones on paper (`/350200/12/`), when there is no
// network: leads to the page that a worker of a language keeps, which has noted where they lead.
'use strict';
var ROOT = self.registration.scope;
var SHORT = /^(\d{6}\/(\d+\/)?)?(index\.html)?$/;

self.addEventListener('install', function () { self.skipWaiting(); });
self.addEventListener('activate', function (event) { event.waitUntil(self.clients.claim()); });
self.addEventListener('fetch', function (event) {
  var request = event.request;
  var name = request.url.slice(ROOT.length).split(/[?#]/)[0];
  if (request.method !== 'GET' || request.mode !== 'navigate' || !SHORT.test(name)) { return; }
  event.respondWith(fetch(request).catch(function (error) {
    return caches.open('qingdan-short ' + ROOT).then(function (store) {
      return store.match(ROOT + name.replace(/index\.html$/, ''));
    }).then(function (found) {
      if (!found) { throw error; }
      return found.text().then(function (route) { return Response.redirect(ROOT + route); });
    });
  }));
});
