/** Which new passwords are refused: those that a guesser tries first. The length is the schema's matter. */

/** `common`: among the commonest; `own-address`: the person's mail address, or what stands before its @. */
export type PasswordProblem = 'common' | 'own-address';

/** How many of the commonest passwords are refused. */
const COMMONEST = 10_000;
/** What is put around a common password to make it long, at most; more than that is a password of its own. */
const DECORATION = 8;

/** Loaded when first asked for: the list takes a megabyte. */
async function loadCommonest(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].slice(0, COMMONEST).map(fold));
}

/** Compares in any case and any Unicode form, and looks below digits and signs at the edges and below repetition. */
export function passwordPolicy() {
  let commonest: Promise<ReadonlySet<string>> | null = null;

  /** Null for a password that may be taken. @param email whose password it becomes */
  return async (password: string, email: string): Promise<PasswordProblem | null> => {
    commonest ??= loadCommonest();
    const listed = await commonest;
    const forms = formsOf(fold(password));
    const address = fold(email.trim());
    const own = [address, address.split('@')[0] ?? address];
    if (forms.some((form) => own.includes(form))) return 'own-address';
    return forms.some((form) => form.length <= 1 || listed.has(form)) ? 'common' : null;
  };
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** The password itself, without what stands around its letters, and the piece that these repeat. */
function formsOf(password: string): string[] {
  const core = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const decorated = core !== '' && password.length - core.length <= DECORATION;
  const forms = decorated ? [password, core] : [password];
  return [...forms, ...forms.map(repeatedPiece)];
}

/** `abcabc` is `abc`, twice; what repeats nothing is its own piece. */
function repeatedPiece(text: string): string {
  return text.slice(0, (text + text).indexOf(text, 1));
}
