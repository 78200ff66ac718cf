/** What a tree of components says, as plain text: for components without state of their own. */
import type { ComponentChildren, VNode } from 'preact';

export function textOf(node: ComponentChildren): string {
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (Array.isArray(node)) return node.map(textOf).join('');
  if (typeof node !== 'object') return String(node);
  const { type, props } = node as VNode<{ children?: ComponentChildren }>;
  if (type === 'title') return '';
  if (typeof type === 'function') return textOf((type as (props: unknown) => ComponentChildren)(props));
  return textOf(props.children);
}
