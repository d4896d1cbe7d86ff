/** The mark of Foyer: an arch that is a door and a hearth, with a flame in it. Decorative: the name stands beside it. */
export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect width="64" height="64" rx="15" fill="#b0401b" />
      <path d="M12 52V32a20 20 0 0 1 40 0v20h-8.5V32a11.5 11.5 0 0 0-23 0v20z" fill="#fdf3ea" />
      <path
        d="M32 30c5.2 5.6 8 9.8 8 14.3A7.8 7.8 0 0 1 32 52a7.8 7.8 0 0 1-8-7.7C24 39.8 26.8 35.6 32 30z"
        fill="#ffc69b"
      />
    </svg>
  );
}
