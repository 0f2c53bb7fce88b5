import {
  type CstNode,
  defaultParserErrorProvider,
  type IParserErrorMessageProvider,
  type IToken,
  Lexer,
  type Rule,
  type TokenType,
} from 'chevrotain';
import { StatementRules } from './grammar/statement-rules.ts';
import { LOOKAHEAD_MAX, lazyLookahead } from './lazy-lookahead.ts';
import { explain, syntaxError } from './syntax-error.ts';
import { allTokens } from './tokens.ts';

/**
 * How deep a text may nest. Rules call each other on JavaScript's stack, so what is deeper is refused before it is
 * parsed.
 */
const NESTING_MAX = 150;
/** The longest text that is read at all. */
const TEXT_CHARACTERS_MAX = 4 * 1024 * 1024;

/** Chevrotain's exceptions don't say which token was expected; this keeps it for {@link explain}. */
class ErrorMessages implements IParserErrorMessageProvider {
  #expected: TokenType | undefined;

  takeExpected(): TokenType | undefined {
    const taken = this.#expected;
    this.#expected = undefined;
    return taken;
  }

  buildMismatchTokenMessage(options: Parameters<IParserErrorMessageProvider['buildMismatchTokenMessage']>[0]): string {
    this.#expected = options.expected;
    return defaultParserErrorProvider.buildMismatchTokenMessage(options);
  }

  buildNotAllInputParsedMessage(): string {
    return '';
  }

  buildNoViableAltMessage(): string {
    return '';
  }

  buildEarlyExitMessage(): string {
    return '';
  }
}

class SqlParser extends StatementRules {
  readonly messages: ErrorMessages;

  constructor() {
    const messages = new ErrorMessages();
    super({
      lookaheadStrategy: lazyLookahead(),
      maxLookahead: LOOKAHEAD_MAX,
      skipValidations: true,
      nodeLocationTracking: 'full',
      recoveryEnabled: false,
      errorMessageProvider: messages,
    });
    this.messages = messages;
    this.performSelfAnalysis();
  }
}

export type RootRule = 'statements' | 'testStatements' | 'singleExpression' | 'singleType' | 'singleElements';

// Reading the grammar's rules takes a while, so it waits for the first text. Neither object keeps anything from
// one text to the next.
let sharedLexer: Lexer | undefined;
let sharedParser: SqlParser | undefined;

/** The words and signs of a text, comments left out. */
export function tokenize(text: string): readonly IToken[] {
  sharedLexer ??= new Lexer([...allTokens], { ensureOptimizations: false, skipValidations: true });
  return sharedLexer.tokenize(text).tokens;
}

/**
 * The concrete syntax tree of a text.
 * @throws ParseFailedException at the first place where the text can't go on.
 */
export function parseTree(text: string, root: RootRule): CstNode {
  if (text.length > TEXT_CHARACTERS_MAX) {
    throw syntaxError('', undefined, `The text is longer than ${TEXT_CHARACTERS_MAX} characters.`);
  }
  const tokens = tokenize(text);
  const tooDeep = firstTokenBelow(tokens, NESTING_MAX);
  if (tooDeep !== undefined) throw syntaxError(text, tooDeep, `Nested deeper than ${NESTING_MAX} levels.`);
  sharedParser ??= new SqlParser();
  const parser = sharedParser;
  const attempt = (input: readonly IToken[]) => {
    parser.input = [...input];
    const tree = parser[root]();
    return { tree, error: parser.errors[0], expected: parser.messages.takeExpected() };
  };
  const { tree, error, expected } = attempt(tokens);
  if (error === undefined) return tree;
  const explanation = explain({
    root,
    error,
    expected,
    tokens,
    productions: parser.getGAstProductions(),
    errorAfter: (input) => attempt(input).error?.token,
  });
  throw syntaxError(text, error.token, explanation);
}

/** The rules of the grammar as data. */
export function grammarRules(): Readonly<Record<string, Rule>> {
  sharedParser ??= new SqlParser();
  return sharedParser.getGAstProductions();
}

function firstTokenBelow(tokens: readonly IToken[], depthMax: number): IToken | undefined {
  let depth = 0;
  return tokens.find((token) => {
    const opens = token.image === '(' || token.image === '[' || token.image === '<' || /^case$/i.test(token.image);
    const closes = token.image === ')' || token.image === ']' || token.image === '>' || /^end$/i.test(token.image);
    if (token.image === ';') depth = 0;
    if (opens) depth++;
    else if (closes) depth--;
    return depth > depthMax;
  });
}
