/** Where one can go: beside the page on wide screens, at its foot and in a drawer on narrow ones. */
import { useState } from 'preact/hooks';
import { me } from '../api/client';
import { t } from '../i18n';
import { Link, path } from '../router';
import { Dialog, useKeys } from '../ui';
import { navigate } from '../router';

interface Place { to: string; key: string; go: string; may?: 'decide' | 'add' | 'publish' | 'administer' }
const GROUPS: { key: string; places: Place[] }[] = [
  { key: 'read', places: [
    { to: '/', key: 'map', go: 'm' }, { to: '/events', key: 'events', go: 'e' }, { to: '/disputes', key: 'disputes', go: 'd' },
    { to: '/charts', key: 'charts', go: 'c' },
  ] },
  { key: 'look_up', places: [
    { to: '/places', key: 'places', go: 'p' }, { to: '/actors', key: 'actors', go: 'a' }, { to: '/sources', key: 'sources', go: 's' },
    { to: '/reports', key: 'reports', go: 'r' },
  ] },
  { key: 'work', places: [
    { to: '/queue', key: 'queue', go: 'q' }, { to: '/add', key: 'add', go: 'n', may: 'add' },
    { to: '/publish', key: 'publish', go: 'b', may: 'publish' }, { to: '/decisions', key: 'decisions', go: 'l' },
    { to: '/accounts', key: 'accounts', go: 'u', may: 'administer' },
  ] },
];
const FOOT = ['/', '/events', '/queue', '/search'];

function groups() {
  const may = me.value?.may;
  return GROUPS.map((group) => ({ ...group, places: group.places.filter((place) => !place.may || may?.[place.may]) }));
}

function Item({ to, label, onClick }: { to: string; label: string; onClick?: () => void }) {
  const here = to === '/' ? path.value === '/' : path.value === to || path.value.startsWith(`${to.replace(/s$/, '')}/`);
  return <Link to={to} aria-current={here ? 'page' : undefined} onClick={onClick}>{label}</Link>;
}

function Groups({ onGo }: { onGo?: () => void }) {
  return (
    <>
      {groups().map((group) => (
        <section key={group.key}>
          <h2>{t(`nav.group.${group.key}`)}</h2>
          <ul class="plain">
            {group.places.map((place) => <li key={place.to}><Item to={place.to} label={t(`nav.${place.key}`)} {...(onGo ? { onClick: onGo } : {})} /></li>)}
          </ul>
        </section>
      ))}
    </>
  );
}

export function SideNav() {
  useKeys(t('keys.everywhere'), [
    { key: '/', label: t('keys.search'), do: () => document.querySelector<HTMLInputElement>('#search')?.focus() },
    ...groups().flatMap((group) => group.places).map((place) => ({ key: `g ${place.go}`, label: t(`nav.${place.key}`), do: () => navigate(place.to) })),
  ]);
  return <nav class="side-nav" aria-label={t('nav.label')}><Groups /></nav>;
}

export function BottomNav() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <nav class="bottom-nav" aria-label={t('nav.short')}>
        {FOOT.map((to) => <Item key={to} to={to} label={t(`nav.${to === '/' ? 'map' : to.slice(1)}`)} />)}
        <button type="button" onClick={() => setOpen(true)} aria-haspopup="dialog">{t('nav.more')}</button>
      </nav>
      {open && (
        <Dialog title={t('nav.label')} onClose={() => setOpen(false)}>
          <nav class="drawer" aria-label={t('nav.label')}><Groups onGo={() => setOpen(false)} /></nav>
        </Dialog>
      )}
    </>
  );
}
