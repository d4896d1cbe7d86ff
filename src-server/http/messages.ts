/** What the interface says to people when something cannot be done, in every language Foyer speaks. */
import type { Locale } from '../context.ts';

const en = {
  invalid_json: 'The request is not valid JSON. Nothing was changed.',
  validation: 'Some values cannot be used. Nothing was changed.',
  invalid_credentials: 'invalid credentials',
  too_many_attempts: 'Too many attempts to sign in. Nothing was changed. Please wait a little and try again.',
  too_many_requests:
    'Foyer is being asked too often from here. Nothing was changed. Please wait a little and try again.',
  too_slow: 'The request did not arrive in time. Nothing was changed. Please try again.',
  unauthorized: 'Please sign in.',
  second_factor_required: 'The password is right. A code of the authenticator app is needed too.',
  second_factor_invalid: 'This code is wrong, or was used before. Try the next one of the app.',
  second_factor_wrong:
    'This code is wrong, or was used before. Nothing was changed. Try the next one of the app.',
  second_factor_on: 'A second factor is set up already. Nothing was changed.',
  challenge_expired: 'This took too long. Nothing was changed. Please sign in again.',
  history_closed:
    'Only you can open your conversations. Nothing is lost: enter your password, or sign in again, to open them.',
  history_opens: 'The password opens these conversations. Nothing was changed.',
  sealed_account:
    'This account is sealed. With a new password its conversations will be unreadable without the recovery code. Nothing was changed. Send accept_loss to go on.',
  sealing_not_allowed: 'Accounts may not be sealed here. Nothing was changed.',
  sealing_required: 'Accounts have to be sealed here. Nothing was changed.',
  account_not_sealed:
    'This account has to be sealed before it can be used. Nothing was changed. Foyer shows how in its window; try again afterwards.',
  recovery_refused:
    'The mail address and the recovery code do not belong together. Nothing was changed. Check both and try again.',
  recovery_code_wrong:
    'This is not the present recovery code of this account. Nothing was changed. Each code counts once: take the newest.',
  recovery_code_mistyped:
    'There is a typing error in the recovery code: it does not check out. Nothing was changed. Compare it sign by sign.',
  recovery_group_wrong: 'This is not the part of the code that was asked for. Nothing was changed.',
  recovery_code_expired:
    'This recovery code was not confirmed in time and does not count. Nothing was changed. Begin again.',
  recovery_code_needed: 'The password is right, and only the recovery code opens these conversations.',
  unseal_needs_keychain:
    'The keychain cannot be read, so nothing but your password could open your conversations. Nothing was changed. Unlock the keychain, restart Foyer and try again.',
  forbidden: 'administrator access required',
  setup_token: 'This set-up link is not valid any more. Use the link of the present start of Foyer.',
  wrong_password: 'The present password is not right. Nothing was changed.',
  bad_origin: 'Requests from this page are not allowed.',
  password_common:
    'This password is among those that are guessed first. Nothing was changed. Take several words that do not belong together.',
  locked: 'This session is locked. Nothing was changed. Unlock it with your PIN or your password.',
  other_person: 'Somebody else uses this window now. Nothing was changed.',
  wrong_pin: 'The PIN is wrong. Check it, or use the password.',
  pin_gone:
    'That was the last wrong PIN: there is no PIN any more. Nothing else was changed. Use the password; a new PIN can be set afterwards.',
  pin_unavailable:
    'The keychain does not answer, so PINs cannot be checked or set now. Nothing was changed. Use the password.',
  password_own_address: 'The password must not be the mail address. Nothing was changed.',
  password_unchanged: 'This is the present password. Nothing was changed. Choose another one.',
  password_change_required:
    'Your password was given to you by an administrator. Nothing was changed. Choose your own password first; until then nothing else works.',
  email_taken: 'There is already an account with this address.',
  not_found: 'This does not exist (any more).',
  setup_done: 'Foyer is already set up. Please sign in.',
  last_administrator: 'This is the last administrator. Make somebody else an administrator first.',
  history_locked:
    'The keychain cannot be read, so a new password would lock this person out of their history. Nothing was changed. Unlock the keychain, restart Foyer and try again.',
  history_unreadable:
    'The password is right, but the key of these conversations is damaged and the keychain does not open it. Nothing was changed. If the keychain is locked, unlock it, restart Foyer and sign in again; if not, put back a backup of the data folder.',
  managed_by_environment: 'This setting is fixed by the environment of Foyer. Change it there.',
  keychain_unavailable: 'The keychain cannot keep the key now. Nothing was changed.',
  search_failed: 'Your conversations could not be searched. Nothing was changed. Try it again.',
  draft_too_large:
    'This draft is too long to be kept (64 kB at most). The draft kept before is unchanged; send it, or shorten it.',
  key_not_accepted:
    'The model server did not accept this key, or could not be asked. The key from before is kept and still used.',
  personal_keys_off:
    'Own keys are not allowed for you at present. Nothing was changed; a key that is already there stays, unused. Ask an administrator to allow them.',
  model_taken: 'Two models cannot have the same id, also on different connections. Nothing was changed.',
  too_large: 'The request is too large. Nothing was changed.',
  unsupported_media_type: 'The body must be JSON (Content-Type: application/json).',
  bad_host: 'This address is not one of Foyer’s own.',
  bad_request: 'The request cannot be understood. Nothing was changed.',
  internal: 'Foyer could not do this. What was saved before is kept. Please try again.',
} as const;

