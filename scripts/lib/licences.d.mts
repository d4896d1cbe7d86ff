export function collectLicences(): {
  packages: { name: string; version: string; licence: string; texts: number[] }[];
  texts: string[];
};
