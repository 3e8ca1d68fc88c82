const EXPLANATIONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
};

/** A file can't be worked on. It is for the user to mend, and the message is all there is to say. */
export class FileError extends Error {
  constructor(file: string, why: string, options?: ErrorOptions) {
    super(`cannot read ${file}: ${why}`, options);
  }
}

/** What the operating system has against a file, as a FileError; any other error as it is. */
export function explain(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error;
  return new FileError(file, EXPLANATIONS[String(error.code)] ?? error.message, { cause: error });
}
