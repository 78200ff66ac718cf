/** Others at the same desk: an account is made for them by the admin at `page`, and they sign in, in a browser of their own. */
const PASSWORD = 'four unrelated green words';

/** Asks the desk for a change as the pages do; gives status and answer. */
export function ask(page, path, body) {
  return page.evaluate(async ([to, what]) => {
    const { csrf } = await (await fetch('/api/me')).json();
    const answer = await fetch(`/api/${to}`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf': csrf }, body: JSON.stringify(what) });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  }, [path, body]);
}

/** A page at which `name` is signed in as `role`. */
export async function another(page, fresh, { base, name, role }) {
  const made = await ask(page, 'accounts', { name, role, password: PASSWORD });
  if (made.status >= 300) throw new Error(`no account for ${name}: ${made.status} ${JSON.stringify(made.body)}`);
  const theirs = await fresh();
  await theirs.goto(`${base}/signin`);
  await theirs.locator('input[type=password]').fill(PASSWORD);
  await theirs.locator('form input:not([type=password])').first().fill(name);
  await theirs.locator('form button[type=submit]').click();
  await theirs.waitForURL((url) => url.pathname !== '/signin');
  return theirs;
}
