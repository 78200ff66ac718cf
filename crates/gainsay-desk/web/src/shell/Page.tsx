/** A page: its title, what stands beside it, its matter. */
import type { ComponentChildren } from 'preact';
import { useTitle } from './title';

export interface PageProps {
  title: string;
  /** Above the title: what kind of page this is. */
  over?: ComponentChildren;
  /** Beside the title: buttons. */
  aside?: ComponentChildren;
  /** Without the title on screen, where the page has its own. */
  bare?: boolean;
  /** Over the whole breadth and height, as the map is. */
  full?: boolean;
  children: ComponentChildren;
}

export function Page({ title, over, aside, bare = false, full = false, children }: PageProps) {
  useTitle(title);
  return (
    <div class={full ? 'page full' : 'page stack'}>
      <header class={bare || full ? 'visually-hidden' : 'page-head'}>
        <div>
          {over && <p class="page-over">{over}</p>}
          <h1 dir="auto">{title}</h1>
        </div>
        {aside && <div class="row">{aside}</div>}
      </header>
      {children}
    </div>
  );
}