export type ApiErrorCode = keyof typeof en;

const fr: Record<ApiErrorCode, string> = {
  invalid_json: 'La requête n’est pas du JSON valide. Rien n’a été modifié.',
  validation: 'Certaines valeurs sont inutilisables. Rien n’a été modifié.',
  invalid_credentials: 'Adresse ou mot de passe incorrect.',
  too_many_attempts:
    'Trop de tentatives de connexion. Rien n’a été modifié. Patientez un peu, puis réessayez.',
  too_many_requests:
    'Foyer reçoit trop de requêtes d’ici. Rien n’a été modifié. Patientez un peu, puis réessayez.',
  too_slow: 'La requête n’est pas arrivée à temps. Rien n’a été modifié. Veuillez réessayer.',
  unauthorized: 'Veuillez vous connecter.',
  second_factor_required:
    'Le mot de passe est correct. Il faut aussi un code de l’application d’authentification.',
  second_factor_invalid: 'Ce code est faux, ou a déjà servi. Essayez le suivant de l’application.',
  second_factor_wrong:
    'Ce code est faux, ou a déjà servi. Rien n’a été modifié. Essayez le suivant de l’application.',
  second_factor_on: 'Un second facteur est déjà en place. Rien n’a été modifié.',
  challenge_expired: 'Cela a pris trop de temps. Rien n’a été modifié. Reconnectez-vous.',
  history_closed:
    'Vous seul pouvez ouvrir vos conversations. Rien n’est perdu : saisissez votre mot de passe, ou reconnectez-vous, pour les ouvrir.',
  history_opens: 'Le mot de passe ouvre ces conversations. Rien n’a été modifié.',
  sealed_account:
    'Ce compte est scellé. Avec un nouveau mot de passe, ses conversations seront illisibles sans le code de secours. Rien n’a été modifié. Envoyez accept_loss pour continuer.',
  sealing_not_allowed: 'Les comptes ne peuvent pas être scellés ici. Rien n’a été modifié.',
  sealing_required: 'Les comptes doivent être scellés ici. Rien n’a été modifié.',
  account_not_sealed:
    'Ce compte doit être scellé avant de pouvoir servir. Rien n’a été modifié. Foyer montre comment faire dans sa fenêtre ; réessayez ensuite.',
  recovery_refused:
    'L’adresse e-mail et le code de secours ne vont pas ensemble. Rien n’a été modifié. Vérifiez les deux et réessayez.',
  recovery_code_wrong:
    'Ce n’est pas le code de secours actuel de ce compte. Rien n’a été modifié. Chaque code ne sert qu’une fois : prenez le plus récent.',
  recovery_code_mistyped:
    'Le code de secours contient une faute de frappe : sa vérification échoue. Rien n’a été modifié. Comparez-le signe par signe.',
  recovery_group_wrong: 'Ce n’est pas la partie du code demandée. Rien n’a été modifié.',
  recovery_code_expired:
    'Ce code de secours n’a pas été confirmé à temps et ne compte pas. Rien n’a été modifié. Recommencez.',
  recovery_code_needed: 'Le mot de passe est correct, mais seul le code de secours ouvre ces conversations.',
  unseal_needs_keychain:
    'Le trousseau est illisible : rien d’autre que votre mot de passe ne pourrait ouvrir vos conversations. Rien n’a été modifié. Déverrouillez le trousseau, redémarrez Foyer et réessayez.',
  forbidden: 'Réservé aux administrateurs.',
  setup_token: 'Ce lien d’installation n’est plus valable. Utilisez celui du démarrage actuel de Foyer.',
  wrong_password: 'Le mot de passe actuel est incorrect. Rien n’a été modifié.',
  bad_origin: 'Les requêtes de cette page ne sont pas autorisées.',
  password_common:
    'Ce mot de passe est parmi les premiers que l’on devine. Rien n’a été modifié. Prenez plusieurs mots sans lien entre eux.',
  locked:
    'Cette session est verrouillée. Rien n’a été modifié. Déverrouillez-la avec votre code PIN ou votre mot de passe.',
  other_person: 'Quelqu’un d’autre utilise maintenant cette fenêtre. Rien n’a été modifié.',
  wrong_pin: 'Le code PIN est incorrect. Vérifiez-le ou utilisez le mot de passe.',
  pin_gone:
    'C’était le dernier essai : il n’y a plus de code PIN. Rien d’autre n’a été modifié. Utilisez le mot de passe ; vous pourrez ensuite choisir un nouveau code.',
  pin_unavailable:
    'Le trousseau ne répond pas : les codes PIN ne peuvent être ni vérifiés ni choisis pour le moment. Rien n’a été modifié. Utilisez le mot de passe.',
  password_own_address: 'Le mot de passe ne doit pas être l’adresse e-mail. Rien n’a été modifié.',
  password_unchanged: 'C’est le mot de passe actuel. Rien n’a été modifié. Choisissez-en un autre.',
  password_change_required:
    'Votre mot de passe vous a été donné par un administrateur. Rien n’a été modifié. Choisissez d’abord le vôtre ; d’ici là, rien d’autre ne fonctionne.',
  email_taken: 'Il existe déjà un compte avec cette adresse.',
  not_found: 'Cet élément n’existe pas (ou plus).',
  setup_done: 'Foyer est déjà installé. Veuillez vous connecter.',
  last_administrator: 'C’est le dernier administrateur. Nommez d’abord un autre administrateur.',
  history_locked:
    'Le trousseau est illisible : un nouveau mot de passe priverait cette personne de son historique. Rien n’a été modifié. Déverrouillez le trousseau, redémarrez Foyer et réessayez.',
  history_unreadable:
    'Le mot de passe est correct, mais la clé de ces conversations est endommagée et le trousseau ne l’ouvre pas. Rien n’a été modifié. Si le trousseau est verrouillé, déverrouillez-le, redémarrez Foyer et reconnectez-vous ; sinon, remettez une sauvegarde du dossier de données.',
  managed_by_environment: 'Ce réglage est fixé par l’environnement de Foyer. Modifiez-le là-bas.',
  keychain_unavailable: 'Le trousseau ne peut pas conserver la clé pour le moment. Rien n’a été modifié.',
  search_failed: 'La recherche dans vos conversations n’a pas abouti. Rien n’a été modifié. Réessayez.',
  draft_too_large:
    'Ce brouillon est trop long pour être conservé (64 ko au plus). Le précédent est inchangé ; envoyez-le ou raccourcissez-le.',
  key_not_accepted:
    'Le serveur de modèles n’a pas accepté cette clé, ou n’a pas pu être interrogé. La clé précédente est conservée et reste utilisée.',
  personal_keys_off:
    'Les clés personnelles ne vous sont pas permises pour le moment. Rien n’a été modifié ; une clé déjà présente est conservée sans être utilisée. Demandez à un administrateur de les permettre.',
  model_taken:
    'Deux modèles ne peuvent pas avoir le même identifiant, même sur des connexions différentes. Rien n’a été modifié.',
  too_large: 'La requête est trop volumineuse. Rien n’a été modifié.',
  unsupported_media_type: 'Le corps doit être du JSON (Content-Type: application/json).',
  bad_host: 'Cette adresse n’est pas une adresse de Foyer.',
  bad_request: 'La requête est incompréhensible. Rien n’a été modifié.',
  internal: 'Foyer n’a pas pu le faire. Ce qui était enregistré est conservé. Veuillez réessayer.',
};

