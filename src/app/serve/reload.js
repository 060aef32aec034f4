// Reloads the page when the catalogue was built again, or brings the findings up to date. Only `qingdan serve` hands this file out.
(() => {
  'use strict';
  const script = document.currentScript;
  if (!script || !window.EventSource) return;
  const root = new URL('../', script.src);
  // A worker that another site left at this address would show what that site looked like.
  if (navigator.serviceWorker) {
    navigator.serviceWorker.getRegistrations().then((all) => all.forEach((worker) => worker.unregister())).catch(() => {});
  }
  // At this computer each page leads to the form of what it is about.
  const form = script.getAttribute('data-edit');
  if (form && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname)) {
    const link = document.createElement('a');
    link.href = new URL('_qingdan/edit/' + form, root);
    link.textContent = script.getAttribute('data-edit-words');
    Object.assign(link.style, { position: 'fixed', right: '8px', bottom: '8px', zIndex: 9, padding: '10px 14px', background: '#fff', color: '#0c5b4f', border: '2px solid', borderRadius: '3px', fontWeight: 700 });
    document.body.appendChild(link);
  }
  let source = null;
  let retry = 0;

  // The build this page is from, as `Server-Timing` says. Where that is not known, or a service worker
  // answered with an older page, it is taken to be the one that is current when the connection opens.
  let build = null;
  for (const navigation of performance.getEntriesByType('navigation')) {
    for (const timing of (!navigation.workerStart && navigation.serverTiming) || []) {
      if (timing.name === 'build') build = timing.description;
    }
  }

  // The findings page stands in for another page. It follows each build in place, so that its reader keeps
  // the place; once no error is left it goes back there, and the server decides again.
  const shown = () => document.querySelector('[data-findings]');
  let asking = 0;
  const follow = async () => {
    const question = asking += 1;
    const answer = await fetch(location.href, { cache: 'no-store', credentials: 'same-origin' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = page.querySelector('[data-findings]');
    if (question !== asking) return;
    if (!next) return void location.reload();
    const before = shown();
    const asked = new URLSearchParams(location.search).get('for');
    if (asked !== null && before.dataset.findings === 'errors' && next.dataset.findings !== 'errors') {
      return void location.replace(new URL('./' + asked, root));
    }
    const stay = keepPlace(before);
    before.replaceWith(next);
    stay(next);
    if (before.dataset.left !== next.dataset.left) say(next.dataset.left);
  };

  // Remembers what is open, what has the focus and which finding is at the top of the window; returns what
  // brings all that back in another state of the page. A finding that is gone is stood in for by the next.
  const keepPlace = (before) => {
    const articles = [...before.querySelectorAll('.finding')].filter((article) => article.getClientRects().length);
    const first = articles.findIndex((article) => article.getBoundingClientRect().bottom > 0);
    const isAtHead = first < 1 && (!articles.length || articles[0].getBoundingClientRect().top > 0);
    const top = first < 0 ? 0 : articles[first].getBoundingClientRect().top;
    const ids = articles.map((article) => article.id);
    const order = ids.slice(Math.max(first, 0)).concat(ids.slice(0, Math.max(first, 0)).reverse());
    const name = (details) => details.id || (details.closest('.finding') || details).id;
    const open = [...before.querySelectorAll('details[open]')].map(name);
    const active = before.contains(document.activeElement) ? document.activeElement : null;
    const owner = active && active.closest('.finding');
    const controls = (element) => [...element.querySelectorAll('a, button, summary')];
    const index = active ? controls(owner || before).indexOf(active) : -1;
    return (next) => {
      next.querySelectorAll('details').forEach((details) => { details.open = open.includes(name(details)); });
      const there = (id) => document.getElementById(id);
      const stand = order.map(there).find(Boolean);
      if (stand && !isAtHead) window.scrollBy(0, stand.getBoundingClientRect().top - top);
      if (!active) return;
      const same = owner ? there(owner.id) : next;
      const focus = (same && controls(same)[index]) || stand || next;
      if (!focus.matches('a, button, summary')) focus.tabIndex = -1;
      focus.focus({ preventScroll: true });
    };
  };

  // Says in a status line, politely, how many problems are left.
  let quiet = 0;
  const say = (words) => {
    const line = document.querySelector('.live');
    if (!line) return;
    clearTimeout(quiet);
    const said = document.createElement('p');
    said.textContent = words;
    line.replaceChildren(said);
    quiet = setTimeout(() => line.replaceChildren(), 8000);
  };

  const close = () => {
    clearTimeout(retry);
    if (source) source.close();
    source = null;
  };

  const open = () => {
    close();
    source = new EventSource(new URL('events', script.src));
    source.onmessage = (message) => {
      const isNew = build !== null && message.data !== build;
      build = message.data;
      if (isNew && shown()) {
        // The server is there: it has just spoken. Should it go now, the next event tries again.
        follow().catch(() => {});
      } else if (isNew) {
        close();
        location.reload();
      }
    };
    // After a refusal the browser gives up; after a broken connection it tries again by itself.
    source.onerror = () => {
      if (source && source.readyState === EventSource.CLOSED) retry = setTimeout(open, 1000);
    };
  };

  // Browsers open few connections to one server: pages that nobody sees must not hold them all.
  const listen = () => (document.visibilityState === 'hidden' ? close() : open());
  document.addEventListener('visibilitychange', listen);
  window.addEventListener('pagehide', close);
  // A form that was sent leads on by itself: reloading this page meanwhile would only begin again, and the answer may wait for
  // a build. Where it stays after all, as after a download, it listens again.
  window.addEventListener('beforeunload', () => {
    close();
    retry = setTimeout(listen, 15000);
  });
  window.addEventListener('pageshow', (event) => event.persisted && listen());
  listen();
})();
