/** What stands in place of conversations that are being looked up. */
export function HistorySkeleton({ label }: { label: string }) {
  return (
    <div className="ck-skeleton" role="status" aria-label={label}>
      <i />
      <i />
      <i />
    </div>
  );
}
