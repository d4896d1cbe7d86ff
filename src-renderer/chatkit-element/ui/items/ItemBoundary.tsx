import { Component, type ReactNode } from 'react';

interface ItemBoundaryProps {
  children: ReactNode;
  /** Shown in place of an item that cannot be drawn. */
  note: string;
  onError(error: unknown): void;
}

/** Keeps one item that cannot be drawn from taking the whole conversation with it. */
export class ItemBoundary extends Component<ItemBoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: unknown) {
    this.props.onError(error);
  }

  override render() {
    return this.state.failed ? <p className="ck-muted">{this.props.note}</p> : this.props.children;
  }
}
