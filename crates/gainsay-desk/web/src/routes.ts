/** Which page stands at which address; each is fetched when first gone to. */
import type { ComponentType } from 'preact';
import { match } from './router';

export interface PageParams { id?: string }
export type PageComponent = ComponentType<PageParams>;
type Load = () => Promise<{ default: PageComponent }>;

export const ROUTES: readonly { pattern: string; load: Load; open?: true }[] = [
  { pattern: '/', load: () => import('./map/MapPage') },
  { pattern: '/place/:id', load: () => import('./pages/PlacePage') },
  { pattern: '/actor/:id', load: () => import('./pages/ActorPage') },
  { pattern: '/source/:id', load: () => import('./pages/SourcePage') },
  { pattern: '/event/:id', load: () => import('./pages/EventPage') },
  { pattern: '/dispute/:id', load: () => import('./pages/DisputePage') },
  { pattern: '/report/:id', load: () => import('./pages/ReportPage') },
  { pattern: '/claim/:id', load: () => import('./pages/ClaimPage') },
  { pattern: '/queue', load: () => import('./queue/QueuePage') },
  { pattern: '/search', load: () => import('./search/SearchPage') },
  { pattern: '/charts', load: () => import('./charts/ChartsPage') },
  { pattern: '/publish', load: () => import('./publish/PublishPage') },
  { pattern: '/add', load: () => import('./add/AddPage') },
  { pattern: '/events', load: () => import('./lists/EventsPage') },
  { pattern: '/disputes', load: () => import('./lists/DisputesPage') },
  { pattern: '/sources', load: () => import('./lists/SourcesPage') },
  { pattern: '/actors', load: () => import('./lists/ActorsPage') },
  { pattern: '/places', load: () => import('./lists/PlacesPage') },
  { pattern: '/reports', load: () => import('./lists/ReportsPage') },
  { pattern: '/claims', load: () => import('./lists/ClaimsPage') },
  { pattern: '/decisions', load: () => import('./decisions/DecisionsPage') },
  { pattern: '/accounts', load: () => import('./accounts/AccountsPage') },
  { pattern: '/account', load: () => import('./accounts/AccountPage') },
  { pattern: '/welcome', load: () => import('./shell/Welcome') },
  { pattern: '/signin', load: () => import('./accounts/SignInPage'), open: true },
];

export const loadNotFound: Load = () => import('./shell/NotFound');

/** Begins to fetch the code of the page at an address, while it is still asked who is there. */
export function fetchAhead(at: string): void {
  ROUTES.find(({ pattern }) => match(pattern, at))?.load().catch(() => {});
}
