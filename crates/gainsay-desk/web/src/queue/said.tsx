/** Several decisions in words: one a line, the rest counted. */
import type { Decision } from '../api/types';
import { DecisionText } from '../decisions/entry';
import { t } from '../i18n';

export function SaidAll({ decisions, most = 5 }: { decisions: readonly Decision[]; most?: number }) {
  return (
    <ul class="said">
      {decisions.slice(0, most).map((decision, at) => (
        <li key={at}><DecisionText decision={decision} /></li>
      ))}
      {decisions.length > most && <li class="muted">{t('queue.said.more', { n: decisions.length - most })}</li>}
    </ul>
  );
}
