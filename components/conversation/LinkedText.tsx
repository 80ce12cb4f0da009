import { useMemo } from 'preact/hooks';
import { findLinks, type Piece } from './find-links.ts';
import css from './LinkedText.module.css';

/** What a person wrote, as text nodes; addresses and numbers in it can be clicked (CHAT-8). */
export function LinkedText({ text }: { readonly text: string }) {
  const pieces = useMemo(() => findLinks(text), [text]);
  return pieces.map((piece, at) => <OnePiece key={`${at}${piece.text}`} piece={piece} />);
}

function OnePiece({ piece }: { readonly piece: Piece }) {
  if (piece.kind === 'text') return <>{piece.text}</>;
  const elsewhere =
    piece.kind === 'web' ? { target: '_blank', rel: 'noopener noreferrer' } : undefined;
  return (
    <a class={css.link} data-kind={piece.kind} href={piece.href} {...elsewhere}>
      {piece.text}
    </a>
  );
}
