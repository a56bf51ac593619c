import { didYouMean } from '../../../base/did-you-mean';
import { isCredential } from '../../../config/secret-texts';
import manifest from '../../../manifest/generated/manifest.json';

/** Names of secrets that users try. */
const SECRET_NAME = /^(?:client_?)?(?:secret|password)$/i;

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Variables that are not parameters, although their names are similar to one. */
const OTHERS: ReadonlySet<string> = new Set(['MDTI_CACHE', 'MDTI_ALLOW_ENDPOINTS']);

/** Returns variables with a name close to `MDTI_<PARAMETER>`, each with the correct name; others may belong to other programs. */
export function unreadVariables(environment: NodeJS.ProcessEnv): { variable: string; meant: string }[] {
  const known = manifest.configuration.flatMap(({ name }) => namesOf(name));
  return Object.keys(environment)
    .filter((name) => /^MDTI_\w{4,}/.test(name) && environment[name] !== '')
    .filter((name) => !known.includes(name) && !OTHERS.has(name))
    .flatMap((variable) => {
      const meant = meantBy(variable.slice('MDTI_'.length), known);
      return meant === undefined ? [] : [{ variable, meant }];
    });
}

/** Returns the variables of a parameter; a credentials parameter has two, and no variable with only its name. */
function namesOf(parameter: string): string[] {
  const name = `MDTI_${parameter.toUpperCase()}`;
  return isCredential(parameter) ? [`${name}_PASSWORD`, `${name}_IDENTIFIER`] : [name];
}

function meantBy(name: string, known: readonly string[]): string | undefined {
  if (isSecretName(name)) return 'MDTI_CREDENTIALS_PASSWORD';
  if (isCredential(name.toLowerCase())) return `MDTI_${name.toUpperCase()}_PASSWORD`;
  return known.find((one) => didYouMean(`mdti_${name}`, [one.toLowerCase()]) !== undefined);
}
