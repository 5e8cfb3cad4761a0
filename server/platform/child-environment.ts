/**
 * A complete environment for a child process. The web framework's types ask for a NODE_ENV in every environment,
 * which programs that are not ours have no use for.
 */
export function childEnvironment(variables: Record<string, string>): NodeJS.ProcessEnv {
  return variables as NodeJS.ProcessEnv;
}
