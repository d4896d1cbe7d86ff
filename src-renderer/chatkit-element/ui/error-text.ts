import type { ChatKitError, ChatKitErrorCode } from '../errors.ts';
import type { Strings } from '../i18n/strings.ts';

const BY_CODE: Readonly<Record<ChatKitErrorCode, keyof Strings>> = {
  configuration: 'configInvalid',
  unauthorized: 'errorUnauthorized',
  not_found: 'threadGone',
  http: 'errorHttp',
  network: 'errorNetwork',
  interrupted: 'errorInterrupted',
  protocol: 'errorProtocol',
  stream: 'errorStream',
  busy: 'errorHttp',
  unsupported: 'errorHttp',
  disconnected: 'errorNetwork',
};

/** What to tell a person: the server's own words where it wrote some for people, ours otherwise. */
export function errorText(error: ChatKitError, strings: Strings): string {
  return serverSpeaks(error) ? error.message : strings[BY_CODE[error.code]];
}

/** Whether the server wrote words of its own for people. */
export function serverSpeaks(error: ChatKitError): boolean {
  return error.forPeople && error.code !== 'unauthorized' && error.message.trim() !== '';
}