export const MESSAGES: Record<Locale, Record<ApiErrorCode, string>> = { en, fr };

/** What the ChatKit server refuses, by code: its own messages are English. */
export const CHATKIT_FRENCH: Readonly<Record<string, string>> = {
  validation: 'Certaines valeurs sont inutilisables. Rien n’a été modifié.',
  unknown_operation: 'Cette opération n’existe pas. Rien n’a été modifié.',
  not_found: 'Cet élément n’existe pas (ou plus). Rien n’a été modifié.',
  not_implemented: 'Ce n’est pas proposé ici. Rien n’a été modifié.',
  not_a_widget: 'Seuls les éléments interactifs peuvent envoyer une action. Rien n’a été modifié.',
  not_a_user_message: 'Seul un de vos messages peut être réessayé. Rien n’a été modifié.',
  not_editable: 'Seul un de vos messages peut être modifié. Rien n’a été changé.',
  empty_message: 'Un message ne peut pas être vide. Rien n’a été changé.',
  thread_locked: 'Cette conversation n’accepte plus de messages. Rien n’a été changé.',
  busy: 'Une réponse est en cours dans cette conversation. Rien n’a été changé. Arrêtez-la ou attendez qu’elle soit là.',
  not_pending: 'Cette question n’est plus ouverte. Rien n’a été modifié.',
  no_pending_tool_call:
    'Aucun appel d’outil de cette conversation n’attend de résultat. Rien n’a été modifié.',
  unsupported_media_type: fr.unsupported_media_type,
  run_not_found:
    'Cette réponse n’est pas (ou plus) en cours. Ce qui a été enregistré est dans la conversation : rechargez-la.',
  run_gone:
    'La suite de cette réponse ne peut plus être reprise ici. Rechargez la conversation : ce qui a été enregistré s’y trouve.',
};
