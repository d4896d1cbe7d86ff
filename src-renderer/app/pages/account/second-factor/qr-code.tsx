import encodeQR from 'qr';
import { useMemo } from 'react';
import styles from './second-factor.module.css';

/** White around the squares, in squares: what readers need (ISO/IEC 18004). */
const QUIET = 4;

/** A text as a QR code, drawn here and sent nowhere. Dark on white in every colour scheme, as readers expect it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => {
    const squares = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
    return {
      path: squares.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join(''),
      size: squares.length,
    };
  }, [text]);
  return (
    <svg
      className={styles.qr}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
