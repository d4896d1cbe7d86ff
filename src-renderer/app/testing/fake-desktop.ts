import type { DesktopApi } from '../../../src-shared/desktop.ts';

/** A desktop shell that has nothing to say, but for what a test gives it. */
export function fakeDesktop(overrides: Partial<DesktopApi> = {}): DesktopApi {
  return {
    setupToken: async () => null,
    onDownload: () => () => undefined,
    cancelDownload: async () => undefined,
    onProposal: () => () => undefined,
    takeProposal: async () => null,
    ...overrides,
  };
}
