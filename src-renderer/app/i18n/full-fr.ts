import { administrationFr } from './administration-fr.ts';
import { auditFr } from './audit-fr.ts';
import { exportFr } from './export-fr.ts';
import { fr } from './fr.ts';
import type { FullDictionary } from './full-en.ts';
import { governanceFr } from './governance-fr.ts';
import { houseSecurityFr } from './house-security-fr.ts';
import { keysFr } from './keys-fr.ts';
import { peopleFr } from './people-fr.ts';
import { settingsFr } from './settings-fr.ts';
import { usersFr } from './users-fr.ts';

/** Every sentence of the pages, in French. */
export const fullFr: FullDictionary = {
  ...fr,
  administration: { ...fr.administration, ...administrationFr },
  audit: auditFr,
  exports: exportFr,
  governance: { ...fr.governance, ...governanceFr },
  keys: keysFr,
  people: { ...fr.people, ...peopleFr },
  security: { ...fr.security, ...houseSecurityFr },
  settings: { ...fr.settings, ...settingsFr },
  users: { ...fr.users, ...usersFr },
};
