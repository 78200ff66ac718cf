/** What must not happen in any browser window of a walk, whichever page it is on. */

/**
 * Watches a context; what it sees is put into `faults`: requests to another host than the desk, errors on the console (the content
 * security policy speaks there), errors of scripts, answers of 500 and above, dialogs that a script of a report would open.
 */
export function watch(context, base, faults) {
  const put = (fault) => {
    if (faults.length < 50 && !faults.includes(fault)) faults.push(fault);
  };
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${base}/`) && !/^(blob|data|about):/.test(url)) put(`asked of another host: ${url}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) put(`${response.status()} from ${response.request().method()} ${response.url().slice(0, 300)}`);
  });
  context.on('console', (message) => {
    // Answers below 500 are the walk's own matter: a wrong password is answered with 401, and Chromium writes that down.
    if (message.type() !== 'error' || /the server responded with a status of 4\d\d/.test(message.text())) return;
    // The line of live events breaks when a page is left, and is taken up again by the page.
    if (/net::ERR_/.test(message.text()) && message.location().url.endsWith('/api/live')) return;
    put(`console: ${message.text().slice(0, 500)} (${message.location().url.slice(0, 200)})`);
  });
  context.on('weberror', (error) => put(`script: ${String(error.error()?.stack ?? error.error()).slice(0, 500)}`));
  context.on('dialog', (dialog) => {
    put(`a dialog: ${dialog.message().slice(0, 200)}`);
    dialog.dismiss().catch(() => {});
  });
}
