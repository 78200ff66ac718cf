/** The page's title, in the window and for those who hear the page change. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { me } from '../api/client';

export const pageTitle = signal('');

export function useTitle(title: string): void {
  const ledger = me.value?.ledger.name;
  useEffect(() => {
    pageTitle.value = title;
    document.title = [title, ledger, 'gainsay'].filter(Boolean).join(' · ');
  }, [title, ledger]);
}
