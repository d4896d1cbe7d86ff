/**
 * Imported before everything else. While it builds its schemas, zod tries whether it may compile code, which a strict
 * content security policy blocks and reports as a violation; nothing here needs compiled parsers.
 */
import { z } from 'zod';

z.config({ jitless: true });
