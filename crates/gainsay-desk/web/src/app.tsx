/** The desk: the frame around every page, and the page of the address. */
import { Component, type ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, me, whoAmI } from './api/client';
import { listenInSight } from './api/live';
import { forgetNames } from './api/names';
import { asApiError, forgetAnswers, renewed } from './api/use';
import { t } from './i18n';
import { match, navigate, path } from './router';
import { loadNotFound, ROUTES, type PageComponent, type PageParams } from './routes';
import { FirstVisit } from './shell/FirstVisit';
import { BottomNav, SideNav } from './shell/nav';
import { pageTitle } from './shell/title';
import { TopBar } from './shell/top';
import { ErrorBox, KeyHelp, Loading, Toasts } from './ui';
import './shell/shell.css';

interface Found { load: () => Promise<{ default: PageComponent }>; params: PageParams; open: boolean; key: string }

function find(at: string): Found {
  for (const { pattern, load, open } of ROUTES) {
    const params = match(pattern, at);
    if (params) return { load, params, open: open ?? false, key: at };
  }
  return { load: loadNotFound, params: {}, open: false, key: 'not-found' };
}

/** Keeps one page's fault from taking the frame with it. */
class Guard extends Component<{ children: ComponentChildren }, { error: ApiError | null }> {
  override state = { error: null };
  static override getDerivedStateFromError(error: unknown) {
    return { error: asApiError(error) };
  }
  override render() {
    return this.state.error ? <div class="page"><ErrorBox error={this.state.error} again={() => location.reload()} /></div> : this.props.children;
  }
}

/** The page of the address; the one before stays until the next has come. */
function Current({ found }: { found: Found }) {
  const [page, setPage] = useState<{ of: Found['load']; View: PageComponent } | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => {
    let wanted = true;
    setError(null);
    found.load().then(
      (module) => wanted && setPage({ of: found.load, View: module.default }),
      (reason: unknown) => wanted && setError(asApiError(reason)),
    );
    return () => { wanted = false; };
  }, [found.load]);
  if (error) return <div class="page"><ErrorBox error={error} again={() => location.reload()} /></div>;
  if (!page || page.of !== found.load) return <div class="page"><Loading /></div>;
  return <Guard key={found.key}><page.View {...found.params} /></Guard>;
}

export function App() {
  const [error, setError] = useState<ApiError | null>(null);
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const who = me.value;
  const found = find(path.value);

  useEffect(() => {
    whoAmI().catch((reason: unknown) => setError(asApiError(reason)));
  }, []);
  useEffect(() => {
    if (who) {
      renewed.value ??= who.answers.entry;
      return listenInSight();
    }
    if (who === null) {
      // Whoever comes next may not be shown the same.
      forgetAnswers();
      forgetNames();
      renewed.value = null;
    }
    return undefined;
  }, [who?.name, who === null]);
  useEffect(() => {
    if (who === null && !found.open && location.pathname !== '/signin') {
      const next = location.pathname + location.search;
      navigate(next === '/' ? '/signin' : `/signin?next=${encodeURIComponent(next)}`, { replace: true });
    }
  }, [who, found.open]);
  // Whoever hears the page is taken to its beginning when the page changes.
  useEffect(() => {
    if (first.current) first.current = false;
    else main.current?.focus({ preventScroll: true });
  }, [path.value]);

  if (error) return <div class="page"><ErrorBox error={error} again={() => location.reload()} /></div>;
  if (who === undefined || (who === null && !found.open)) return <div class="page"><Loading /></div>;
  if (found.open) {
    return (
      <div class="desk alone">
        <main ref={main} tabIndex={-1}><Current found={found} /></main>
        <Toasts />
      </div>
    );
  }
  return (
    <div class="desk">
      <a class="skip" href="#main">{t('skip')}</a>
      <TopBar />
      <SideNav />
      <main id="main" ref={main} tabIndex={-1}><Current found={found} /></main>
      <BottomNav />
      <p class="visually-hidden" aria-live="polite">{pageTitle.value}</p>
      <FirstVisit />
      <Toasts />
      <KeyHelp />
    </div>
  );
}
