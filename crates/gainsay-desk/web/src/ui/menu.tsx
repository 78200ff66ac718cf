/** A button that opens a small panel; a press elsewhere, Esc, or another page closes it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { path } from '../router';

export function Menu({ label, children, class: of }: { label: ComponentChildren; children: ComponentChildren; class?: string }) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => setOpen(false), [path.value]);
  useEffect(() => {
    if (!open) return;
    const away = (event: PointerEvent) => !box.current?.contains(event.target as Node) && setOpen(false);
    addEventListener('pointerdown', away);
    return () => removeEventListener('pointerdown', away);
  }, [open]);
  return (
    <div
      ref={box}
      class={`menu ${of ?? ''}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button ref={button} type="button" class="button quiet" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>{label}</button>
      <div id={id} class="menu-box stack tight" hidden={!open}>{children}</div>
    </div>
  );
}
