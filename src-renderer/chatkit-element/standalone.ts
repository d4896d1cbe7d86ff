/** The side-effect entry that becomes `/chatkit.js`: loading it defines the element. */
import { defineChatKitElement } from './index.ts';

defineChatKitElement();
