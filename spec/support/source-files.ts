import { readdirSync } from 'node:fs';
import { posix, sep } from 'node:path';
import ts from 'typescript';

/** Paths of the TypeScript files of a folder, from the repository's root, with `/`. */
export function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => posix.join(folder, name.split(sep).join('/')))
    .sort();
}

/** One `import`, `export … from`, `import()` or `typeof import()`. */
export interface Import {
  readonly file: string;
  /** What it names: the path of our own file, the name of a package, or a `node:` module. */
  readonly target: string;
  readonly external: boolean;
  /** Whether it is gone after compiling, done on load, or done when the code gets there. */
  readonly kind: 'type' | 'value' | 'dynamic';
}

export function importsOf(source: ts.SourceFile, file: string): readonly Import[] {
  const found: Import[] = [];
  visit(source, (node) => {
    const reference = referenceIn(node);
    if (reference === null) return;
    const external = !reference.specifier.startsWith('.');
    const target = external
      ? packageOf(reference.specifier)
      : posix.join(posix.dirname(file), reference.specifier);
    found.push({ file, target, external, kind: reference.kind });
  });
  return found;
}

interface Reference {
  readonly specifier: string;
  readonly kind: Import['kind'];
}

function referenceIn(node: ts.Node): Reference | null {
  if (ts.isImportDeclaration(node)) {
    const typeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return { specifier: textOf(node.moduleSpecifier), kind: typeOnly ? 'type' : 'value' };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return { specifier: textOf(node.moduleSpecifier), kind: node.isTypeOnly ? 'type' : 'value' };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return { specifier: textOf(node.arguments[0]), kind: 'dynamic' };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { specifier: textOf(node.argument.literal), kind: 'type' };
  }
  return null;
}

/** A name that is computed cannot be checked; it is reported as it stands and fits no rule. */
const textOf = (node: ts.Node | undefined): string =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : (node?.getText() ?? '');

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  const [scopeOrName = '', name = ''] = specifier.split('/');
  return scopeOrName.startsWith('@') ? `${scopeOrName}/${name}` : scopeOrName;
}

/** Whether loading the file gives anything, or only types. */
export function exportsValue(source: ts.SourceFile): boolean {
  return source.statements.some((statement) => {
    if (ts.isExportDeclaration(statement)) return !statement.isTypeOnly;
    if (ts.isExportAssignment(statement)) return true;
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return false;
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
  });
}

/** Every use of the type `any`, as `file:line`. */
export function anysIn(source: ts.SourceFile, file: string): readonly string[] {
  const found: string[] = [];
  visit(source, (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(placeOf(source, file, node));
  });
  return found;
}

/** Every `from(…)` of something that may be an async iterable, as `file:line`. */
export function fromsOfAsyncIterables(
  source: ts.SourceFile,
  file: string,
  checker: ts.TypeChecker,
): readonly string[] {
  const found: string[] = [];
  visit(source, (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'from') return;
    const [argument] = node.arguments;
    if (argument === undefined) return;
    const type = checker.getTypeAtLocation(argument);
    const members = type.isUnion() ? type.types : [type];
    if (members.some(isAsyncIterable)) found.push(placeOf(source, file, node));
  });
  return found;
}

/** The compiler names members under well-known symbols `__@asyncIterator@<number>`. */
const isAsyncIterable = (type: ts.Type): boolean =>
  type.getApparentProperties().some(({ name }) => name.startsWith('__@asyncIterator'));

function placeOf(source: ts.SourceFile, file: string, node: ts.Node): string {
  return `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}
