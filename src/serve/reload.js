// Reloads the page when the catalogue was built again. Only `qingdan serve` hands this file out.
(() => {
  'use strict';
  const script = document.currentScript;
  if (!script || !window.EventSource) return;
  const root = new URL('../', script.src);
  // A worker that another site left at this address would show what that site looked like.
  if (navigator.serviceWorker) {
    navigator.serviceWorker.getRegistration().then((worker) => worker && worker.unregister()).catch(() => {});
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

  // The findings page stands in for another page: it goes back there, and the server decides again.
  const reload = () => {
    const asked = new URLSearchParams(location.search).get('for');
    const isStandIn = location.pathname === new URL('_qingdan/findings.html', root).pathname;
    if (isStandIn && asked !== null) {
      location.replace(new URL('./' + asked, root));
    } else {
      location.reload();
    }
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
      if (build !== null && message.data !== build) {
        close();
        reload();
      }
      build = message.data;
    };
    // After a refusal the browser gives up; after a broken connection it tries again by itself.
    source.onerror = () => {
      if (source && source.readyState === EventSource.CLOSED) retry = setTimeout(open, 1000);
    };
  };

  // Browsers open few connections to one server: pages that nobody sees must not hold them all.
  const follow = () => (document.visibilityState === 'hidden' ? close() : open());
  document.addEventListener('visibilitychange', follow);
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', (event) => event.persisted && follow());
  follow();
})();
