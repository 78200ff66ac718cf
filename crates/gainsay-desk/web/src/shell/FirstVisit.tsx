/** What one needs to know, in five points, as a card at the first visit. */
import { signal } from '@preact/signals';
import { t } from '../i18n';
import { recall, remember } from '../memory';
import { path } from '../router';
import { Button } from '../ui';

const POINTS = ['claims', 'voices', 'disputes', 'times', 'decide'] as const;

export function Points() {
  return (
    <ol class="intro-points">
      {POINTS.map((point) => (
        <li key={point}>
          <strong>{t(`intro.${point}`)}</strong> {t(`intro.${point}_more`)}
        </li>
      ))}
    </ol>
  );
}

const seen = signal(recall('welcome') === 'seen');

/** Stands beside the page and blocks nothing; put away once, it does not come again. */
export function FirstVisit() {
  if (seen.value || path.value === '/welcome') return null;
  const done = () => {
    seen.value = true;
    remember('welcome', 'seen');
  };
  return (
    <aside class="intro" aria-label={t('intro.title')}>
      <h2>{t('intro.title')}</h2>
      <Points />
      <div class="row">
        <Button look="main" onClick={done}>{t('intro.done')}</Button>
        <span class="muted small">{t('intro.where')}</span>
      </div>
    </aside>
  );
}
