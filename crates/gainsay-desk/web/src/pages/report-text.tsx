/** The text of a report with every claim marked in it. Text is always text: nothing of it is ever markup. */
import { Component, type ComponentChildren } from 'preact';
import type { Card } from '../api/types';
import { t, word } from '../i18n';
import { familyOf, piecesOf, type Block, type Mark, type Word } from './marks';

export interface Paragraph { block: Block; marks: Mark[] }
interface ChunkProps {
  text: string;
  paragraphs: Paragraph[];
  claims: Card[];
  /** The claim to show, where this chunk has a part of it. */
  shown: number | null;
  words: Word[] | null;
  lang: string | null;
}

/** Some paragraphs: drawn again only when the claim that is shown has to do with them. */
export class Chunk extends Component<ChunkProps> {
  override shouldComponentUpdate(next: ChunkProps) {
    const { text, claims, shown, words, lang } = this.props;
    return next.text !== text || next.claims !== claims || next.shown !== shown || next.words !== words || next.lang !== lang;
  }
  override render() {
    const { text, paragraphs, claims, shown, words } = this.props;
    return (
      <div class="report-chunk">
        {paragraphs.map(({ block, marks }) => (
          <p key={block.start} dir="auto" class={block.goesOn ? 'goes-on' : undefined}>
            {piecesOf(block.start, block.end, marks, shown === null ? [] : (words ?? [])).map((piece) => {
              const words = text.slice(piece.start, piece.end);
              const slots = slotLabel(piece.slots);
              const inner: ComponentChildren = slots ? <span class="slot-words" data-slot={slots}>{words}</span> : words;
              if (piece.claims.length === 0) return slots ? <span key={piece.start}>{inner}</span> : words;
              const families = [...new Set(piece.claims.map((claim) => familyOf(claims[claim]!.kind)))];
              const begins = piece.begins.length > 0;
              return (
                <span
                  key={piece.start}
                  class={`claim-mark family-${families[0]!}${piece.claims.length > 1 ? ' several' : ''}${shown !== null && piece.claims.includes(shown) ? ' shown' : ''}`}
                  data-claims={piece.claims.join(' ')}
                  data-begins={begins ? piece.begins.join(' ') : undefined}
                  role={begins ? 'button' : undefined}
                  tabIndex={begins ? 0 : undefined}
                >
                  {inner}
                </span>
              );
            })}
          </p>
        ))}
      </div>
    );
  }
}

function slotLabel(slots: readonly string[]): string {
  return slots.map((slot) => word('pages.slot', slot)).join(t('list.comma'));
}
