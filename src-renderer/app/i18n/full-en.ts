import { administrationEn } from './administration-en.ts';
import { auditEn } from './audit-en.ts';
import { en } from './en.ts';
import { exportEn } from './export-en.ts';
import { governanceEn } from './governance-en.ts';
import { houseSecurityEn } from './house-security-en.ts';
import { keysEn } from './keys-en.ts';
import { peopleEn } from './people-en.ts';
import { settingsEn } from './settings-en.ts';
import { usersEn } from './users-en.ts';

/**
 * Every sentence of the pages, in English, those included that are fetched with the pages that show them: the
 * administration, and the own account. It is also the shape that the other languages must fill.
 */
export const fullEn = {
  ...en,
  administration: { ...en.administration, ...administrationEn },
  audit: auditEn,
  exports: exportEn,
  governance: { ...en.governance, ...governanceEn },
  keys: keysEn,
  people: { ...en.people, ...peopleEn },
  security: { ...en.security, ...houseSecurityEn },
  settings: { ...en.settings, ...settingsEn },
  users: { ...en.users, ...usersEn },
};

export type FullDictionary = typeof fullEn;
