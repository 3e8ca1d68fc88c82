const EXPLANATIONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'permission denied',
};

/** Something with files that the user can mend: the message is all there is to say. */
export class FileError extends Error {}

/** What the operating system has against a file, `path`, that is `shown` to people; any other error as it is. */
export function explain(error: unknown, path: string, shown: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error;
  if (!('path' in error) || error.path !== path) return new FileError(error.message, { cause: error });
  const why = EXPLANATIONS[String(error.code)] ?? error.message;
  return new FileError(`cannot read ${shown}: ${why}`, { cause: error });
}
