/** A dialog: the browser's own, which keeps the focus in and gives it back, and closes at Esc. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { Button } from './controls';
import './dialog.css';

export interface DialogProps {
  title: string;
  onClose: () => void;
  /** Buttons at its foot. */
  foot?: ComponentChildren;
  wide?: boolean;
  children: ComponentChildren;
}

export function Dialog({ title, onClose, foot, wide = false, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = element.current!;
    dialog.showModal();
    // The browser would begin with the button that closes it.
    dialog.querySelector<HTMLElement>('.stack :is(input:not([hidden]), textarea, select)')?.focus();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={element}
      class={`dialog ${wide ? 'wide' : ''}`}
      aria-labelledby={id}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
      onClick={(event) => event.target === element.current && onClose()}
    >
      <div class="dialog-box">
        <header class="row spread">
          <h2 id={id}>{title}</h2>
          <Button look="quiet" aria-label={t('close')} onClick={onClose}>×</Button>
        </header>
        <div class="stack">{children}</div>
        {foot && <footer class="row">{foot}</footer>}
      </div>
    </dialog>
  );
}
